import { GyrusError } from '../../../shared/errors.ts'
import type { PreviewSheet, RecipeInfo, TrainingRequest } from '../../../shared/training.ts'
import { type Planned, secondsBy, type TrainingProbe } from '../../../shared/training-time.ts'
import type { ReadStore } from '../../store/types.ts'
import type { StartEngine } from '../engine-supervisor/process.ts'
import { runTask } from '../engine-supervisor/task.ts'
import type { Prober } from './trainer.ts'

interface Parts {
  store: ReadStore
  startEngine: StartEngine
  prober: Prober
}

/** What is tried before a training is asked for: one thing at a time, the newest. */
export class TryOut {
  readonly #parts: Parts
  #running: { abort: AbortController; done: Promise<unknown> } | undefined

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** By the newest run of the same recipe that is on record. */
  async estimate(
    request: TrainingRequest,
    { images, recipes }: { images: number; recipes: RecipeInfo[] },
  ): Promise<{ seconds: number; run: string; at: string } | null> {
    const recipe = recipes.find(({ name }) => name === request.recipe)
    const finished = (await this.#parts.store.listRuns()).find(
      (run) => run.summary?.end === 'completed' && run.request?.recipe === request.recipe,
    )
    if (!recipe || !finished?.summary) return null
    const { summary } = finished
    const before = plan(summary.request, recipe, sum(Object.values(summary.images)))
    const seconds = secondsBy(summary, before, plan(request, recipe, images))
    return { seconds, run: finished.id, at: summary.finishedAt }
  }

  /** Errors of the engine's `probeTraining`; `cancelled`. */
  probe(request: TrainingRequest): Promise<TrainingProbe> {
    return this.#alone((signal) => this.#parts.prober(request, { signal }))
  }

  /** Errors of the engine's `previewAugmentation`; `cancelled`. */
  preview({ set, map, recipe, changes, seed }: TrainingRequest): Promise<PreviewSheet> {
    const asked = { set, map, recipe, changes, seed }
    return this.#alone((signal) => runTask(this.#parts.startEngine, 'preview-augmentation', asked, { signal }))
  }

  /** Ends what is tried, and waits for its end. */
  async cancel(): Promise<void> {
    this.#running?.abort.abort()
    await this.#running?.done.catch(() => undefined)
  }

  async #alone<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const before = this.#running
    const abort = new AbortController()
    before?.abort.abort()
    const done = (async () => {
      await before?.done.catch(() => undefined)
      if (abort.signal.aborted) throw new GyrusError('cancelled')
      return work(abort.signal)
    })()
    this.#running = { abort, done }
    return done
  }
}

function plan({ changes }: TrainingRequest, { defaults }: RecipeInfo, images: number): Planned {
  return { images, size: changes.size ?? defaults.size ?? 1, epochs: changes.epochs ?? defaults.epochs ?? null }
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
