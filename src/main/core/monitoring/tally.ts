import { calibrationError, equalWidthBin } from '../../../shared/calibration-error.ts'
import { isSpread } from '../../../shared/cautions.ts'
import { LABELS, type Label, type VerdictLabel } from '../../../shared/labels.ts'
import { TUMOURS, type UseFigures } from '../../../shared/monitoring.ts'
import { quantileBy } from '../../../shared/quantile.ts'
import { shareOf } from '../../../shared/reading-changes.ts'
import type { JudgedAnswer, UnjudgedSeries, UsedAnswer } from '../../store/types.ts'

/** The standard normal quantile of 97.5 %. */
const Z = 1.96
/** Times are counted in steps of a tenth of a millisecond. */
const STEPS_IN_MS = 10

export const isJudged = (answer: UsedAnswer | UnjudgedSeries): answer is JudgedAnswer =>
  'label' in answer && answer.label !== null

/** Counts answers and what readers signed on them; as large for a million as for one. */
export class Tally {
  #answers = 0
  /** Beside the answers. */
  #unjudged = 0
  #signed = 0
  #cautions = 0
  /** Of answers whose truth is known. */
  #known = 0
  #right = 0
  /** Of all confidences p: Σ p and Σ p (1 − p). */
  #sum = 0
  #variance = 0
  /** How often what was signed as one label was called another: `glioma notumor`. */
  readonly #called = new Map<string, number>()
  /** Per bin of the calibration error, of known ones: how many, Σ p, and how many are right. */
  readonly #bins = {
    n: new Map<number, number>(),
    confidence: new Map<number, number>(),
    right: new Map<number, number>(),
  }
  readonly #times = new Map<number, number>()

  count(answer: UsedAnswer | UnjudgedSeries): void {
    if (isJudged(answer)) this.#count(answer)
    else this.#unjudged += 1
  }

  #count({ label, confidences, inferenceMs, cautioned, signed }: JudgedAnswer): void {
    const confidence = confidences[label]
    this.#answers += 1
    this.#sum += confidence
    this.#variance += confidence * (1 - confidence)
    raise(this.#times, Math.round(inferenceMs * STEPS_IN_MS))
    if (cautioned || isSpread(label, confidences)) this.#cautions += 1
    if (!signed) return
    this.#signed += 1
    if (signed.truth !== null) this.#judge(label, confidence, signed.truth)
  }

  #judge(label: Label, confidence: number, truth: VerdictLabel): void {
    const right = truth === label ? 1 : 0
    this.#known += 1
    this.#right += right
    raise(this.#called, `${truth} ${label}`)
    const bin = equalWidthBin(confidence)
    raise(this.#bins.n, bin)
    raise(this.#bins.confidence, bin, confidence)
    raise(this.#bins.right, bin, right)
  }

  /** Takes in what another one counted. */
  add(other: Tally): void {
    this.#answers += other.#answers
    this.#unjudged += other.#unjudged
    this.#signed += other.#signed
    this.#cautions += other.#cautions
    this.#known += other.#known
    this.#right += other.#right
    this.#sum += other.#sum
    this.#variance += other.#variance
    addAll(this.#called, other.#called)
    for (const one of ['n', 'confidence', 'right'] as const) addAll(this.#bins[one], other.#bins[one])
    addAll(this.#times, other.#times)
  }

  figures(): UseFigures {
    const recall = (label: Label) => shareOf(this.#of(label, label), this.#of(label))
    const missed = sum(TUMOURS.map((tumour) => this.#of(tumour, 'notumor')))
    return {
      answers: this.#answers,
      unjudged: shareOf(this.#unjudged, this.#answers + this.#unjudged),
      signed: this.#signed,
      agreement: shareOf(this.#right, this.#known),
      recall: { glioma: recall('glioma'), meningioma: recall('meningioma'), pituitary: recall('pituitary') },
      specificity: recall('notumor'),
      missed: shareOf(missed, sum(TUMOURS.map((tumour) => this.#of(tumour)))),
      cannotTell: shareOf(this.#signed - this.#known, this.#signed),
      cautions: shareOf(this.#cautions, this.#answers),
      ece: this.#ece(),
      estimate: this.#estimate(),
      inference: this.#inference(),
    }
  }

  /** Cases that were signed as this, and called that. */
  #of(truth: Label, called?: Label): number {
    return sum((called === undefined ? LABELS : [called]).map((label) => this.#called.get(`${truth} ${label}`) ?? 0))
  }

  #ece(): UseFigures['ece'] {
    if (this.#known === 0) return null
    const { n, confidence, right } = this.#bins
    const mean = (of: Map<number, number>, bin: number, all: number) => (of.get(bin) ?? 0) / all
    const bins = [...n].map(([bin, all]) => ({
      n: all,
      confidence: mean(confidence, bin, all),
      accuracy: mean(right, bin, all),
    }))
    return Math.min(1, calibrationError(bins))
  }

  /**
   * Agreement as it is expected from confidences alone: their mean. It is unbiased where confidences are calibrated on
   * the cases that come in, and blind where they are not: J. Kivimäki et al., “Confidence-based estimators for predictive
   * performance in model monitoring”, J. Artif. Intell. Res. 82 (2025), arXiv:2407.08649, who also take the number of
   * right answers for Poisson-binomial. Its interval here is the normal one of that variance, Σ p (1 − p) / n².
   */
  #estimate(): UseFigures['estimate'] {
    const n = this.#answers
    if (n === 0) return null
    const value = Math.min(1, this.#sum / n)
    const half = (Z * Math.sqrt(Math.max(0, this.#variance))) / n
    return { value, low: Math.max(0, value - half), high: Math.min(1, value + half), n }
  }

  #inference(): UseFigures['inference'] {
    const n = this.#answers
    if (n === 0) return null
    const steps = [...this.#times].sort(([a], [b]) => a - b)
    const at = (place: number) => {
      let before = 0
      for (const [step, count] of steps) {
        before += count
        if (place < before) return step / STEPS_IN_MS
      }
      return 0
    }
    return { p50: quantileBy(n, at, 0.5), p95: quantileBy(n, at, 0.95), n }
  }
}

function raise<K>(counts: Map<K, number>, key: K, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by)
}

function addAll<K>(counts: Map<K, number>, others: Map<K, number>): void {
  for (const [key, n] of others) raise(counts, key, n)
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
