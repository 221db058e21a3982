import type { RequestOutput } from '../../shared/contract.ts'
import type { Epoch, RecipeInfo, TrainingNotice } from '../../shared/training.ts'
import type { ActiveModel } from '../../shared/training-advice.ts'
import { call, failureOf } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'
import { toasts } from '../shell/toasts.svelte.ts'

const REFRESH_MS = 400

type Answer = RequestOutput<'training.get'>

/** One training run, followed while it is looked at; it goes on whoever looks. */
export class OpenRun {
  readonly id: string
  run = $state.raw<Answer['run'] | null>(null)
  live = $state.raw<Answer['live']>(null)
  /** Whether it is trained on this machine. */
  here = $state(true)
  failure = $state.raw<UiFailure | null>(null)
  recipe = $state.raw<RecipeInfo | null>(null)
  active = $state.raw<ActiveModel | null>(null)
  #asking: ReturnType<typeof setTimeout> | null = null
  readonly #unsubscribe = onEvent((event) => {
    if ((event.type === 'run' && event.id === this.id) || event.type === 'resync') this.#refresh()
  })

  readonly epochs: Epoch[] = $derived(this.live?.epochs ?? this.run?.summary?.epochs ?? [])
  readonly notices: TrainingNotice[] = $derived(this.live?.notices ?? this.run?.summary?.notices ?? [])
  /** Epochs that it would have taken at most; null for a recipe without. */
  readonly planned = $derived(this.run?.request?.changes.epochs ?? this.recipe?.defaults.epochs ?? null)

  constructor(id: string) {
    this.id = id
  }

  stop(): void {
    this.#unsubscribe()
    if (this.#asking !== null) clearTimeout(this.#asking)
  }

  async load(): Promise<void> {
    try {
      const before = this.run?.state
      const { run, live, here } = await call('training.get', { id: this.id })
      if (run.state !== before) await this.#loadAround(run)
      this.run = run
      this.live = live
      this.here = here
      this.failure = null
    } catch (error) {
      this.failure = failureOf(error)
    }
  }

  cancel = (): Promise<void> => this.#try(() => call('training.cancel', { id: this.id }))
  resume = (): Promise<void> => this.#try(() => call('training.resume', { id: this.id }))

  /** What a finished run is judged by: its recipe, and the model in force. */
  async #loadAround({ request, summary }: Answer['run']): Promise<void> {
    if (request) {
      const { recipes } = await call('training.recipes', {})
      this.recipe = recipes.find(({ name }) => name === request.recipe) ?? null
    }
    if (!summary) return
    const [models, { runs }] = await Promise.all([call('models.list', {}), call('training.list', {})])
    const model = models.find(({ active }) => active)
    const own = runs.find((one) => one.summary?.weightsSha256 === model?.card?.weightsSha256)
    this.active = model ? { id: model.id, run: own?.summary ?? null } : null
  }

  #refresh(): void {
    this.#asking ??= setTimeout(async () => {
      await this.load()
      this.#asking = null
    }, REFRESH_MS)
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      toasts.failure(failureOf(error))
    }
    await this.load()
  }
}
