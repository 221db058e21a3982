import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { z } from 'zod'
import { GyrusError } from '../../../../shared/errors.ts'
import type { ObjectStore } from '../../../object-store/types.ts'
import { sha256Of, sha256OfFile } from '../../care/keep.ts'
import type { NamedFile } from './types.ts'

/** The object of a folder that says what is in it; its files lie beside it under their hashes. */
const TREE = 'tree.json'
/** Somebody may push a folder anew while it is fetched. */
const TRIES = 5

/** No part of a path may lead out of the folder. */
const isInside = (path: string) =>
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !part.includes('\\'))

const treeSchema = z.strictObject({
  format: z.literal(1),
  /** Paths with `/`, in their order; one that is empty stands for a file that was pushed by itself. */
  files: z.array(
    z.strictObject({
      path: z.string().refine((path) => path === '' || isInside(path)),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      bytes: z.int().nonnegative(),
    }),
  ),
})
type Tree = z.infer<typeof treeSchema>

const keyOf = (path: string, sha256: string) => `${path}/${sha256}`

/** What lies in this folder, or is this file. @throws the file's error */
async function treeOf(from: string): Promise<Tree> {
  if ((await stat(from)).isFile()) return { format: 1, files: [await described(from, '')] }
  const entries = await readdir(from, { withFileTypes: true, recursive: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(from, join(entry.parentPath, entry.name)).split(sep).join('/'))
  const files = await Promise.all(paths.sort().map((path) => described(join(from, path), path)))
  return { format: 1, files }
}

const described = async (file: string, path: string) => ({
  ...{ path, sha256: await sha256OfFile(file), bytes: (await stat(file)).size },
})

/** Null where nobody has pushed it. @throws GyrusError `files-altered` where it is none of ours */
async function readTree(store: ObjectStore, path: string): Promise<Tree | null> {
  const content = await store.get(`${path}/${TREE}`)
  if (content === null) return null
  try {
    return treeSchema.parse(JSON.parse(Buffer.from(content).toString('utf8')))
  } catch (cause) {
    throw new GyrusError('files-altered', { path: `${path}/${TREE}` }, { cause })
  }
}

/** What differs is sent under its hash, then what the folder holds is said, then what it held before goes. */
export async function pushTree(store: ObjectStore, path: string, from: string): Promise<void> {
  const tree = await treeOf(from)
  const before = await readTree(store, path).catch(() => null)
  const sent = new Set(before?.files.map(({ sha256 }) => sha256))
  for (const file of tree.files) {
    if (sent.has(file.sha256)) continue
    const content = await readFile(join(from, file.path))
    // Somebody writes to it: it is pushed again when they are done.
    if (sha256Of(content) !== file.sha256) throw new GyrusError('files-altered', { path: join(path, file.path) })
    await store.put(keyOf(path, file.sha256), content)
    sent.add(file.sha256)
  }
  const text = `${JSON.stringify(tree, null, 1)}\n`
  if (before && `${JSON.stringify(before, null, 1)}\n` === text) return
  await store.put(`${path}/${TREE}`, Buffer.from(text))
  const standing = new Set(tree.files.map(({ sha256 }) => sha256))
  const left = new Set(before?.files.map(({ sha256 }) => sha256).filter((sha256) => !standing.has(sha256)))
  await store.remove([...left].map((sha256) => keyOf(path, sha256)))
}

export interface Target {
  holds(file: NamedFile): Promise<boolean>
  put(file: NamedFile, content: Uint8Array): Promise<void>
}

/** @returns whether anybody has pushed it @throws GyrusError `files-missing`, `files-altered` */
export async function pullTree(store: ObjectStore, path: string, target: Target): Promise<boolean> {
  let tree = await readTree(store, path)
  for (let left = TRIES; tree !== null; left -= 1) {
    const failure = await fetchAll(store, path, tree, target)
    if (failure === null) return true
    const now: Tree | null = await readTree(store, path)
    if (left === 0 || JSON.stringify(now) === JSON.stringify(tree)) throw failure
    tree = now
  }
  return false
}

/** @returns what was not as the tree says */
async function fetchAll(store: ObjectStore, path: string, tree: Tree, target: Target): Promise<GyrusError | null> {
  for (const file of tree.files) {
    const named = { path: file.path === '' ? path : `${path}/${file.path}`, sha256: file.sha256 }
    if (await target.holds(named)) continue
    const content = await store.get(keyOf(path, file.sha256))
    if (content === null) return new GyrusError('files-missing', { path: named.path })
    if (sha256Of(content) !== file.sha256) return new GyrusError('files-altered', { path: named.path })
    await target.put(named, content)
  }
  return null
}

/** All that were pushed below a folder. */
export async function treesBelow(store: ObjectStore, below: string): Promise<string[]> {
  const keys = await store.list(`${below}/`)
  return keys.filter((key) => key.endsWith(`/${TREE}`)).map((key) => key.slice(0, -TREE.length - 1))
}
