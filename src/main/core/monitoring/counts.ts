import { countsFrom, type Source } from '../../../shared/cases.ts'
import type { MonitoringQuery } from '../../../shared/monitoring.ts'
import type { ReadStore, UnjudgedSeries, UsedAnswer } from '../../store/types.ts'
import type { Baseline, Counts } from './drift.ts'
import { answersIn } from './read.ts'
import type { Period } from './steps.ts'
import { isJudged, Tally } from './tally.ts'
import type { Trained, TrainedCounts } from './trained.ts'

/** What is counted: of all cases that fit, and of parts of them. */
export class UseCounts {
  readonly all = new Tally()
  readonly models = new Map<string, Tally>()
  readonly sources = new Map<Source, Tally>()
  readonly scanners = new Map<string, Tally>()
  readonly sequences = new Map<string, Tally>()
  /** Of signed cases. */
  readonly readers = new Map<string, Tally>()

  count(answer: UsedAnswer | UnjudgedSeries): void {
    this.all.count(answer)
    if (answer.modelId !== null) tallyOf(this.models, answer.modelId).count(answer)
    tallyOf(this.sources, answer.source).count(answer)
    tallyOf(this.scanners, answer.scanner).count(answer)
    tallyOf(this.sequences, answer.sequence).count(answer)
    if ('signed' in answer && answer.signed) tallyOf(this.readers, answer.signed.reader).count(answer)
  }

  add(other: UseCounts): void {
    this.all.add(other.all)
    for (const [name, tally] of other.models) tallyOf(this.models, name).add(tally)
    for (const [name, tally] of other.sources) tallyOf(this.sources, name).add(tally)
    for (const [name, tally] of other.scanners) tallyOf(this.scanners, name).add(tally)
    for (const [name, tally] of other.sequences) tallyOf(this.sequences, name).add(tally)
    for (const [name, tally] of other.readers) tallyOf(this.readers, name).add(tally)
  }
}

/** Of one period. */
export interface PeriodCounts {
  use: UseCounts
  /** Null where there is no baseline. */
  drift: Counts | null
  /** Null where nothing is known of the training set. */
  trained: TrainedCounts | null
}

/** What drift is measured from, of one model. */
export interface From {
  model: string
  baseline: Baseline | null
  trained: Trained | null
}

/**
 * Counts the answers of a period that fit, and for the drift those of one model: of its baseline none, whatever is asked.
 * What was not judged is no drift: the share of it tells.
 */
export async function countPeriod(
  store: ReadStore,
  period: Period,
  query: MonitoringQuery,
  { model, baseline, trained }: From,
): Promise<PeriodCounts> {
  const use = new UseCounts()
  const drift = baseline?.empty() ?? null
  const apart = trained?.empty() ?? null
  for await (const answer of answersIn(store, period)) {
    const judged = isJudged(answer) && answer.modelId === model
    if (baseline && drift && judged && countsFrom(answer.source, null)) baseline.count(drift, answer)
    if (!isAsked(answer, query)) continue
    use.count(answer)
    if (trained && apart && judged) trained.count(apart, answer)
  }
  for (const one of await store.unjudgedSeries(period)) if (isAsked(one, query)) use.count(one)
  return { use, drift, trained: apart }
}

const isAsked = (answer: UsedAnswer | UnjudgedSeries, { model, source, scanner, sequence, reader }: MonitoringQuery) =>
  (model === null || answer.modelId === model) &&
  countsFrom(answer.source, source) &&
  (scanner === null || answer.scanner === scanner) &&
  (sequence === null || answer.sequence === sequence) &&
  (reader === null || ('signed' in answer && answer.signed?.reader === reader))

function tallyOf<Name>(tallies: Map<Name, Tally>, name: Name): Tally {
  const tally = tallies.get(name) ?? new Tally()
  tallies.set(name, tally)
  return tally
}
