import type { Store } from '../../store/types.ts'
import type { EngineSupervisor } from '../engine-supervisor/index.ts'

/** Knows which files the active model has analysed before, also those under way right now. */
export class Seen {
  readonly #store: Store
  readonly #engine: EngineSupervisor
  /** By SHA-256: settles when it is known whether there is a result. */
  readonly #underWay = new Map<string, Promise<void>>()

  constructor(parts: { store: Store; engine: EngineSupervisor }) {
    this.#store = parts.store
    this.#engine = parts.engine
  }

  /**
   * The case that has a result for these bytes by the active model; null where there is none, and the caller analyses
   * them now.
   *
   * @param outcome settles when that is done
   */
  async find(sha256: string, outcome: Promise<unknown>): Promise<string | null> {
    for (let other = this.#underWay.get(sha256); other; other = this.#underWay.get(sha256)) await other
    const known = Promise.withResolvers<void>()
    this.#underWay.set(sha256, known.promise)
    const release = () => {
      this.#underWay.delete(sha256)
      known.resolve()
    }
    const seen = await this.#lookUp(sha256).catch((error) => {
      release()
      throw error
    })
    // What is only linked keeps nobody waiting.
    if (seen === null) void outcome.then(release)
    else release()
    return seen
  }

  async #lookUp(sha256: string): Promise<string | null> {
    const cases = await this.#store.seenCases(sha256)
    if (cases.length === 0) return null
    const weights = await this.#activeWeights()
    return cases.find((one) => one.weightsSha256 === weights)?.caseId ?? null
  }

  /** The engine answers when its model is loaded, or is known not to load. */
  async #activeWeights(): Promise<string | null> {
    await this.#engine.request('ping', null)
    return this.#engine.status.model?.manifest.weights.sha256 ?? null
  }
}
