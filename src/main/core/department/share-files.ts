import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { GyrusError } from '../../../shared/errors.ts'
import { asDataFolderError } from '../../../shared/file-errors.ts'
import type { ObjectStore } from '../../object-store/types.ts'
import type { CopyFollowing } from '../../store/types.ts'
import { nameOf, readFileOf } from '../care/hashed.ts'
import { keepWhole, sha256Of, syncFolder } from '../care/keep.ts'
import type { DataFolder } from '../data-folder.ts'
import { copyFromStore, copyToStore } from './files/move.ts'

/** What a record has beside its database: folders, and a file. */
const SHARED = ['scans', 'models', 'evaluations', 'datasets', 'runs']
const GATE = 'gate.json'

export interface CopiedFiles {
  files: number
  /** Of them, what was not there before. */
  copied: number
}

/** Where what belongs to a record lies beside its database. */
export const filesOf = ({ root, department }: DataFolder): string => department?.files ?? root

/**
 * Copies what a record has beside its database to where another one has it: stored scans, models, evaluations and data
 * sets. What is sealed lies open there, as all that a department shares. Each copy is read again; what is there is not
 * copied again, so that it can be gone on with.
 *
 * @param to a folder, or a store where the files lie in a folder now
 * @throws GyrusError `move-file-differs`, `cancelled`, `disk-full`, `data-folder-unusable`; of a store `files-…`
 */
export async function shareFiles(
  folder: DataFolder,
  to: string | ObjectStore,
  following: CopyFollowing = {},
): Promise<CopiedFiles> {
  try {
    if (folder.files.store) return await copyFromStore(await folder.files.store(), folderOnly(to), following)
    const from = { ...folder, root: filesOf(folder) }
    const paths = await pathsIn(from.root)
    if (typeof to !== 'string') return await copyToStore(paths, (path) => contentFor(from, path), to, following)
    let copied = 0
    for (const [nth, path] of paths.entries()) {
      if (following.signal?.aborted) throw new GyrusError('cancelled')
      if (await copyOne(from, path, join(to, path))) copied += 1
      following.onProgress?.({ stage: 'files', done: nth + 1, total: paths.length })
    }
    await syncFolder(to)
    return { files: paths.length, copied }
  } catch (error) {
    throw error instanceof GyrusError ? error : asDataFolderError(error, typeof to === 'string' ? to : folder.root)
  }
}

/** From a store to a store its own means copy better. */
function folderOnly(to: string | ObjectStore): string {
  if (typeof to === 'string') return to
  throw new GyrusError('files-address', { reason: 'a folder' })
}

/** With `/`, in the order of their names. */
async function pathsIn(root: string): Promise<string[]> {
  const found = await Promise.all(SHARED.map((name) => filesBelow(join(root, name))))
  const isThere = async (path: string) => (await stat(path).catch(() => null))?.isFile() === true
  const gate = (await isThere(join(root, GATE))) ? [join(root, GATE)] : []
  return [...found.flat(), ...gate].map((path) => relative(root, path).split(sep).join('/')).sort()
}

async function filesBelow(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true, recursive: true }).catch((error) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** @throws GyrusError `move-file-differs` where it is not what its name says */
async function contentFor(from: DataFolder, path: string): Promise<Uint8Array> {
  const content = await readFileOf(from, path)
  const named = nameOf(path)
  if (content === null || (named !== path && named !== sha256Of(content)))
    throw new GyrusError('move-file-differs', { path })
  return content
}

/** @returns whether it had to be copied */
async function copyOne(from: DataFolder, path: string, target: string): Promise<boolean> {
  const content = await contentFor(from, path)
  const sha256 = sha256Of(content)
  const holds = async () => {
    const copy = await readFile(target).catch(() => null)
    return copy !== null && sha256Of(copy) === sha256
  }
  if (await holds()) return false
  await keepWhole(target, content)
  if (!(await holds())) throw new GyrusError('move-file-differs', { path })
  return true
}
