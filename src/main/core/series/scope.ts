import { isPossiblyMr } from '../../../shared/cautions.ts'
import type { DicomFacts } from '../../../shared/dicom.ts'
import { isJudged } from '../../../shared/input-gate.ts'
import type { ModelInputs } from '../../../shared/model-inputs.ts'
import type { Scope } from '../../../shared/series.ts'
import type { SeriesMember } from '../../store/types.ts'
import type { Placed } from './stack.ts'

/** From what a model knows to what it does not. */
export interface Limits {
  /** Distance from the training images in feature space; null where the model does not carry it. */
  distance: number | null
  /** Share of the picture that is head, 0–1. */
  head: number | null
}

/**
 * Farther than 19 of 20 images that the model did not learn from, and less than half as much head as 9 of 10 training images
 * have.
 */
export function limitsOf(inputs: ModelInputs | null): Limits {
  const lowest = inputs?.statistics.head.cuts[0]
  return { distance: inputs?.features.distance?.p95 ?? null, head: lowest === undefined ? null : lowest / 2 }
}

/**
 * Whether a slice counts. What its file says comes before what its picture is like.
 *
 * @param weights of the model that speaks for the series
 * @param seen SOP instances that came before it in the stack; this one is added
 */
export function scopeOf(
  { one, plane, across, again }: Placed<SeriesMember>,
  weights: string,
  limits: Limits,
  seen: Set<string>,
): Scope {
  const { facts, answer } = one
  const { instanceUid } = facts
  const twice = instanceUid !== '' && seen.has(instanceUid)
  seen.add(instanceUid)
  if (!isPossiblyMr(facts.modality)) return 'modality'
  if (isOtherSequence(facts)) return 'sequence'
  if (across || plane === 'oblique') return 'plane'
  if (again || twice) return 'copy'
  if (answer.weightsSha256 !== weights) return 'model'
  const { statistics, distance } = answer
  if (limits.head !== null && statistics && statistics.head < limits.head) return 'edge'
  if (!isJudged(answer.gate ?? null)) return 'outside'
  if (limits.distance !== null && distance != null && distance > limits.distance) return 'unlike'
  return 'counted'
}

/** Words of other sequences in names of series. */
const OTHER =
  /(?:^|[^a-z0-9])(?:t2\*?w?|flair|dwi|dti|adc|trace|swi|swan|tof|mra|pdw?|stir|bold|perf\w*|asl|fmri)(?![a-z0-9])/i
const T1 = /(?:^|[^a-z0-9])t1/i
/** Echo times of T1-weighted images are shorter, ms. */
const LONGEST_T1_ECHO_MS = 40
/** A fluid-attenuated one has longer times from its inversion; a T1-weighted one with inversion (MPRAGE) some 1000, ms. */
const LONGEST_T1_INVERSION_MS = 1_500

/** Whether the file tells of another sequence than T1: by its times, else by its names. */
export function isOtherSequence(facts: DicomFacts): boolean {
  const { echoTime, inversionTime } = facts
  if (echoTime !== null && echoTime > LONGEST_T1_ECHO_MS) return true
  if (inversionTime !== null && inversionTime > LONGEST_T1_INVERSION_MS) return true
  const names = `${facts.seriesDescription} ${facts.sequenceName}`
  return OTHER.test(names) && !T1.test(names)
}
