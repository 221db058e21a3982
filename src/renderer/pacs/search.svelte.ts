import type { RequestOutput } from '../../shared/contract.ts'
import type { FoundSeries, FoundStudy, Retrieval, StudiesFound, StudyQuery } from '../../shared/pacs.ts'
import { call, failureOf } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'

type Choices = RequestOutput<'pacs.choices'>['pacs']

const NOTHING: StudyQuery = {
  patientName: '',
  patientId: '',
  accessionNumber: '',
  studyDateFrom: '',
  studyDateTo: '',
  modality: 'MR',
  description: '',
}

/** What is looked for in a PACS, what it has, and what is on its way. */
export class PacsSearch {
  choices = $state.raw<Choices | null>(null)
  choice = $state('')
  query = $state<StudyQuery>({ ...NOTHING })
  searching = $state(false)
  /** What stands in the way of the page, or of the search. */
  failure = $state.raw<UiFailure | null>(null)
  found = $state.raw<StudiesFound | null>(null)
  study = $state.raw<FoundStudy | null>(null)
  series = $state.raw<FoundSeries[] | null>(null)
  seriesFailure = $state.raw<UiFailure | null>(null)
  retrievals = $state.raw<Retrieval[]>([])
  /** Answers of a search or choice before the last one are too late. */
  #turn = 0
  readonly #stop = onEvent(({ type }) => {
    if (type === 'pacs' || type === 'resync') void this.follow()
  })

  stop(): void {
    this.#stop()
  }

  async load(): Promise<void> {
    try {
      const { pacs } = await call('pacs.choices', {})
      this.choices = pacs
      if (!pacs.some(({ id }) => id === this.choice)) this.choice = pacs[0]?.id ?? ''
      this.failure = null
      await this.follow()
    } catch (error) {
      this.failure = failureOf(error)
    }
  }

  async follow(): Promise<void> {
    // Where it cannot be had, what is shown stays; the next event asks again.
    const now = await call('pacs.retrievals', {}).catch(() => null)
    if (now) this.retrievals = now.retrievals
  }

  async search(): Promise<void> {
    this.#turn += 1
    const turn = this.#turn
    this.searching = true
    this.failure = null
    this.found = null
    this.study = null
    try {
      const found = await call('pacs.find', { pacs: this.choice, query: this.query })
      if (turn === this.#turn) this.found = found
    } catch (error) {
      if (turn === this.#turn) this.failure = failureOf(error)
    } finally {
      if (turn === this.#turn) this.searching = false
    }
  }

  async choose(study: FoundStudy): Promise<void> {
    this.study = study
    this.series = null
    this.seriesFailure = null
    try {
      const { series } = await call('pacs.series', { pacs: this.choice, studyUid: study.studyUid })
      if (this.study === study) this.series = series
    } catch (error) {
      if (this.study === study) this.seriesFailure = failureOf(error)
    }
  }

  async retrieve(seriesUid: string | null): Promise<void> {
    if (!this.study) return
    try {
      await call('pacs.retrieve', { pacs: this.choice, studyUid: this.study.studyUid, seriesUid })
      toasts.hint(texts.pacs.asked)
      await this.follow()
    } catch (error) {
      toasts.failure(failureOf(error))
    }
  }

  async cancel(id: string): Promise<void> {
    try {
      await call('pacs.cancel', { id })
      await this.follow()
    } catch (error) {
      toasts.failure(failureOf(error))
    }
  }
}
