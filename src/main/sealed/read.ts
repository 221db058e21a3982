import { readFile } from 'node:fs/promises'
import { GyrusError } from '../../shared/errors.ts'
import { asFileError } from '../../shared/file-errors.ts'
import { unseal } from './format.ts'

/** A file, and where it is sealed the key that opens it and no other. */
export interface StoredFile {
  path: string
  key?: Uint8Array | undefined
}

/**
 * What a file holds, in memory alone: a clear copy of a sealed one is never written.
 *
 * @throws GyrusError `file-missing`, `file-unreadable`; `scan-altered` where a sealed one is not what was sealed
 */
export async function readStored({ path, key }: StoredFile): Promise<Uint8Array> {
  const bytes = await readFile(path).catch((error) => Promise.reject(asFileError(error)))
  if (key === undefined) return bytes
  const content = unseal(key, bytes)
  if (content === null) throw new GyrusError('scan-altered')
  return content
}
