import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { GyrusError } from '../../../shared/errors.ts'
import { asDataFolderError } from '../../../shared/file-errors.ts'
import type { CopyFollowing } from '../../store/types.ts'
import { nameOf, readFileOf } from '../care/hashed.ts'
import { keepWhole, sha256Of, syncFolder } from '../care/keep.ts'
import type { DataFolder } from '../data-folder.ts'

/** What a record has beside its database: folders, and a file. */
const SHARED = ['scans', 'models', 'evaluations', 'datasets', 'runs']
const GATE = 'gate.json'

export interface SharedFiles {
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
 * @throws GyrusError `move-file-differs`, `cancelled`, `disk-full`, `data-folder-unusable`
 */
export async function shareFiles(folder: DataFolder, to: string, following: CopyFollowing = {}): Promise<SharedFiles> {
  const from = { ...folder, root: filesOf(folder) }
  try {
    const paths = await pathsIn(from.root)
    let copied = 0
    for (const [nth, path] of paths.entries()) {
      if (following.signal?.aborted) throw new GyrusError('cancelled')
      if (await copyOne(from, path, join(to, path))) copied += 1
      following.onProgress?.({ stage: 'files', done: nth + 1, total: paths.length })
    }
    await syncFolder(to)
    return { files: paths.length, copied }
  } catch (error) {
    throw error instanceof GyrusError ? error : asDataFolderError(error, to)
  }
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

/** @returns whether it had to be copied */
async function copyOne(from: DataFolder, path: string, target: string): Promise<boolean> {
  const content = await readFileOf(from, path)
  const sha256 = content && sha256Of(content)
  const named = nameOf(path)
  if (content === null || (named !== path && named !== sha256)) throw new GyrusError('move-file-differs', { path })
  const holds = async () => {
    const copy = await readFile(target).catch(() => null)
    return copy !== null && sha256Of(copy) === sha256
  }
  if (await holds()) return false
  await keepWhole(target, content)
  if (!(await holds())) throw new GyrusError('move-file-differs', { path })
  return true
}
