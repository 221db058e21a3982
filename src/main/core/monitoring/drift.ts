import { type InputStatistics, STATISTICS, type Statistic } from '../../../shared/input-statistics.ts'
import { LABELS } from '../../../shared/labels.ts'
import { DRIFTS, type Drift, type DriftOf } from '../../../shared/monitoring.ts'
import type { UsedAnswer } from '../../store/types.ts'
import { binOf, decileCuts, stabilityOf } from './stability.ts'

/** Answers that a baseline is made of: enough that chance alone stays below the usual limit of 0.1 (stability.ts). */
export const BASELINE_OF = 200

/** Sides of pictures, px: what scanners and exports commonly give. */
const SIDES = [129, 257, 385, 513, 769, 1025] as const

export type Counts = Record<DriftOf, number[]>

/** Where the bins of what has no natural ones begin. */
type Binned = Record<Statistic | 'confidence', readonly number[]>

/** A model’s first answers here. No model says on its card how its confidences and inputs were distributed. */
export class Baseline {
  readonly n: number
  readonly from: string
  readonly until: string
  /** The last answers in it: where they are others, all is counted anew. */
  readonly key: string
  readonly #lastId: number
  /** Of those whose picture was measured; null where there are too few. */
  readonly #lastMeasured: number | null
  readonly #cuts: Binned
  readonly #counts: Counts

  /**
   * @param answers oldest first, at least one
   * @param measured the first ones whose pictures were measured; null where there are too few
   */
  constructor(answers: UsedAnswer[], measured: UsedAnswer[] | null) {
    const [first, last] = [answers[0] as UsedAnswer, answers.at(-1) as UsedAnswer]
    this.#lastId = last.id
    this.n = answers.length
    this.from = first.at
    this.until = last.at
    const known = (measured ?? []).flatMap(({ statistics }) => statistics ?? [])
    this.#lastMeasured = known.length === measured?.length ? (measured.at(-1)?.id ?? null) : null
    this.key = `${this.#lastId} ${this.#lastMeasured}`
    const cuts = (name: Statistic) => decileCuts(known.map((statistics) => statistics[name]))
    this.#cuts = {
      confidence: decileCuts(answers.map(confidenceIn)),
      ...{ brightness: cuts('brightness'), contrast: cuts('contrast'), sharpness: cuts('sharpness') },
      ...{ noise: cuts('noise'), head: cuts('head') },
    }
    this.#counts = this.empty()
    for (const answer of answers) this.#countAnswer(this.#counts, answer)
    if (this.#lastMeasured !== null) for (const statistics of known) this.#countPicture(this.#counts, statistics)
  }

  empty(): Counts {
    const zeros = (n: number) => new Array<number>(n).fill(0)
    const binned = (name: keyof Binned) => zeros(this.#cuts[name].length + 1)
    return {
      ...{ confidence: binned('confidence'), labels: zeros(LABELS.length), size: zeros(SIDES.length + 1) },
      ...{ brightness: binned('brightness'), contrast: binned('contrast'), sharpness: binned('sharpness') },
      ...{ noise: binned('noise'), head: binned('head') },
    }
  }

  /** Takes in an answer of the model; one that is in the baseline is no drift. */
  count(counts: Counts, answer: UsedAnswer): void {
    if (answer.id > this.#lastId) this.#countAnswer(counts, answer)
    const { statistics } = answer
    if (statistics && this.#lastMeasured !== null && answer.id > this.#lastMeasured)
      this.#countPicture(counts, statistics)
  }

  drift(counts: Counts): Drift {
    const of = (what: DriftOf) => stabilityOf(this.#counts[what], counts[what])
    return {
      ...{ confidence: of('confidence'), labels: of('labels'), size: of('size') },
      ...{ brightness: of('brightness'), contrast: of('contrast'), sharpness: of('sharpness') },
      ...{ noise: of('noise'), head: of('head') },
    }
  }

  #countAnswer(counts: Counts, answer: UsedAnswer): void {
    raise(counts.confidence, binOf(this.#cuts.confidence, confidenceIn(answer)))
    raise(counts.labels, LABELS.indexOf(answer.label))
    if (answer.side !== null) raise(counts.size, binOf(SIDES, answer.side))
  }

  #countPicture(counts: Counts, statistics: InputStatistics): void {
    for (const name of STATISTICS) raise(counts[name], binOf(this.#cuts[name], statistics[name]))
  }
}

/** Takes in what was counted of another span of time. */
export function addCounts(counts: Counts, others: Counts): void {
  for (const what of DRIFTS) counts[what] = counts[what].map((n, i) => n + (others[what][i] ?? 0))
}

const confidenceIn = ({ confidences, label }: UsedAnswer) => confidences[label]

function raise(counts: number[], i: number): void {
  counts[i] = (counts[i] ?? 0) + 1
}
