import { binOf, raise } from '../../../shared/bins.ts'
import { TRAINED, type TrainedDrift, type TrainedOf, type Training } from '../../../shared/monitoring.ts'
import { quantileBy } from '../../../shared/quantile.ts'
import { shareOf } from '../../../shared/reading-changes.ts'
import type { JudgedAnswer } from '../../store/types.ts'
import type { KnownInputs } from '../models/inputs.ts'
import { stabilityOf } from './stability.ts'
import { valueIn } from './values.ts'

/** Distances are counted in steps of a hundredth. */
const STEPS = 100

/** What was counted of a span of time. */
export interface TrainedCounts {
  bins: Record<TrainedOf, number[]>
  /** By their step. */
  distances: Map<number, number>
  /** Answers whose pictures are farther than 95 % of those that the model did not learn from. */
  far: number
}

/** What a model’s training images were like, to hold what comes in against. */
export class Trained {
  readonly #known: KnownInputs
  readonly #bins: Record<TrainedOf, { cuts: number[]; counts: number[] }>

  constructor(known: KnownInputs) {
    this.#known = known
    const { statistics, size, confidence, features } = known.inputs
    const none = { cuts: [], counts: [] }
    const [sure, distance] = [confidence?.bins ?? none, features.distance?.bins ?? none]
    this.#bins = { confidence: sure, size, ...statistics, distance }
  }

  /** Where it is another one, all is counted anew. */
  get key(): string {
    return this.#known.sha256
  }

  /** From which data it is. */
  told(): Training {
    const { training, date, confidence, features } = this.#known.inputs
    return {
      ...{ data: training.data, n: training.n, date },
      confidence: confidence && { data: confidence.data, n: confidence.n },
      distance: features.distance && {
        ...{ data: features.distance.data, n: features.distance.n },
        ...{ p50: features.distance.p50, p95: features.distance.p95 },
      },
    }
  }

  empty(): TrainedCounts {
    const bins = byName((what) => this.#bins[what].counts.map(() => 0))
    return { bins, distances: new Map(), far: 0 }
  }

  /** Takes in an answer of the model. */
  count(counts: TrainedCounts, answer: JudgedAnswer): void {
    for (const what of TRAINED) {
      const [{ cuts, counts: known }, value] = [this.#bins[what], valueIn(answer, what)]
      if (value !== null && known.length > 0) raise(counts.bins[what], binOf(cuts, value))
    }
    if (answer.distance === null) return
    const step = Math.round(answer.distance * STEPS)
    counts.distances.set(step, (counts.distances.get(step) ?? 0) + 1)
    const limit = this.#known.inputs.features.distance?.p95
    if (limit !== undefined && answer.distance > limit) counts.far += 1
  }

  drift({ bins, distances, far }: TrainedCounts): TrainedDrift {
    const n = [...distances.values()].reduce((sum, count) => sum + count, 0)
    const at = placeIn(distances)
    return {
      psi: byName((what) => stabilityOf(this.#bins[what].counts, bins[what])),
      distance: n === 0 ? null : { p50: quantileBy(n, at, 0.5), p95: quantileBy(n, at, 0.95), n },
      far: this.#known.inputs.features.distance === null ? null : shareOf(far, n),
    }
  }
}

/** Takes in what was counted of another span of time. */
export function addTrained(counts: TrainedCounts, others: TrainedCounts): void {
  for (const what of TRAINED) counts.bins[what] = counts.bins[what].map((n, i) => n + (others.bins[what][i] ?? 0))
  for (const [step, n] of others.distances) counts.distances.set(step, (counts.distances.get(step) ?? 0) + n)
  counts.far += others.far
}

/** The distance at a place from 0, the nearest first. */
function placeIn(distances: TrainedCounts['distances']): (place: number) => number {
  const steps = [...distances].sort(([a], [b]) => a - b)
  return (place) => {
    let before = 0
    for (const [step, n] of steps) {
      before += n
      if (place < before) return step / STEPS
    }
    return 0
  }
}

const byName = <T>(of: (what: TrainedOf) => T) =>
  Object.fromEntries(TRAINED.map((what) => [what, of(what)])) as Record<TrainedOf, T>
