import { realpath, stat } from 'node:fs/promises'
import { isAbsolute, relative, sep } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { GyrusError } from '../../../shared/errors.ts'
import type { FolderSettings, WatchedFolder } from '../../../shared/sources.ts'

/**
 * A folder as a new source, with an id of its own.
 *
 * @param others what is watched already
 * @param root of the data folder
 * @throws GyrusError `source-folder-unfit`
 */
export async function fitFolder(
  { path, subFolders }: Omit<FolderSettings, 'on'>,
  others: WatchedFolder[],
  root: string,
): Promise<WatchedFolder> {
  const unfit = (reason: string) => new GyrusError('source-folder-unfit', { path, reason })
  if (!isAbsolute(path)) throw unfit('its whole path is needed')
  const found = await stat(path).catch(() => null)
  if (!found?.isDirectory()) throw unfit('there is no such folder')
  const [real, data] = await Promise.all([realpath(path), realpath(root)])
  if (isWithin(real, data) || isWithin(data, real)) throw unfit('Gyrus keeps its own data there')
  if (others.some((other) => isWithin(real, other.path) || isWithin(other.path, real))) {
    throw unfit('a folder in it, or one that it lies in, is watched already')
  }
  return { id: uuidv7(), on: true, path: real, subFolders }
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way))
}
