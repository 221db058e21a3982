import type { Store } from '../../store/types.ts'

/**
 * Logs which reader opened which case. A page asks for the case that it shows again and again while things happen; that
 * is one opening, until the reader opens another case.
 */
export class Openings {
  readonly #store: Store
  readonly #last = new Map<string, string>()

  constructor(store: Store) {
    this.#store = store
  }

  /** What cannot be logged is not shown. @throws GyrusError what the store throws */
  async note(caseId: string, reader: string): Promise<void> {
    if (this.#last.get(reader) === caseId) return
    this.#last.set(reader, caseId)
    try {
      await this.#store.log({ actor: reader, act: 'case.opened', subject: caseId, detail: {} })
    } catch (error) {
      this.#last.delete(reader)
      throw error
    }
  }
}
