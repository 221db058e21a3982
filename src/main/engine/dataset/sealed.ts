import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileKey, isSealed, seal, unseal } from '../../sealed/format.ts'

/** Of the data folder's files, where its record is encrypted: a task reads sets of thousands of them. */
let filesKey: Uint8Array | undefined

/** This process may open the data folder's files from now on; it ends with its task. */
export function useFilesKey(key: Uint8Array): void {
  filesKey = key
}

/**
 * A file of a set, opened where it is sealed. Images lie under their hash, a manifest as
 * `datasets/<name>/<version>/dataset.json`; sets from elsewhere are never sealed.
 *
 * @throws the file's error; an `Error` where it is sealed and cannot be opened
 */
export async function readSetFile(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path)
  if (!isSealed(bytes)) return bytes
  const content = filesKey && unseal(fileKey(filesKey, nameOf(path)), bytes)
  if (!content) throw new Error('it is sealed and cannot be opened')
  return content
}

/** How an image is kept under its hash. */
export const asKept = (sha256: string, bytes: Uint8Array): Uint8Array =>
  filesKey === undefined ? bytes : seal(fileKey(filesKey, sha256), bytes)

const nameOf = (path: string) =>
  basename(path) === 'dataset.json' ? path.split(/[\\/]/).slice(-4).join('/') : basename(path)
