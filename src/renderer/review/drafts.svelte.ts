import { SvelteMap } from 'svelte/reactivity'
import type { Verdict } from '../../shared/cases.ts'
import type { VerdictLabel } from '../../shared/labels.ts'
import { account } from '../accounts/account.svelte.ts'
import { transport } from '../client/client.ts'
import { askBeforeClosing } from '../shell/before-closing.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'

/** A verdict that is not saved yet. */
export interface Draft {
  verdict: Verdict | null
  label: VerdictLabel | null
  comment: string
  /** Why a signed verdict is amended; '' where none is. */
  reason: string
}

const EMPTY: Draft = { verdict: null, label: null, comment: '', reason: '' }

const keyOf = (reader: string, id: string) => `${reader}/${id}`

/**
 * What each reader began on each case; moving on to another case loses nothing, nor does a lock. Another reader who signs
 * in at the same page does not see it.
 */
class Drafts {
  readonly #byReaderAndCase = new SvelteMap<string, Draft>()

  constructor() {
    void this.#takeUp()
    askBeforeClosing(
      () => this.any,
      () => texts.verdict.unsavedAtClose,
    )
  }

  /** Whether there is any, whoever began it. */
  get any(): boolean {
    return this.#byReaderAndCase.size > 0
  }

  of(id: string): Draft {
    return this.#byReaderAndCase.get(this.#key(id)) ?? EMPTY
  }

  has(id: string): boolean {
    return this.#byReaderAndCase.has(this.#key(id))
  }

  change(id: string, change: Partial<Draft>): void {
    toasts.clearCases()
    const draft = { ...this.of(id), ...change }
    if (draft.verdict === null && `${draft.comment}${draft.reason}`.trim() === '')
      this.#byReaderAndCase.delete(this.#key(id))
    else this.#byReaderAndCase.set(this.#key(id), draft)
    this.#keep()
  }

  drop(id: string): void {
    this.#byReaderAndCase.delete(this.#key(id))
    this.#keep()
  }

  /** A page whose process ended is loaded again by the desktop, and has them still. */
  #keep(): void {
    transport.keep(JSON.stringify([...this.#byReaderAndCase]))
  }

  async #takeUp(): Promise<void> {
    const kept = JSON.parse((await transport.kept()) ?? '[]') as [string, Draft][]
    for (const [key, draft] of kept) if (!this.#byReaderAndCase.has(key)) this.#byReaderAndCase.set(key, draft)
  }

  #key(id: string): string {
    return keyOf(account.current?.name ?? '', id)
  }
}

export const drafts = new Drafts()

/** Verdicts that go with a label of the reader's. */
export const takesLabel = (verdict: Verdict | null): boolean => verdict === 'disagree' || verdict === 'own'

/** A comment alone is no verdict. */
export const complete = ({ verdict, label }: Draft) => verdict !== null && (!takesLabel(verdict) || label !== null)

/** A signed verdict is amended for a reason. */
export const completeAmendment = (draft: Draft) => complete(draft) && draft.reason.trim() !== ''
