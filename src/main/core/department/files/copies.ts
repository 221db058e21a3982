import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { asDataFolderError } from '../../../../shared/file-errors.ts'
import { sha256OfFile } from '../../care/keep.ts'
import { writeThrough } from '../../write-through.ts'
import type { NamedFile } from './types.ts'

/** What was used so shortly ago may be open: in the engine, or in another program of Gyrus on this folder. */
const IN_USE_MS = 10 * 60 * 1000
/** Folders of what can be got again at any time, and makes up nearly all bytes. */
const BOUNDED = ['scans', 'datasets/files']
/** It is made room for more than the one file that was too much. */
const FILLED = 0.9

interface Copy {
  path: string
  bytes: number
  usedAt: number
}

interface CopiesParts {
  root: string
  incoming: string
  /** Bytes of what lies in `scans` and `datasets/files`. */
  limit: number
  /** Which of these may go: nobody has them in hand, and the store has them. */
  mayGo: (paths: string[]) => Promise<Set<string>>
}

/** Copies that this workstation keeps of what lies in the store: as many as fit, those used last. */
export class Copies {
  readonly #parts: CopiesParts
  /** What each file was when its hash was last taken. */
  readonly #known = new Map<string, { sha256: string; bytes: number; mtimeMs: number }>()
  /** Null until they were counted. */
  #bytes: number | null = null
  #making: Promise<void> | null = null

  constructor(parts: CopiesParts) {
    this.#parts = parts
  }

  at(path: string): string {
    return join(this.#parts.root, ...path.split('/'))
  }

  /** Whether a copy is here and whole; it counts as used now. */
  async holds({ path, sha256 }: NamedFile): Promise<boolean> {
    const file = this.at(path)
    const found = await stat(file).catch(() => null)
    if (!found?.isFile()) return false
    const known = this.#known.get(path)
    const same = known?.bytes === found.size && known.mtimeMs === found.mtimeMs
    const now = same ? known.sha256 : await sha256OfFile(file).catch(() => null)
    if (now !== sha256) return false
    await this.#use({ path, sha256 }, found)
    return true
  }

  /** Whole or not at all. @throws GyrusError `disk-full`, `data-folder-unusable` */
  async put({ path, sha256 }: NamedFile, content: Uint8Array): Promise<void> {
    const part = join(this.#parts.incoming, randomUUID())
    const target = this.at(path)
    try {
      await mkdir(dirname(part), { recursive: true, mode: 0o700 })
      await writeThrough(part, content)
      await mkdir(dirname(target), { recursive: true, mode: 0o700 })
      await rename(part, target)
    } catch (error) {
      await rm(part, { force: true })
      throw asDataFolderError(error, this.#parts.root)
    }
    const { size, mtimeMs } = await stat(target)
    this.#known.set(path, { sha256, bytes: size, mtimeMs })
    await this.added(path, size)
  }

  /** Told of each file that somebody wrote here, so that older ones make room. */
  async added(path: string, bytes: number): Promise<void> {
    if (!BOUNDED.some((folder) => path.startsWith(`${folder}/`))) return
    this.#bytes = this.#bytes === null ? null : this.#bytes + bytes
    if (this.#bytes !== null && this.#bytes <= this.#parts.limit) return
    this.#making ??= this.#makeRoom().finally(() => {
      this.#making = null
    })
    await this.#making
  }

  async #use({ path, sha256 }: NamedFile, { size, mtimeMs }: { size: number; mtimeMs: number }): Promise<void> {
    const now = Date.now()
    const noted = now - mtimeMs > IN_USE_MS / 2 ? await touch(this.at(path), now) : null
    this.#known.set(path, { sha256, bytes: size, mtimeMs: noted ?? mtimeMs })
  }

  async #makeRoom(): Promise<void> {
    const { root, limit, mayGo } = this.#parts
    const copies = (await Promise.all(BOUNDED.map((folder) => copiesBelow(root, folder)))).flat()
    let total = copies.reduce((sum, { bytes }) => sum + bytes, 0)
    if (total > limit) {
      const now = Date.now()
      const idle = copies.filter(({ usedAt }) => now - usedAt > IN_USE_MS).sort((a, b) => a.usedAt - b.usedAt)
      const free = await mayGo(idle.map(({ path }) => path))
      for (const { path, bytes } of idle) {
        if (total <= limit * FILLED) break
        if (!free.has(path)) continue
        await rm(this.at(path), { force: true })
        this.#known.delete(path)
        total -= bytes
      }
    }
    this.#bytes = total
  }
}

/** When a file was last used is its time of change: nobody changes it. @returns what it is now */
async function touch(file: string, now: number): Promise<number | null> {
  await utimes(file, new Date(now), new Date(now)).catch(() => undefined)
  return (await stat(file).catch(() => null))?.mtimeMs ?? null
}

async function copiesBelow(root: string, folder: string): Promise<Copy[]> {
  const dir = join(root, folder)
  const entries = await readdir(dir, { withFileTypes: true, recursive: true }).catch(() => [])
  const found: Copy[] = []
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    const { size, mtimeMs } = (await stat(file).catch(() => null)) ?? {}
    if (size === undefined || mtimeMs === undefined) continue
    found.push({ path: relative(root, file).split(sep).join('/'), bytes: size, usedAt: mtimeMs })
  }
  return found
}
