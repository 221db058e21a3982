/** Which items belong together; a pair links the groups of both (union–find with path halving). */
export class Groups {
  readonly #parents: Int32Array

  constructor(size: number) {
    this.#parents = Int32Array.from({ length: size }, (_, i) => i)
  }

  link(a: number, b: number): void {
    const [first, second] = [this.of(a), this.of(b)]
    this.#parents[Math.max(first, second)] = Math.min(first, second)
  }

  /** The group of an item, named after its first member. */
  of(item: number): number {
    const parents = this.#parents
    let at = item
    while (parents[at] !== at) {
      parents[at] = parents[parents[at] as number] as number
      at = parents[at] as number
    }
    return at
  }

  /** For each item the first member of its group. */
  ids(): number[] {
    return Array.from(this.#parents, (_, item) => this.of(item))
  }
}

/** Links items with the same key; items whose key is null stay as they are. */
export function linkEqual(groups: Groups, keys: readonly (string | number | null)[]): void {
  const first = new Map<string | number, number>()
  for (const [item, key] of keys.entries()) {
    if (key === null) continue
    const before = first.get(key)
    if (before === undefined) first.set(key, item)
    else groups.link(before, item)
  }
}
