import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isSealed } from '../../sealed/format.ts'
import type { DataFolder } from '../data-folder.ts'
import { contentOf } from '../stored-scans.ts'
import { sha256Of } from './keep.ts'

/** A file of a backup by its hash, opened where the backup is encrypted; null where it is missing or another one. */
export async function readKept(
  folder: Pick<DataFolder, 'keys'>,
  path: string,
  sha256: string,
): Promise<Uint8Array | null> {
  const stored = await readFile(path).catch(() => null)
  const content = stored && contentOf(folder, sha256, stored)
  return content && sha256Of(content) === sha256 ? content : null
}

/**
 * What a file of the data folder beside database and scans holds. Of these only those that may tell of patients, or
 * sign, are sealed.
 *
 * @param path in the data folder, with `/`
 * @returns null where it went away, or was altered
 */
export async function readFileOf(folder: DataFolder, path: string): Promise<Uint8Array | null> {
  const stored = await readFile(join(folder.root, path)).catch(() => null)
  if (stored === null || folder.keys === null || !isSealed(stored)) return stored
  return contentOf(folder, nameOf(path), stored)
}

/** Under which a file of the data folder is sealed: its hash where that is its name, else its place. */
export const nameOf = (path: string): string => /[0-9a-f]{64}$/.exec(path)?.[0] ?? path
