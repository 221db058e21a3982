import { binOf, decileCuts, raise } from '../../../shared/bins.ts'
import { SIDES, STATISTICS } from '../../../shared/input-statistics.ts'
import { DRIFTS, type Drift, type DriftOf } from '../../../shared/monitoring.ts'
import type { JudgedAnswer } from '../../store/types.ts'
import { stabilityOf } from './stability.ts'
import { valueIn } from './values.ts'

/** Answers that a baseline is made of: enough that chance alone stays below the usual limit of 0.1 (stability.ts). */
export const BASELINE_OF = 200

/** Bins that are there without any answer. The labels are numbered. */
const NATURAL: Partial<Record<DriftOf, readonly number[]>> = { labels: [1, 2, 3], size: SIDES }

export type Counts = Record<DriftOf, number[]>

/** A model’s first answers here of which so much is known. */
export interface FirstAnswers {
  /** Oldest first, at least one. */
  all: JudgedAnswer[]
  /** The first ones whose pictures were measured; null where there are too few. */
  measured: JudgedAnswer[] | null
  /** The same of pictures whose distance from the training images is known. */
  distant: JudgedAnswer[] | null
}

/** What one kind of figure is held against. */
interface Reference {
  cuts: readonly number[]
  counts: number[]
  /** Id of its last answer; later ones are drift. Null where there is no reference. */
  last: number | null
}

/** A model’s first answers here. */
export class Baseline {
  readonly n: number
  readonly from: string
  readonly until: string
  /** The last answers in it: where they are others, all is counted anew. */
  readonly key: string
  readonly #references: Record<DriftOf, Reference>

  constructor({ all, measured, distant }: FirstAnswers) {
    const [first, last] = [all[0] as JudgedAnswer, all.at(-1) as JudgedAnswer]
    this.n = all.length
    this.from = first.at
    this.until = last.at
    this.#references = byName((what) => {
      if (what === 'distance') return referenceOf(what, distant)
      return referenceOf(what, isMeasured(what) ? measured : all)
    })
    this.key = [last.id, this.#references.brightness.last, this.#references.distance.last].join(' ')
  }

  empty(): Counts {
    return byName((what) => this.#references[what].counts.map(() => 0))
  }

  /** Takes in an answer of the model; one that is in the baseline is no drift. */
  count(counts: Counts, answer: JudgedAnswer): void {
    for (const what of DRIFTS) {
      const [{ cuts, last }, value] = [this.#references[what], valueIn(answer, what)]
      if (value !== null && last !== null && answer.id > last) raise(counts[what], binOf(cuts, value))
    }
  }

  drift(counts: Counts): Drift {
    return byName((what) => stabilityOf(this.#references[what].counts, counts[what]))
  }
}

/** Takes in what was counted of another span of time. */
export function addCounts(counts: Counts, others: Counts): void {
  for (const what of DRIFTS) counts[what] = counts[what].map((n, i) => n + (others[what][i] ?? 0))
}

function referenceOf(what: DriftOf, answers: JudgedAnswer[] | null): Reference {
  const values = (answers ?? []).flatMap((answer) => valueIn(answer, what) ?? [])
  const natural = NATURAL[what]
  const cuts = natural ?? decileCuts(values)
  const counts = new Array<number>(cuts.length + 1).fill(0)
  // Of pictures that were measured, and of them alone, all have to be.
  const whole = answers !== null && (natural !== undefined || values.length === answers.length)
  if (!whole) return { cuts, counts, last: null }
  for (const value of values) raise(counts, binOf(cuts, value))
  return { cuts, counts, last: answers.at(-1)?.id ?? null }
}

const isMeasured = (what: DriftOf) => STATISTICS.some((name) => name === what)

const byName = <T>(of: (what: DriftOf) => T) =>
  Object.fromEntries(DRIFTS.map((what) => [what, of(what)])) as Record<DriftOf, T>
