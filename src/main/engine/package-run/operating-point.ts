import type { Column } from '../../../shared/evaluation-report.ts'
import { asked, percent, threshold, whole } from '../../../shared/figure-format.ts'
import type { Calibration } from '../evaluate/calibrate.ts'
import { NO_TUMOUR, tumourProbability } from '../evaluate/labels.ts'
import { atSpecificity } from '../evaluate/operating.ts'
import { DEFAULTS } from '../evaluate/options.ts'
import { rank, sweep } from '../evaluate/ranking.ts'
import { limitsFor } from '../evaluate-set/limits.ts'
import type { Model } from '../types.ts'

const RULE =
  '“No tumour” is said only where it is more probable than all tumours together, else the most probable tumour; no fitted threshold changes that.'

/** Of the thresholds, the one whose effect on other images is told. */
const TOLD = 0.95

/**
 * When a model says what, for its card: the rule; and thresholds with what set them, and what they gave on other images.
 *
 * @param columns what was measured of the model, and of the networks of its cross-validation
 */
export function operatingPointOf(model: Pick<Model, 'manifest' | 'calibration'>, columns: Column[]): string {
  const { calibration, limitsBy } = limitsFor(model, [], new Set())
  if (!calibration) return `${RULE} There are no thresholds to read beside it (${limitsBy}).`
  const points = pointsOf(calibration)
  if (!points) return `${RULE} There are no thresholds to read beside it: its validation images are of one kind.`
  const isOwn = (column: Column) => column.model === model.manifest.id
  const gave = columns.filter(isOwn).flatMap(gaveOn).join('; ')
  const crossed = columns
    .filter((column) => !isOwn(column))
    .flatMap(gaveOn)
    .join('; ')
  return [
    `${RULE} To read beside it, thresholds on 1 − p(no tumour), set on ${limitsBy}: ${points.join(', ')}.`,
    ...(gave ? [`That for ${asked(TOLD)} gave ${gave}.`] : []),
    ...(crossed
      ? [`In its cross-validation, those for ${asked(TOLD)} that were set on ${OTHERS} gave ${crossed}.`]
      : []),
  ].join(' ')
}

const OTHERS = 'the images of the other trainings'

/** Null where the images are all tumours, or all without one. */
function pointsOf({ probabilities, validation }: Calibration): string[] | null {
  const swept = sweep(
    rank(probabilities.map(tumourProbability)),
    validation.rows.truth.map((label) => label !== NO_TUMOUR),
  )
  const found = DEFAULTS.specificities.map((wanted) => ({ wanted, point: atSpecificity(swept, wanted) }))
  if (found.some(({ point }) => point === null)) return null
  return found.map(
    ({ wanted, point }) =>
      `${threshold(point?.threshold ?? null)} for ${asked(wanted)} specificity (${percent(point?.sensitivity)} of the tumours there reach it)`,
  )
}

function gaveOn({ title, seenInTraining, evaluation }: Column): string[] {
  const { atValidationThreshold, tumourCalledNone, noneCalledTumour } = evaluation
  const point = atValidationThreshold?.find(({ wanted }) => wanted === TOLD)
  if (!point || seenInTraining === 'all') return []
  const some = seenInTraining === 'some' ? ', some of which it learned from' : ''
  return [
    `a sensitivity of ${percent(point.sensitivity)} (${whole(tumourCalledNone.of)} tumours) and a specificity of ${percent(point.specificity)} (${whole(noneCalledTumour.of)} without) on “${title}”${some}`,
  ]
}
