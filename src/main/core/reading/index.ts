import { mayDo } from '../../../shared/accounts.ts'
import type { CaseDetail } from '../../../shared/cases.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { Impression, ReadingSettings } from '../../../shared/reading.ts'
import type { Store } from '../../store/types.ts'
import type { Emit } from '../events.ts'
import { blindOf } from './blind.ts'

/** Readers who record what they think of a scan before they are shown what the model says. */
export class Reading {
  readonly #store: Store
  readonly #emit: Emit

  constructor({ store, emit }: { store: Store; emit: Emit }) {
    this.#store = store
    this.#emit = emit
  }

  settings(reader: string): Promise<ReadingSettings> {
    return this.#store.readingSettings(reader)
  }

  /** `reader`: for whom; null is the whole department. */
  async set(reader: string | null, on: boolean, by: string): Promise<void> {
    await this.#store.setImpressionFirst(reader, on, by)
    this.#emit({ type: 'reading' })
  }

  /** As `blindOf`. */
  blind(reader: string): Promise<string | null> {
    return blindOf(this.#store, reader)
  }

  /**
   * The reader as the store is to know them where verdicts of others wait for a second reading; null where they are shown
   * all, as those who read no cases. Who has no account, as on the command line before the first one, may read.
   */
  async asker(reader: string): Promise<string | null> {
    const account = await this.#store.findAccount(reader)
    return account && !mayDo(account.role, 'review') ? null : reader
  }

  /** @throws GyrusError `case-unknown` */
  async case(id: string, reader: string): Promise<CaseDetail> {
    return this.#store.getCase(id, await this.blind(reader), await this.asker(reader))
  }

  async isHidden(id: string, reader: string): Promise<boolean> {
    const blind = await this.blind(reader)
    return blind !== null && this.#store.isHidden(id, blind)
  }

  /** No verdict on an answer that was not seen. @throws GyrusError `impression-needed` */
  async requireShown(id: string, reader: string): Promise<void> {
    if (await this.isHidden(id, reader)) throw new GyrusError('impression-needed')
  }

  /** Shows the answer for it. @throws GyrusError `case-unknown`, `impression-late` */
  async record(id: string, impression: Impression, reader: string): Promise<CaseDetail> {
    if ((await this.blind(reader)) === null) throw new GyrusError('impression-late')
    await this.#store.addImpression({ caseId: id, reader, impression })
    this.#emit({ type: 'case', id })
    return this.case(id, reader)
  }
}
