import { LABELS, type Label } from '../../../shared/labels.ts'
import type { PredictedImage, RunPredictions } from '../../../shared/predictions.ts'
import { type Calibration, calibrate, type LogitRows, serve, ValidationLogits } from '../evaluate/calibrate.ts'
import type { Fold } from '../evaluate/folds.ts'
import type { Predictions, TumourPredictions } from '../evaluate/predictions.ts'
import { softmax } from '../infer/softmax.ts'

/** The held-out images of runs as folds, each with the calibration of its own validation images. */
export interface PooledRuns {
  folds: Fold<Predictions>[]
  /** Images with a tumour of unknown type; runs without such images have no fold here. */
  tumourFolds: Fold<TumourPredictions>[]
  /** Runs whose own temperature is not the one that their validation images give, by name. */
  otherTemperature: string[]
}

/** How far a run's temperature may be from the fitted one, as a share: the search ends at one part in a thousand. */
const SAME = 0.01

type Labelled = PredictedImage & { label: Label }

export function poolRuns(runs: RunPredictions[]): PooledRuns {
  const pooled: PooledRuns = { folds: [], tumourFolds: [], otherTemperature: [] }
  for (const run of runs) {
    const calibration = calibrationOf(run)
    const temperature = calibration?.temperature ?? run.temperature ?? 1
    if (run.temperature !== null && Math.abs(temperature / run.temperature - 1) > SAME)
      pooled.otherTemperature.push(run.run)
    const heldOut = run.images.filter(({ part }) => part === 'held-out')
    const labelled = heldOut.filter(isLabelled)
    const tumours = heldOut.filter((image) => !isLabelled(image))
    if (labelled.length > 0)
      pooled.folds.push({ predictions: serve(rowsOf('test', labelled), temperature), calibration })
    if (tumours.length > 0)
      pooled.tumourFolds.push({ predictions: tumourPredictions(tumours, temperature), calibration })
  }
  return pooled
}

const isLabelled = (image: PredictedImage): image is Labelled => image.label !== null

/** Of the validation images whose class is known; none without such images. */
function calibrationOf({ images }: RunPredictions): Calibration | undefined {
  const validation = images.filter(({ part }) => part === 'validation').filter(isLabelled)
  return validation.length > 0 ? calibrate(ValidationLogits.from(rowsOf('validation', validation))) : undefined
}

function rowsOf<S extends 'validation' | 'test'>(split: S, images: Labelled[]): LogitRows<S> {
  return {
    split,
    ids: images.map(({ file }) => file),
    truth: images.map(({ label }) => LABELS.indexOf(label)),
    logits: images.map(({ logits }) => logits),
    groups: groupsOf(images),
  }
}

const tumourPredictions = (images: PredictedImage[], temperature: number): TumourPredictions => ({
  ids: images.map(({ file }) => file),
  probabilities: images.map(({ logits }) => softmax(logits, temperature)),
  groups: groupsOf(images),
  tumour: images.map(() => true),
})

const groupsOf = (images: PredictedImage[]): (string | null)[] | undefined =>
  images.some(({ group }) => group !== null) ? images.map(({ group }) => group) : undefined
