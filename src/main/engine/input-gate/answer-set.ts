import type { AnswerSet } from '../../../shared/input-gate.ts'
import { type Confidences, LABELS } from '../../../shared/labels.ts'
import { conformalLimits, conformalSet } from '../evaluate/conformal.ts'
import { labelAt } from '../evaluate/labels.ts'
import { DEFAULTS } from '../evaluate/options.ts'
import { limitsFor } from '../evaluate-set/limits.ts'
import type { Model } from '../types.ts'

/**
 * What a model’s answer cannot rule out at the error rate `ANSWER_SET_ERROR`: class-conditional conformal sets by
 * its calibration images.
 *
 * @returns null where no such images came with the model
 */
export function answerSetsOf(
  model: Pick<Model, 'manifest' | 'calibration'>,
): ((confidences: Confidences) => NonNullable<AnswerSet>) | null {
  const { calibration } = limitsFor(model, [], new Set())
  if (!calibration) return null
  const { probabilities, validation } = calibration
  const limits = conformalLimits(probabilities, validation.rows.truth, LABELS.length, DEFAULTS.alpha)
  return (confidences) =>
    conformalSet(
      LABELS.map((label) => confidences[label]),
      limits,
    )
      .map(labelAt)
      .sort((a, b) => confidences[b] - confidences[a])
}
