import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { GyrusError } from '../../../../shared/errors.ts'
import type { S3Place } from '../../../../shared/files-place.ts'
import type { Credentials, ObjectStore } from '../../../object-store/types.ts'
import { sha256Of } from '../../care/keep.ts'
import { Copies } from './copies.ts'
import { areFilesAway } from './errors.ts'
import type { FilesMark } from './mark.ts'
import { dropTree, filesOfTree, pullTree, pushTree, treesBelow } from './trees.ts'
import type { NamedFile, SharedFiles } from './types.ts'
import { Unsent } from './unsent.ts'

/** A store that is begun anew is bridged: what waits for it is tried for so long, and so often, ms. */
const PATIENCE_MS = 15_000
const AGAIN_MS = 500
/** Files on their way at a time. */
const AT_ONCE = 8
/** What a store has of a folder is asked for again after so long, ms. */
const LISTED_MS = 60_000
/** Where images of data sets are. */
const SETS = 'datasets/files'

interface InStoreParts {
  place: S3Place
  credentials: Credentials
  /** The workstation's own folder, with the layout that a shared one has. */
  root: string
  /** For copies that are not yet whole. */
  incoming: string
  mark: Pick<FilesMark, 'check'> | null
}

/** Files in an S3-compatible store, with copies of what is used here. */
export class InStore implements SharedFiles {
  readonly #parts: InStoreParts
  readonly #copies: Copies
  #unsent: Unsent | undefined
  #opened: Promise<ObjectStore> | undefined
  /** By path: what is being fetched. */
  readonly #fetching = new Map<string, Promise<void>>()
  readonly #held = new Set<string>()
  readonly #listed = new Map<string, { at: number; keys: Promise<Set<string>> }>()

  constructor(parts: InStoreParts) {
    const { root, incoming, place } = parts
    this.#parts = parts
    this.#copies = new Copies({
      root,
      incoming,
      limit: place.copyBytes,
      mayGo: (paths) => this.#mayGo(paths),
    })
  }

  /** A scan that waits for the store is marked; images of a data set that is being frozen are not, until all are there. */
  async #mayGo(paths: string[]): Promise<Set<string>> {
    const free = paths.filter((path) => !this.#held.has(path) && !this.#waits.has(path))
    if (!free.some((path) => path.startsWith(`${SETS}/`))) return new Set(free)
    const there = await this.#list(SETS).catch((error) => {
      if (areFilesAway(error)) return new Set<string>()
      throw error
    })
    return new Set(free.filter((path) => !path.startsWith(`${SETS}/`) || there.has(path)))
  }

  async check(): Promise<void> {
    await this.#parts.mark?.check()
  }

  readonly store = (): Promise<ObjectStore> => {
    this.#opened ??= this.#open()
    return this.#opened
  }

  async #open(): Promise<ObjectStore> {
    const { openObjectStore } = await import('../../../object-store/index.ts')
    return openObjectStore(this.#parts.place, this.#parts.credentials)
  }

  /** Read when it is first asked for: most of what looks at a data folder asks for no file. */
  get #waits(): Unsent {
    this.#unsent ??= new Unsent(join(this.#parts.root, 'unsent'))
    return this.#unsent
  }

  async have(file: NamedFile): Promise<void> {
    if (await this.#copies.holds(file)) return
    const { path } = file
    const fetching =
      this.#fetching.get(path) ?? this.#patiently(() => this.#fetch(file)).finally(() => this.#fetching.delete(path))
    this.#fetching.set(path, fetching)
    await fetching
  }

  async #fetch(file: NamedFile): Promise<void> {
    const { path, sha256 } = file
    const content = await (await this.store()).get(path)
    if (content === null) throw new GyrusError('files-missing', { path })
    if (sha256Of(content) !== sha256) throw new GyrusError('files-altered', { path })
    await this.#copies.put(file, content)
  }

  async haveAll(files: NamedFile[]): Promise<void> {
    for (const { path } of files) this.#held.add(path)
    await eachOf(files, (file) => this.have(file))
  }

  async keep(path: string): Promise<void> {
    await this.#patiently(() => this.#send(path))
    await this.#waits.remove(path)
  }

  async keepLater(path: string): Promise<void> {
    try {
      // Where others wait already, it would only be asked in vain.
      if (!this.waiting()) return await this.#send(path)
    } catch (error) {
      if (!areFilesAway(error)) throw error
    }
    await this.#waits.add(path)
  }

  async keepAll(below: string, paths: string[]): Promise<void> {
    const there = await this.#list(below)
    const rest = [...new Set(paths)].filter((path) => !there.has(path))
    await eachOf(rest, (path) => this.#patiently(() => this.#send(path)))
    this.#listed.delete(below)
  }

  async missing(below: string, paths: string[]): Promise<string[]> {
    const here = await Promise.all(paths.map((path) => stat(this.#copies.at(path)).then(Boolean, () => false)))
    const elsewhere = paths.filter((_, i) => !here[i])
    if (elsewhere.length === 0) return []
    const known = this.#listed.get(below)
    const keys = known && Date.now() - known.at < LISTED_MS ? await known.keys : await this.#list(below)
    return elsewhere.filter((path) => !keys.has(path))
  }

  async remove(paths: string[]): Promise<void> {
    const store = await this.store()
    for (const path of paths) if (this.#waits.has(path)) await this.#waits.remove(path)
    await this.#patiently(() => store.remove(paths))
  }

  async push(path: string, from = this.#copies.at(path)): Promise<void> {
    const store = await this.store()
    await this.#patiently(async () => pushTree(store, path, await filesOfTree(from)))
  }

  async pull(path: string): Promise<boolean> {
    const store = await this.store()
    return this.#patiently(() => pullTree(store, path, this.#copies))
  }

  async pullAll(below: string): Promise<void> {
    const store = await this.store()
    const found = await this.#patiently(() => treesBelow(store, below))
    await eachOf(found, (path) => this.pull(path))
  }

  async drop(path: string): Promise<void> {
    const store = await this.store()
    await this.#patiently(() => dropTree(store, path))
  }

  waiting(): boolean {
    return this.#waits.paths.length > 0
  }

  async deliver(): Promise<void> {
    for (const path of this.#waits.paths) {
      await this.#send(path)
      await this.#waits.remove(path)
    }
  }

  async #send(path: string): Promise<void> {
    const content = await readFile(this.#copies.at(path))
    await (await this.store()).put(path, content)
    await this.#copies.added(path, content.length)
  }

  #list(below: string): Promise<Set<string>> {
    const keys = this.#patiently(async () => new Set(await (await this.store()).list(`${below}/`)))
    this.#listed.set(below, { at: Date.now(), keys })
    keys.catch(() => this.#listed.delete(below))
    return keys
  }

  async #patiently<T>(ask: () => Promise<T>): Promise<T> {
    const until = Date.now() + PATIENCE_MS
    for (;;) {
      try {
        return await ask()
      } catch (error) {
        if (!areFilesAway(error) || Date.now() > until) throw error
        await sleep(AGAIN_MS)
      }
    }
  }
}

async function eachOf<T>(all: T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const left = all.values()
  const take = async () => {
    for (const one of left) await work(one)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, take))
}
