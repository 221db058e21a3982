import { bytesOf, forget, loadImage } from './images.ts'
import { nearestFirst } from './nearest-first.ts'

/** At a time, besides the slice that is waited for: a browser opens six connections, and the engine has other readers. */
const AT_ONCE = 3
/** What is on its way to slices further off than this is broken off when the reader has gone on. */
const KEPT_WITHIN = 24
/** Decoded pixels that are held of all stacks together, bytes. */
const BUDGET = 400 * 2 ** 20

/** Loads a stack, the slices nearest to the one on the screen first and more of those that the reader goes towards, and lets go of the furthest where there is no room. */
export class StackLoader {
  #ids: readonly string[] = []
  #at = 0
  /** Where the reader went last. */
  #way: -1 | 0 | 1 = 0
  readonly #loading = new Map<string, number>()
  /** Tried in vain: not again by itself. */
  readonly #failed = new Set<string>()
  readonly #changed: () => void
  static #stacks = new Set<StackLoader>()

  /** @param changed is told when another slice is there, or gone */
  constructor(changed: () => void) {
    this.#changed = changed
  }

  /** Takes another stack; what is on its way of the one before is broken off. */
  use(ids: readonly string[], at: number): void {
    const kept = new Set(ids)
    for (const id of this.#loading.keys()) if (!kept.has(id)) forget(id)
    this.#failed.clear()
    this.#ids = ids
    this.#at = at
    this.#way = 0
    StackLoader.#stacks.add(this)
  }

  stop(): void {
    this.use([], 0)
    StackLoader.#stacks.delete(this)
  }

  /** The slice on the screen, from which the others are reckoned. */
  moveTo(at: number): void {
    if (at !== this.#at) this.#way = at > this.#at ? 1 : -1
    this.#at = at
    for (const [id, index] of this.#loading) if (Math.abs(index - at) > KEPT_WITHIN) forget(id)
    this.#goOn()
  }

  /** Loads one ahead of all others. Rejects with `RequestFailed`. */
  async get(index: number): Promise<void> {
    const id = this.#ids[index]
    if (id === undefined) throw new Error(`no slice ${index}`)
    this.#failed.delete(id)
    await this.#load(id, index)
  }

  holds(index: number): boolean {
    const id = this.#ids[index]
    return id !== undefined && bytesOf(id) > 0
  }

  failed(index: number): boolean {
    return this.#failed.has(this.#ids[index] ?? '')
  }

  async #load(id: string, index: number): Promise<void> {
    this.#loading.set(id, index)
    try {
      await loadImage(id)
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'AbortError')) this.#failed.add(id)
      throw error
    } finally {
      this.#loading.delete(id)
      this.#changed()
      this.#goOn()
    }
  }

  /** From the one on the screen on, as many as there is room for. */
  #goOn(): void {
    const near = this.#near()
    this.#letGo(new Set(near))
    for (const index of near) {
      if (this.#loading.size >= AT_ONCE) return
      const id = this.#ids[index] as string
      if (bytesOf(id) > 0 || this.#loading.has(id) || this.#failed.has(id)) continue
      void this.#load(id, index).catch(() => undefined)
    }
  }

  /** Places of the slices that are to be held, the nearest first. */
  #near(): number[] {
    const one = bytesOf(this.#ids[this.#at] ?? '')
    // Nothing is loaded ahead of the slice that the reader waits for.
    if (one === 0) return []
    const room = Math.max(1, Math.floor(BUDGET / StackLoader.#stacks.size / one))
    return nearestFirst(this.#at, this.#ids.length, room, this.#way)
  }

  #letGo(kept: ReadonlySet<number>): void {
    if (kept.size === 0 || kept.size === this.#ids.length) return
    for (const [index, id] of this.#ids.entries()) if (!kept.has(index) && bytesOf(id) > 0) forget(id)
  }
}
