import type { RequestOutput } from '../../../shared/contract.ts'
import type { ReadQuery, ShownEvaluation } from '../../../shared/kept-evaluation.ts'
import { call, failureOf } from '../../client/client.ts'
import { onEvent } from '../../client/events.ts'
import type { UiFailure } from '../../client/transport.ts'
import { sentence } from '../../language/sentences.ts'

/** Titles of columns are kept in English with the evaluation. */
const inPageLanguage = <C extends { title: string }>(column: C): C => ({ ...column, title: sentence(column.title) })

/** What was measured of one model: which evaluations there are, and the one that is looked at. */
export class Results {
  readonly #id: string
  known = $state.raw<RequestOutput<'models.evaluations'> | null>(null)
  /** Key of the evaluation that is looked at. */
  key = $state<string | null>(null)
  evaluation = $state.raw<ShownEvaluation | null>(null)
  failure = $state.raw<UiFailure | null>(null)
  /** Grows when pictures may have come or gone. */
  sets = $state(0)
  readonly #stop = onEvent(({ type }) => {
    if (type === 'models' || type === 'resync') void this.load()
    if (type === 'dataset-import') this.sets += 1
  })

  constructor(id: string) {
    this.#id = id
  }

  stop(): void {
    this.#stop()
  }

  /** Keeps what is looked at, and goes to the newest where there is none, or where a new one came. */
  async load(): Promise<void> {
    try {
      const before = this.known?.evaluations
      const known = await call('models.evaluations', { id: this.#id })
      const [newest] = known.evaluations
      const isNew = before !== undefined && newest?.at !== before[0]?.at
      const same = known.evaluations.find(({ key }) => key === this.key)
      this.known = known
      this.failure = null
      if (newest && (isNew || !same || !this.evaluation)) await this.show(isNew || !same ? newest.key : same.key)
    } catch (error) {
      this.known = null
      this.evaluation = null
      this.failure = failureOf(error)
    }
  }

  async show(key: string): Promise<void> {
    this.key = key
    try {
      const evaluation = await call('models.evaluation', { id: this.#id, evaluation: key })
      // Another one may have been chosen meanwhile.
      if (this.key !== key) return
      this.evaluation = {
        ...evaluation,
        columns: evaluation.columns.map(inPageLanguage),
        tumourColumns: evaluation.tumourColumns.map(inPageLanguage),
      }
      this.failure = null
    } catch (error) {
      if (this.key !== key) return
      this.evaluation = null
      this.failure = failureOf(error)
    }
  }

  images(column: number, query: ReadQuery, page: { offset: number; limit: number }) {
    return call('models.evaluated-images', { id: this.#id, evaluation: this.key ?? '', column, query, ...page })
  }
}
