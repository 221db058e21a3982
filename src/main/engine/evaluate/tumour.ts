import type { Count, Operating, TumourEvaluation } from '../../../shared/tumour-evaluation.ts'
import { areaUnderRoc, averagePrecision } from './areas.ts'
import { bootstrap } from './bootstrap.ts'
import { precisionRecallPoints, rocPoints, thin } from './curves.ts'
import { checkFolds, type Fold } from './folds.ts'
import { listed, mostConfidentFirst } from './listed.ts'
import { atSensitivity, atSpecificity, type OperatingPoint } from './operating.ts'
import { DEFAULTS, type EvaluateOptions } from './options.ts'
import type { TumourPredictions } from './predictions.ts'
import { sweep } from './ranking.ts'
import type { Share } from './share.ts'
import { exactTumourIntervals } from './tumour-exact.ts'
import { type TumourImages, tumourImages } from './tumour-images.ts'

/**
 * Tumour of any kind against none, for images of which no more than that is known. “Called no tumour”: that is
 * more probable than all tumours together. `kinds`: the true classes, where they are known after all.
 */
export function evaluateTumour(
  folds: Fold<TumourPredictions>[],
  options: Partial<EvaluateOptions> = {},
  kinds?: number[],
): TumourEvaluation {
  const chosen = { ...DEFAULTS, ...options }
  checkFolds(folds)
  const images = tumourImages(folds, chosen)
  const { all, drawn, tumour, calledNone, sets } = images
  const swept = sweep(images.ranking, tumour)
  const missed = all.ids.flatMap((_, i) =>
    tumour[i] && calledNone[i] ? [listed(all, i, kinds?.[i] ?? null, sets)] : [],
  )
  const sensitivityAtSpecificity = chosen.specificities.map((wanted) => operating(wanted, atSpecificity(swept, wanted)))
  const specificityAtSensitivity = chosen.sensitivities.map((wanted) => operating(wanted, atSensitivity(swept, wanted)))
  return {
    n: all.ids.length,
    bootstrap: { unit: all.groups ? 'group' : 'image', units: drawn.length, ...chosen.bootstrap },
    tumourCalledNone: { ...countOf(images, 'tumourCalledNone'), images: missed.sort(mostConfidentFirst) },
    noneCalledTumour: countOf(images, 'noneCalledTumour'),
    tumourSetOnlyNone: sets && countOf(images, 'tumourSetOnlyNone'),
    tumourAuroc: areaUnderRoc(swept),
    tumourAuprc: averagePrecision(swept),
    sensitivityAtSpecificity,
    specificityAtSensitivity,
    atValidationThreshold: atValidationThreshold(images),
    curves: { roc: thin(rocPoints(swept)), precisionRecall: thin(precisionRecallPoints(swept)) },
    intervals: bootstrap(drawn, (weights) => figures(images, chosen, weights), chosen.bootstrap),
    exactIntervals: exactTumourIntervals(images, { sensitivityAtSpecificity, specificityAtSensitivity }),
  }
}

const countOf = ({ counts }: TumourImages, name: string): Count =>
  counts.get(name)?.count ?? { n: 0, of: 0, share: null, groupMean: null }

/** Everything that gets a bootstrap interval, by name, when each image was drawn `weights[i]` times. */
function figures({ counts, ranking, tumour, all }: TumourImages, options: EvaluateOptions, weights: Float64Array) {
  const found: Record<string, Share> = {}
  for (const [name, { weighted }] of counts) {
    const { share, groupMean } = weighted(weights)
    found[name] = share
    if (all.groups) found[`${name}.groupMean`] = groupMean
  }
  const swept = sweep(ranking, tumour, weights)
  found.tumourAuroc = areaUnderRoc(swept)
  found.tumourAuprc = averagePrecision(swept)
  for (const wanted of options.specificities)
    found[`sensitivityAtSpecificity.${wanted}`] = atSpecificity(swept, wanted)?.sensitivity ?? null
  for (const wanted of options.sensitivities)
    found[`specificityAtSensitivity.${wanted}`] = atSensitivity(swept, wanted)?.specificity ?? null
  return found
}

/** A point of the curve as it stands in the evaluation. */
const operating = (wanted: number, point: OperatingPoint | null): Operating => ({
  wanted,
  thresholds: point ? [point.threshold] : [],
  sensitivity: point?.sensitivity ?? null,
  specificity: point?.specificity ?? null,
})

function atValidationThreshold(images: TumourImages): Operating[] | null {
  const shareOf = (name: string) => countOf(images, `atValidationThreshold.${name}`).share
  return (
    images.thresholds?.map(({ wanted, thresholds }) => ({
      wanted,
      thresholds,
      sensitivity: shareOf(`${wanted}.sensitivity`),
      specificity: shareOf(`${wanted}.specificity`),
    })) ?? null
  )
}
