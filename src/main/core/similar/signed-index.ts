import { setImmediate } from 'node:timers/promises'
import type { ReadStore } from '../../store/types.ts'
import { type Near, nearest, numbersOf } from './nearest.ts'

/** Vectors read in one go: no more than some milliseconds of the core's thread. */
const PAGE = 2_000
/** The newest signatures that are compared: of 128 numbers in single precision, 100 MB. */
export const MOST_SIGNED = 200_000

export interface SignedNear {
  caseId: string
  sha256: string
  square: number
}

/**
 * Vectors of cases that were signed, in memory, and read on from the last signature that it knows. It says where to look:
 * what was amended, erased or dismissed since, the record says.
 */
export class SignedIndex {
  readonly indexId: string
  readonly #store: ReadStore
  readonly #most: number
  #vectors = new Float32Array(0)
  #cases: { caseId: string; sha256: string }[] = []
  #places = new Map<string, number>()
  /** Where the next one goes once there are as many as are kept: over the oldest. */
  #next = 0
  #signature = 0
  #reading: Promise<void> | null = null

  constructor(store: ReadStore, indexId: string, most = MOST_SIGNED) {
    this.#store = store
    this.indexId = indexId
    this.#most = most
  }

  get size(): number {
    return this.#cases.length
  }

  /** Reads what was signed since. Errors of the record. */
  async refresh(): Promise<void> {
    this.#reading ??= this.#readOn().finally(() => {
      this.#reading = null
    })
    await this.#reading
  }

  async #readOn(): Promise<void> {
    for (;;) {
      const page = await this.#store.signedVectors(this.indexId, this.#signature, PAGE)
      for (const { signature, caseId, sha256, values } of page) {
        this.#signature = signature
        // An erased one is empty.
        if (values.length > 0) this.#put(caseId, sha256, numbersOf(values))
      }
      if (page.length < PAGE) return
      // Other work comes between.
      await setImmediate()
    }
  }

  #put(caseId: string, sha256: string, numbers: Float32Array): void {
    const known = this.#places.get(caseId)
    const at = known ?? (this.#cases.length < this.#most ? this.#cases.length : this.#next++ % this.#most)
    const replaced = this.#cases[at]
    if (replaced) this.#places.delete(replaced.caseId)
    this.#cases[at] = { caseId, sha256 }
    this.#places.set(caseId, at)
    const needed = (at + 1) * numbers.length
    if (this.#vectors.length < needed) {
      const grown = new Float32Array(Math.max(needed, Math.min(2 * needed, this.#most * numbers.length)))
      grown.set(this.#vectors)
      this.#vectors = grown
    }
    this.#vectors.set(numbers, at * numbers.length)
  }

  /** @param most how many; nearest first */
  nearest(query: Float32Array, most: number): SignedNear[] {
    const found = nearest(this.#vectors, this.size, query, most)
    return found.map(({ at, square }: Near) => ({ ...(this.#cases[at] as { caseId: string; sha256: string }), square }))
  }
}
