import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileKey, seal, unseal } from '../sealed/format.ts'
import type { StoredFile } from '../sealed/read.ts'
import { type DataFolder, scanKey, scanPath } from './data-folder.ts'
import { isLost } from './department/files/errors.ts'

/**
 * Where a stored scan lies, fetched where it has to be, and what opens it: the engine gets the key of this one file, never
 * that of all. Errors of `SharedFiles.have`.
 */
export async function scanFile(folder: DataFolder, sha256: string): Promise<StoredFile> {
  await folder.files.have({ path: scanKey(sha256), sha256 })
  return { path: scanPath(folder, sha256), ...(folder.keys && { key: fileKey(folder.keys.files, sha256) }) }
}

/**
 * A scan as it came; null where its copy is missing, unreadable, or no longer what it was.
 *
 * @throws GyrusError `files-unreachable` and the like, where nobody can tell
 */
export async function readScan(folder: DataFolder, sha256: string): Promise<Uint8Array | null> {
  try {
    await folder.files.have({ path: scanKey(sha256), sha256 })
  } catch (error) {
    if (isLost(error)) return null
    throw error
  }
  return readCopy(folder, sha256)
}

/** The same of what lies here. */
export async function readCopy(folder: DataFolder, sha256: string): Promise<Uint8Array | null> {
  const stored = await readFile(scanPath(folder, sha256)).catch(() => null)
  const content = stored && contentOf(folder, sha256, stored)
  return content && createHash('sha256').update(content).digest('hex') === sha256 ? content : null
}

/** What a file of a data folder holds, under its name there; null where it was altered. */
export const contentOf = ({ keys }: Pick<DataFolder, 'keys'>, name: string, stored: Uint8Array): Uint8Array | null =>
  keys === null ? stored : unseal(fileKey(keys.files, name), stored)

/** How a content lies in a data folder under this name. */
export const asStored = ({ keys }: Pick<DataFolder, 'keys'>, name: string, content: Uint8Array): Uint8Array =>
  keys === null ? content : seal(fileKey(keys.files, name), content)
