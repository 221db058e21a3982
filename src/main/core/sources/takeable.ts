import { open, readdir } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { GyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import { looksLikeImage } from '../../../shared/formats.ts'

/** A preamble, and then this (PS3.10 7.1). */
const PREAMBLE = 128
const PREFIX = 'DICM'

/**
 * Files below a folder that may be scans by their names. Links are not followed: whoever may put files into the folder
 * must not have others opened by it; and no walk goes round in circles.
 *
 * @param onUnreadable told of each folder that cannot be looked through
 */
export async function* takeableFiles(
  folder: string,
  subFolders: boolean,
  onUnreadable: (path: string, failure: GyrusError) => void,
): AsyncGenerator<string> {
  const folders = [folder]
  for (let here = folders.pop(); here !== undefined; here = folders.pop()) {
    const path = here
    const entries = await readdir(path, { withFileTypes: true }).catch((error) => {
      onUnreadable(path, asFileError(error))
      return []
    })
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue
      if (entry.isDirectory() && subFolders) folders.push(join(path, entry.name))
      else if (entry.isFile() && mayBeScan(entry.name)) yield join(path, entry.name)
    }
  }
}

const mayBeScan = (name: string) => looksLikeImage(name) || isUnnamed(name)

/** As DICOM files often are: without an extension, or with a number for one, as a UID ends. */
export const isUnnamed = (name: string): boolean => /^(?:\.\d*)?$/.test(extname(name))

/** Whether a file says of itself that it is DICOM. @throws errors of the file system */
export async function isDicom(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const head = Buffer.alloc(PREAMBLE + PREFIX.length)
    const { bytesRead } = await file.read(head, 0, head.length, 0)
    return bytesRead === head.length && head.toString('latin1', PREAMBLE) === PREFIX
  } finally {
    await file.close()
  }
}
