/** Sees to it that bytes that come twice at a time are on record once. */
export class Once {
  readonly #find: (sha256: string) => Promise<string | null>
  readonly #underWay = new Map<string, Promise<unknown>>()

  /** @param find the case that has these bytes, null where there is none */
  constructor(find: (sha256: string) => Promise<string | null>) {
    this.#find = find
  }

  /** The case that has these bytes; null where there was none, and `put` has put them on record. @throws what they throw */
  async unlessKnown(sha256: string, put: () => Promise<void>): Promise<string | null> {
    for (let other = this.#underWay.get(sha256); other; other = this.#underWay.get(sha256)) await other
    const turn = this.#take(sha256, put).finally(() => this.#underWay.delete(sha256))
    this.#underWay.set(
      sha256,
      turn.catch(() => undefined),
    )
    return turn
  }

  async #take(sha256: string, put: () => Promise<void>): Promise<string | null> {
    const known = await this.#find(sha256)
    if (known === null) await put()
    return known
  }
}
