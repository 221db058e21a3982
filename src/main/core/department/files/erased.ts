import { existsSync } from 'node:fs'
import type { Store } from '../../../store/types.ts'
import { removeScans, type Settled } from '../../care/remove-scans.ts'
import { type DataFolder, scanPath } from '../../data-folder.ts'

/** So often it is looked for what others erased, ms. */
const LOOK_MS = 60 * 60 * 1000
/** A request to a store takes so many keys. */
const AT_ONCE = 1_000

interface Parts {
  folder: DataFolder
  store: Store
  settled: Settled
}

/**
 * What was erased on one workstation goes from the copies of all, and what a kill or a store that was away left in the
 * store goes from there, where this workstation does the department's chores.
 */
export class ErasedFiles {
  readonly #parts: Parts
  readonly #gone = new Set<string>()
  readonly #ending = new AbortController()
  #leads = false
  #timer: ReturnType<typeof setInterval> | undefined
  #looking: Promise<void> = Promise.resolve()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.look(), LOOK_MS).unref()
    void this.look()
  }

  lead(leads: boolean): void {
    this.#leads = leads
    if (leads) void this.look()
  }

  async close(): Promise<void> {
    this.#ending.abort()
    clearInterval(this.#timer)
    await this.#looking
  }

  /** Never rejects: what cannot be removed now is looked for again. */
  look(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#remove()).catch(() => undefined)
    return this.#looking
  }

  async #remove(): Promise<void> {
    const { folder, store, settled } = this.#parts
    const erased = await store.erasedScans()
    const isHere = (sha256: string) => existsSync(scanPath(folder, sha256))
    const due = erased.filter((sha256) => (this.#leads && !this.#gone.has(sha256)) || isHere(sha256))
    for (let first = 0; first < due.length && !this.#ending.signal.aborted; first += AT_ONCE) {
      const some = due.slice(first, first + AT_ONCE)
      await removeScans({ folder, store }, some, settled)
      for (const sha256 of some) this.#gone.add(sha256)
    }
  }
}
