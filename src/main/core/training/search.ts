import { type Failure, GyrusError, toFailure } from '../../../shared/errors.ts'
import type { SearchRequest } from '../../../shared/search.ts'
import type { RecipeChanges, RunSummary } from '../../../shared/training.ts'
import type { TrainingRuns } from './training-runs.ts'
import { trialsOf } from './trials.ts'

/** One trial of a search: a run like any other. */
export interface Trial {
  /** From 1. */
  number: number
  run: string
  changes: RecipeChanges
  outcome: RunSummary | Failure
  /** Of the finished network; null where it failed or had no validation images. */
  validation: { loss: number; macroRecall: number } | null
}

export interface Search {
  trials: Trial[]
  /** Trials that the budget left out. */
  left: number
  /** The trial with the lowest validation loss. */
  best: Trial
}

interface Following {
  signal: AbortSignal
  onTrial(trial: Trial): void
}

/**
 * Runs the trials of a search one after another within its budget, which is the time that its trials take, also before
 * it was broken off. Called again with the same id it takes up what is on record: finished trials count, a broken-off
 * one is resumed.
 *
 * @param id of the search; its runs are `<id>-1`, `<id>-2`, …
 * @throws GyrusError `search-invalid`, `cancelled`; `search-failed` where no trial could be measured
 */
export async function runSearch(
  trainings: TrainingRuns,
  search: SearchRequest,
  { id, actor }: { id: string; actor: string },
  { signal, onTrial }: Following,
): Promise<Search> {
  const planned = trialsOf(search)
  if (search.request.split.validation === 0) {
    throw new GyrusError('search-invalid', { reason: 'nothing is kept for validation, by which trials are compared' })
  }
  let spent = 0
  const trials: Trial[] = []
  for (const [i, changes] of planned.entries()) {
    if (signal.aborted) throw new GyrusError('cancelled')
    if (spent >= search.budgetSeconds) break
    const begun = performance.now()
    const run = `${id}-${i + 1}`
    const outcome = await runTrial(trainings, run, { ...search.request, changes }, actor, signal)
    spent += secondsOf(outcome, (performance.now() - begun) / 1000)
    const trial = { number: i + 1, run, changes, outcome, validation: validationOf(outcome) }
    trials.push(trial)
    onTrial(trial)
  }
  const best = bestOf(trials)
  if (!best) throw new GyrusError('search-failed', { n: trials.length, reason: reasonOf(trials.at(-1)) })
  return { trials, left: planned.length - trials.length, best }
}

/** What a trial took: now, or what its record says, of which a resumed one's last part may be only a little. */
function secondsOf(outcome: RunSummary | Failure, now: number): number {
  if ('code' in outcome) return now
  const { startedAt, finishedAt, epochs } = outcome
  const learning = epochs.reduce((sum, { seconds }) => sum + seconds, 0)
  return Math.max(now, learning, (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)
}

const reasonOf = (trial: Trial | undefined) =>
  trial && 'code' in trial.outcome ? trial.outcome.message : 'Nothing was left for validation.'

async function runTrial(
  trainings: TrainingRuns,
  run: string,
  request: SearchRequest['request'],
  actor: string,
  signal: AbortSignal,
): Promise<RunSummary | Failure> {
  const cancel = () => void trainings.cancel(run, actor).catch(() => undefined)
  signal.addEventListener('abort', cancel, { once: true })
  try {
    await trainings.startOrResume(run, request, actor)
    return await trainings.outcome(run)
  } catch (error) {
    if (error instanceof GyrusError && error.code === 'cancelled') throw error
    return toFailure(error)
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

function validationOf(outcome: RunSummary | Failure): Trial['validation'] {
  if ('code' in outcome) return null
  const best = outcome.validation
  return best ? { loss: best.loss, macroRecall: best.macroRecall } : null
}

function bestOf(trials: Trial[]): Trial | null {
  const measured = trials.filter(({ validation }) => validation !== null)
  const loss = ({ validation }: Trial) => validation?.loss ?? Number.POSITIVE_INFINITY
  return measured.reduce<Trial | null>((best, trial) => (best && loss(best) <= loss(trial) ? best : trial), null)
}
