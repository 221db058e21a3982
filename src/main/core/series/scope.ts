import { isPossiblyMr } from '../../../shared/cautions.ts'
import { isJudged } from '../../../shared/input-gate.ts'
import type { ModelInputs } from '../../../shared/model-inputs.ts'
import { isOtherSequence } from '../../../shared/sequence.ts'
import type { Scope } from '../../../shared/series.ts'
import type { StackMember } from '../../store/types.ts'
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
  { one, plane, across, again }: Placed<StackMember>,
  weights: string,
  limits: Limits,
  seen: Set<string>,
): Scope {
  const { facts, answer } = one
  // Frames of one file are of one instance.
  const instance = facts.instanceUid === '' || facts.frames > 1 ? one.caseId : facts.instanceUid
  const twice = seen.has(instance)
  seen.add(instance)
  if (answer === null) return one.none ?? 'waiting'
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
