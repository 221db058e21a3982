import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { GyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import { isUnnamed, looksLikeImage } from '../../../shared/formats.ts'

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
