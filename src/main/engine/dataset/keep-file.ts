import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { asDataFolderError } from '../../../shared/file-errors.ts'
import type { ImageBytes } from './bytes.ts'
import { asKept, readSetFile } from './sealed.ts'

/** Where the files of frozen sets lie. */
export interface FileStore {
  /** Content-addressed: `<first two digits>/<SHA-256>`. */
  files: string
  /** For copies that are not yet whole; on the same disk. */
  incoming: string
}

export const storedPath = (files: string, sha256: string) => join(files, sha256.slice(0, 2), sha256)

/**
 * Keeps a copy of a file under its hash. One that is there already is compared and mended where it is not the same.
 * A kill in between leaves nothing but a piece in `incoming`.
 *
 * @throws GyrusError `disk-full`, `data-folder-unusable`
 */
export async function keepFile({ files, incoming }: FileStore, { bytes, sha256 }: ImageBytes): Promise<void> {
  const target = storedPath(files, sha256)
  if (await holds(target, bytes)) return
  const kept = asKept(sha256, bytes)
  const part = join(incoming, randomUUID())
  try {
    await writeThrough(part, kept)
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    await rename(part, target)
  } catch (error) {
    await rm(part, { force: true })
    throw asDataFolderError(error, files)
  }
}

async function holds(path: string, bytes: Uint8Array): Promise<boolean> {
  return readSetFile(path).then(
    (stored) => Buffer.from(stored).equals(bytes),
    () => false,
  )
}

/** Writes a file and waits until the disk has it: the record must not point at bytes that a power cut took. */
async function writeThrough(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.datasync()
  } finally {
    await file.close()
  }
}
