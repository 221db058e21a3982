import type { RequestInput, RequestName } from '../../shared/contract.ts'
import type { DatasetEntry } from '../../shared/frozen-dataset.ts'
import type { Gate } from '../../shared/gate.ts'
import type { Judgement, ModelWorkStatus, PlanProposal, Proposal, RunResult } from '../../shared/model-work.ts'
import type { Activation, ModelRow } from '../../shared/models.ts'
import { call, failureOf } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'
import { toasts } from '../shell/toasts.svelte.ts'

interface Loaded {
  rows: ModelRow[]
  results: RunResult[]
  activations: Activation[]
  judgements: Judgement[]
  gate: Gate
  proposal: Proposal | null
  planProposal: PlanProposal | null
  sets: DatasetEntry[]
}

/** When the last work ended whose end somebody dismissed on this page. */
export const seen = $state({ at: '' })

/** The models that there are, what is asked of them, and what is being done with them. */
export class Models {
  loaded = $state.raw<Loaded | null>(null)
  work = $state.raw<ModelWorkStatus>({ state: 'idle' })
  failure = $state.raw<UiFailure | null>(null)
  readonly running = $derived(this.work.state === 'running')
  readonly active = $derived(this.loaded?.rows.find(({ active }) => active) ?? null)
  readonly #stop = onEvent(({ type }) => {
    if (type === 'models' || type === 'dataset-import' || type === 'resync') void this.load()
    if (type === 'model-work' || type === 'resync') void this.loadWork()
  })

  stop(): void {
    this.#stop()
  }

  async load(): Promise<void> {
    try {
      const [rows, results, activations, judgements, gate, proposal, planProposal, { sets }] = await Promise.all([
        call('models.list', {}),
        call('models.results', {}),
        call('models.activations', {}),
        call('models.judgements', {}),
        call('models.gate', {}),
        call('models.proposal', {}),
        call('models.plan-proposal', {}),
        call('datasets.list', {}),
      ])
      this.loaded = { rows, results, activations, judgements, gate, proposal, planProposal, sets }
      this.failure = null
    } catch (error) {
      this.failure = failureOf(error)
    }
  }

  async loadWork(): Promise<void> {
    this.work = await call('models.work', {}).catch(() => this.work)
  }

  /** Begins long work. How it ends the page tells anyway; only what never began is told here. */
  async begin<N extends RequestName>(name: N, input: RequestInput<N>): Promise<void> {
    try {
      await call(name, input)
    } catch (error) {
      const failure = failureOf(error)
      await this.loadWork()
      const told = this.work.state === 'failed' && this.work.failure.code === failure.code
      if (!told) toasts.failure(failure)
    }
  }

  /** True where it was done. */
  async change<N extends RequestName>(name: N, input: RequestInput<N>): Promise<boolean> {
    try {
      await call(name, input)
      await this.load()
      return true
    } catch (error) {
      toasts.failure(failureOf(error))
      return false
    }
  }

  cancel = (): Promise<boolean> => this.change('models.cancel-work', {})
}
