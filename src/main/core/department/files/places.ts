import { createHash, randomUUID } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { readFile, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { DepartmentSettings } from '../../../../shared/department.ts'
import { GyrusError } from '../../../../shared/errors.ts'
import { parseFilesPlace } from '../../../../shared/files-place.ts'
import type { ObjectStore } from '../../../object-store/types.ts'
import { writeThrough } from '../../write-through.ts'
import { environmentCredentials, filesPlaceOf } from '../settings.ts'

/**
 * Looks whether files can be shared there: one is written, read again, in a store listed, and taken away.
 *
 * @throws GyrusError `department-folder`, `files-address`, `files-credentials`, `files-unreachable`, `files-refused`,
 *   `files-bucket-missing`, `files-altered`
 */
export async function tryFiles(settings: Omit<DepartmentSettings, 'database'>): Promise<void> {
  const { place, credentials } = filesPlaceOf(settings)
  if (place.kind === 'folder') return tryFolder(place.path)
  const { openObjectStore } = await import('../../../object-store/index.ts')
  const store = openObjectStore(place, credentials)
  const content = Buffer.from(randomUUID())
  const key = `trial/${createHash('sha256').update(content).digest('hex')}`
  await store.put(key, content)
  const found = await store.get(key)
  const listed = await store.list('trial/')
  await store.remove([key])
  const gone = (await store.get(key)) === null
  if (!found || !content.equals(found) || !listed.includes(key) || !gone)
    throw new GyrusError('files-altered', { path: key })
}

/**
 * The folder of one workstation is no other one's, and its own record stays in it.
 *
 * @throws GyrusError `department-folder-own`, `files-address`
 */
export function refuseOwnFolder(root: string, files: string): void {
  const place = parseFilesPlace(files)
  if (place.kind === 'folder' && real(place.path) === real(root))
    throw new GyrusError('department-folder-own', { path: place.path })
}

/** Whatever links lead there. */
function real(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return resolve(path)
  }
}

/**
 * Where a move brings files to: the path of a folder, or a store, whose key and secret the environment says, for others see
 * a command line. Errors of `filesPlaceOf`.
 */
export async function moveTarget(files: string): Promise<string | ObjectStore> {
  const { place, credentials } = filesPlaceOf({ files, ...environmentCredentials() })
  if (place.kind === 'folder') return resolve(place.path)
  const { openObjectStore } = await import('../../../object-store/index.ts')
  return openObjectStore(place, credentials)
}

/** @throws GyrusError `department-folder` where files cannot be shared by it */
async function tryFolder(path: string): Promise<void> {
  const file = join(path, `trial-${randomUUID()}`)
  try {
    if (!(await stat(path)).isDirectory()) throw new GyrusError('department-folder', { path })
    await writeThrough(file, file)
    if ((await readFile(file, 'utf8')) !== file) throw new GyrusError('department-folder', { path })
    await rm(file)
  } catch (error) {
    throw new GyrusError('department-folder', { path }, { cause: error })
  } finally {
    await rm(file, { force: true }).catch(() => undefined)
  }
}
