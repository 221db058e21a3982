import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { z } from 'zod'
import { GyrusError } from '../../../../shared/errors.ts'
import type { ObjectStore } from '../../../object-store/types.ts'
import { sha256Of, sha256OfFile } from '../../care/keep.ts'
import { isLost } from './errors.ts'
import type { NamedFile } from './types.ts'

/** The object of a folder that says what is in it; its files lie beside it under their hashes. */
const TREE = 'tree.json'
/** Somebody may push a folder anew while it is fetched. */
const TRIES = 5
/** A request takes so many keys. */
const AT_ONCE = 1_000

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

/** A file that is pushed. */
export interface TreeFile {
  /** In the folder, with `/`; empty where it is pushed by itself. */
  path: string
  sha256: string
  bytes: number
  read(): Promise<Uint8Array>
}

/** What lies in this folder, or is this file. @throws the file's error */
export async function filesOfTree(from: string): Promise<TreeFile[]> {
  if ((await stat(from)).isFile()) return [await described(from, '')]
  const entries = await readdir(from, { withFileTypes: true, recursive: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(from, join(entry.parentPath, entry.name)).split(sep).join('/'))
  return Promise.all(paths.map((path) => described(join(from, path), path)))
}

async function described(file: string, path: string): Promise<TreeFile> {
  const { size: bytes } = await stat(file)
  return { path, sha256: await sha256OfFile(file), bytes, read: () => readFile(file) }
}

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

/**
 * What differs is sent under its hash, then what the folder holds is said, then what it held before goes.
 *
 * @param again whether what is said to be there is looked at, too
 * @returns how many files were sent
 */
export async function pushTree(
  store: ObjectStore,
  path: string,
  files: TreeFile[],
  again: 'send' | 'trust' = 'trust',
): Promise<number> {
  const tree = treeSchema.parse({
    format: 1,
    files: files.map(({ read: _, ...file }) => file).sort((a, b) => (a.path < b.path ? -1 : 1)),
  })
  // One that is none of ours gives way.
  const before = await readTree(store, path).catch((error) => {
    if (isLost(error)) return null
    throw error
  })
  const hashes = (of: Tree | null) => new Set(of?.files.map(({ sha256 }) => sha256))
  const there = again === 'trust' ? hashes(before) : new Set<string>()
  let sent = 0
  for (const { path: name, sha256, read } of files) {
    if (there.has(sha256)) continue
    const content = await read()
    // Somebody writes to it: it is pushed again when they are done.
    if (sha256Of(content) !== sha256) throw new GyrusError('files-altered', { path: `${path}/${name}` })
    await store.put(keyOf(path, sha256), content)
    there.add(sha256)
    sent += 1
  }
  if (JSON.stringify(before) === JSON.stringify(tree)) return sent
  await store.put(`${path}/${TREE}`, Buffer.from(`${JSON.stringify(tree, null, 1)}\n`))
  const left = hashes(before).difference(hashes(tree))
  await store.remove([...left].map((sha256) => keyOf(path, sha256)))
  return sent
}

/** What it says goes first: nobody finds half of it. */
export async function dropTree(store: ObjectStore, path: string): Promise<void> {
  await store.remove([`${path}/${TREE}`])
  const left = await store.list(`${path}/`)
  for (let first = 0; first < left.length; first += AT_ONCE) await store.remove(left.slice(first, first + AT_ONCE))
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
