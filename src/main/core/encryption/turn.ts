import { rmSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { breakSentence } from '../../../shared/audit.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { asDataFolderError } from '../../../shared/file-errors.ts'
import type { CopyFollowing, Store } from '../../store/types.ts'
import type { Databases } from '../care/databases.ts'
import { nameOf } from '../care/hashed.ts'
import { keepWhole, sha256Of, syncFolder } from '../care/keep.ts'
import { AUDIT_KEY, type DataFolder } from '../data-folder.ts'
import { asStored, contentOf } from '../stored-scans.ts'

/** Copies under the other key, until all of them are verified; then what was in force before them. */
const NEW = 'turning'
const OLD = 'turned'
const DATABASE = 'gyrus.sqlite'
/** Its companions go with it: beside another database they would be read into that. */
const IN_FORCE = [`${DATABASE}-wal`, `${DATABASE}-shm`, DATABASE, AUDIT_KEY, 'scans', 'datasets', 'evaluations']

export interface Turn {
  databases: Databases
  /** The data folder as it is, and as it is to be. */
  from: DataFolder
  to: DataFolder
  act: 'record.encrypted' | 'record.decrypted'
  actor: string
}

/**
 * Makes copies of all that a key covers under the other one, beside what is in force and without touching it, and
 * verifies them. Files that an earlier run copied are read, and not copied again.
 *
 * @returns how many files were copied
 * @throws GyrusError `encryption-differs`, `cancelled`, `disk-full`, `data-folder-unusable`, errors of `copyDatabase`
 */
export async function makeCopies(turn: Turn, following: CopyFollowing): Promise<number> {
  const { from } = turn
  const place = join(from.root, NEW)
  try {
    await mkdir(join(place, 'scans'), { recursive: true, mode: 0o700 })
    const files = await coveredFiles(from)
    for (const [index, path] of files.entries()) {
      if (following.signal?.aborted) throw new GyrusError('cancelled')
      await copyOne(turn, path, join(place, path))
      following.onProgress?.({ stage: 'files', done: index + 1, total: files.length })
    }
    await copyRecord(turn, join(place, DATABASE), following)
    await syncFolders(place)
    return files.length
  } catch (error) {
    throw error instanceof GyrusError ? error : asDataFolderError(error, from.root)
  }
}

/** Puts the copies in place of what was in force, and removes that. Can be taken up after a kill at any moment. */
export async function changePlaces(root: string): Promise<void> {
  try {
    await mkdir(join(root, OLD), { recursive: true, mode: 0o700 })
    for (const name of IN_FORCE) {
      const companion = name.startsWith(`${DATABASE}-`)
      const isNext = await isThere(join(root, NEW, companion ? DATABASE : name))
      if (!isNext) continue
      await putAside(root, name)
      if (!companion) await rename(join(root, NEW, name), join(root, name))
    }
    await syncFolder(root)
    await removeCopies(root)
    await rm(join(root, OLD), { recursive: true, force: true })
  } catch (error) {
    throw asDataFolderError(error, root)
  }
}

async function putAside(root: string, name: string): Promise<void> {
  const [here, old] = [join(root, name), join(root, OLD, name)]
  if (!(await isThere(here))) return
  // A Gyrus that was started in between found no folder there, and made an empty one.
  if (await isThere(old)) await rmdir(here)
  else await rename(here, old)
}

/** What a change that is given up has made. */
export const removeCopies = (root: string): Promise<void> => rm(join(root, NEW), { recursive: true, force: true })

/** All names below: what is in force is removed for them, and a power cut must not take them then. */
async function syncFolders(place: string): Promise<void> {
  const entries = await readdir(place, { withFileTypes: true, recursive: true })
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name))
  for (const folder of [...folders, place, dirname(place)]) await syncFolder(folder)
}

async function coveredFiles({ root, scans, datasets, evaluations, auditKey }: DataFolder): Promise<string[]> {
  const found = [...(await filesIn(scans)), ...(await filesIn(datasets)), ...(await filesIn(evaluations))]
  if (await isThere(auditKey)) found.push(auditKey)
  return found.map((path) => relative(root, path).split(sep).join('/')).sort()
}

async function filesIn(dir: string): Promise<string[]> {
  if (!(await isThere(dir))) return []
  const entries = await readdir(dir, { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** One that is not what its name says is not made to look sound: the change ends there. */
async function copyOne({ from, to }: Turn, path: string, target: string): Promise<void> {
  const name = nameOf(path)
  const content = contentOf(from, name, await readFile(join(from.root, path)))
  const expected = /^[0-9a-f]{64}$/.test(name) ? name : content && sha256Of(content)
  if (content === null || sha256Of(content) !== expected) throw differs(`${path} was altered`)
  const holds = async () => {
    const stored = await readFile(target).catch(() => null)
    const copy = stored && contentOf(to, name, stored)
    return copy !== null && sha256Of(copy) === expected
  }
  if (await holds()) return
  await keepWhole(target, asStored(to, name, content))
  if (!(await holds())) throw differs(`the copy of ${path} cannot be read`)
}

async function copyRecord({ databases, from, to, act, actor }: Turn, target: string, following: CopyFollowing) {
  // That of an earlier run is of an earlier moment.
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${target}${end}`, { force: true })
  await mkdir(dirname(target), { recursive: true, mode: 0o700 })
  const keys = { from: from.keys?.database ?? null, to: to.keys?.database ?? null }
  const before = databases.counts(from.database, keys.from)
  await databases.rekeyed(from.database, target, keys, following)
  const after = databases.counts(target, keys.to)
  const table = Object.keys({ ...before, ...after }).find((name) => before[name] !== after[name])
  if (table !== undefined) throw differs(`the copied table ${table} has another number of rows`)
  const store = await databases.open(target, keys.to)
  try {
    await verifyChain(store, following)
    await store.log({ actor, act, subject: 'gyrus', detail: { key: (to.keys ?? from.keys)?.id ?? null } })
  } finally {
    await store.close()
  }
}

async function verifyChain(store: Store, following: CopyFollowing): Promise<void> {
  const { broken } = await store.verifyRecord(following)
  if (broken) throw differs(breakSentence(broken.kind))
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

const differs = (reason: string) => new GyrusError('encryption-differs', { reason })
