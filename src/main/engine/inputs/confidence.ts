import { calledLabel } from '../../../shared/labels.ts'
import type { ModelInputs } from '../../../shared/model-inputs.ts'
import type { RunPredictions } from '../../../shared/predictions.ts'
import { softmax } from '../infer/softmax.ts'
import { toConfidences } from '../model/predict.ts'
import { inDeciles } from './deciles.ts'

/**
 * How sure a model is of its answers on images that took no part in its training, tumours of unknown type left out: by its
 * cross-validation, else by what the run itself held out or chose its epoch by.
 */
export function confidencesOf(
  own: RunPredictions,
  folds: RunPredictions[],
  temperature: number,
): ModelInputs['confidence'] {
  const labelled = (runs: RunPredictions[], part: 'held-out' | 'validation') =>
    runs.flatMap(({ images }) => images.filter((image) => image.part === part && image.label !== null))
  const sources = [
    { data: `held out by the ${folds.length} runs of its cross-validation`, images: labelled(folds, 'held-out') },
    { data: 'held out by its run', images: labelled([own], 'held-out') },
    { data: 'images that chose its epoch', images: labelled([own], 'validation') },
  ]
  const best = sources.find(({ images }) => images.length > 0)
  if (!best) return null
  const sure = best.images.map(({ logits }) => {
    const confidences = toConfidences(softmax(logits, temperature))
    return confidences[calledLabel(confidences)]
  })
  return { data: best.data, n: sure.length, bins: inDeciles(sure) }
}
