import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GyrusError } from '../../../../shared/errors.ts'
import type { ObjectStore } from '../../../object-store/types.ts'
import type { CopyFollowing } from '../../../store/types.ts'
import { keepWhole, sha256Of, syncFolder } from '../../care/keep.ts'
import { pullTree, pushTree, type Target, type TreeFile, treesBelow } from './trees.ts'
import type { NamedFile } from './types.ts'

/** Stored scans and images of data sets, whose names are their hashes. */
const HASHED = /^(scans|datasets\/files)\/[0-9a-f]{2}\/([0-9a-f]{64})$/
/** Folders that are pushed as a whole, and files that are by themselves. */
const TREES = /^(models\/[^/]+|evaluations\/[^/]+\/[^/]+|datasets\/[^/]+\/[^/]+|gate\.json)(?:\/(.+))?$/

interface Copied {
  files: number
  copied: number
}

/**
 * Sends files of a record to a store, and reads each again there.
 *
 * @param read what a file holds, in clear
 * @throws GyrusError `move-file-differs`, `cancelled`, and those of the store; what `read` throws
 */
export async function copyToStore(
  paths: string[],
  read: (path: string) => Promise<Uint8Array>,
  store: ObjectStore,
  following: CopyFollowing,
): Promise<Copied> {
  const step = counting(paths.length, following)
  let copied = 0
  for (const path of paths.filter((one) => HASHED.test(one))) {
    const content = await read(path)
    const holds = async () => equal(await store.get(path), content)
    if (!(await holds())) {
      await store.put(path, content)
      if (!(await holds())) throw new GyrusError('move-file-differs', { path })
      copied += 1
    }
    step()
  }
  for (const [tree, files] of Map.groupBy(paths.filter((one) => !HASHED.test(one)).map(inTree), (one) => one.tree)) {
    const described = await Promise.all(files.map(({ path, name }) => describe(path, name, read)))
    const there = await pullTree(store, tree, AGAINST_NOTHING).catch(() => false)
    copied += await pushTree(store, tree, described, there ? 'trust' : 'send')
    await pullTree(store, tree, AGAINST_NOTHING)
    for (const _ of files) step()
  }
  return { files: paths.length, copied }
}

/** Everything is read, and nothing kept: whoever is asked throws where it is not as it was said to be. */
const AGAINST_NOTHING: Target = { holds: async () => false, put: async () => undefined }

function inTree(path: string): { path: string; tree: string; name: string } {
  const [, tree, name = ''] = TREES.exec(path) ?? []
  // A file that no part of Gyrus would look for.
  if (tree === undefined) throw new GyrusError('move-file-differs', { path })
  return { path, tree, name }
}

async function describe(path: string, name: string, read: (path: string) => Promise<Uint8Array>): Promise<TreeFile> {
  const content = await read(path)
  return { path: name, sha256: sha256Of(content), bytes: content.length, read: () => read(path) }
}

/**
 * Fetches all that a store has of a department into a folder, and reads each file again there.
 *
 * @throws GyrusError `move-file-differs`, `files-missing`, `files-altered`, `cancelled`, and those of the store; the disk's
 */
export async function copyFromStore(store: ObjectStore, to: string, following: CopyFollowing): Promise<Copied> {
  const hashed = (await Promise.all(['scans/', 'datasets/files/'].map((below) => store.list(below)))).flat()
  const trees = (
    await Promise.all(['models', 'evaluations', 'datasets', 'gate.json'].map((below) => treesBelow(store, below)))
  ).flat()
  const step = counting(hashed.length + trees.length, following)
  let [files, copied] = [0, 0]
  const target: Target = {
    async holds(file) {
      files += 1
      return holds(to, file)
    },
    async put(file, content) {
      await keepWhole(join(to, file.path), content)
      if (!(await holds(to, file))) throw new GyrusError('move-file-differs', { path: file.path })
      copied += 1
    },
  }
  for (const path of hashed) {
    const sha256 = HASHED.exec(path)?.[2]
    if (sha256 !== undefined) await fetchOne(store, { path, sha256 }, target)
    step()
  }
  for (const tree of trees) {
    await pullTree(store, tree, target)
    step()
  }
  await syncFolder(to)
  return { files, copied }
}

async function fetchOne(store: ObjectStore, file: NamedFile, target: Target): Promise<void> {
  if (await target.holds(file)) return
  const content = await store.get(file.path)
  if (content === null) throw new GyrusError('files-missing', { path: file.path })
  if (sha256Of(content) !== file.sha256) throw new GyrusError('files-altered', { path: file.path })
  await target.put(file, content)
}

async function holds(to: string, { path, sha256 }: NamedFile): Promise<boolean> {
  const copy = await readFile(join(to, path)).catch(() => null)
  return copy !== null && sha256Of(copy) === sha256
}

const equal = (a: Uint8Array | null, b: Uint8Array) => a !== null && Buffer.compare(a, b) === 0

/** @throws GyrusError `cancelled` */
function counting(total: number, { signal, onProgress }: CopyFollowing): () => void {
  let done = 0
  return () => {
    if (signal?.aborted) throw new GyrusError('cancelled')
    done += 1
    onProgress?.({ stage: 'files', done, total })
  }
}
