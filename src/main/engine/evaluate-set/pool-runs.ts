import { LABELS, type Label } from '../../../shared/labels.ts'
import type { PredictedImage, RunPredictions } from '../../../shared/predictions.ts'
import { type Calibration, calibrate, type LogitRows, serve, ValidationLogits } from '../evaluate/calibrate.ts'
import type { Fold } from '../evaluate/folds.ts'
import type { Predictions, TumourPredictions } from '../evaluate/predictions.ts'
import { softmax } from '../infer/softmax.ts'

/** What took no part in the training of runs, as folds with their calibrations. */
export interface PooledRuns {
  /** What the runs held out of what the set has for training. */
  folds: Fold<Predictions>[]
  /** What the set itself keeps for testing; runs without such images have no fold here. */
  testFolds: Fold<Predictions>[]
  /** Images with a tumour of unknown type; as above. */
  tumourFolds: Fold<TumourPredictions>[]
  /** What set the temperature of each fold. */
  calibratedBy: 'own validation' | 'other folds'
}

/** From this many runs on, the held-out images of the others are more, and more varied, than a run's validation images. */
const CROSS_CALIBRATED = 3

type Labelled = PredictedImage & { label: Label }

/**
 * Pools runs. The folds of a cross-validation calibrate each other: a fold's temperature and limits come from what the
 * other runs held out, which its own images are no part of. One or two runs are calibrated by their own validation
 * images. Test images calibrate nothing.
 */
export function poolRuns(runs: RunPredictions[]): PooledRuns {
  const calibratedBy = runs.length >= CROSS_CALIBRATED ? 'other folds' : 'own validation'
  const pooled: PooledRuns = { folds: [], testFolds: [], tumourFolds: [], calibratedBy }
  for (const run of runs) {
    const others = runs.filter((other) => other !== run)
    const calibration = calibrationOf(
      calibratedBy === 'other folds'
        ? others.flatMap(({ images }) => labelledOf(images, 'held-out'))
        : labelledOf(run.images, 'validation'),
    )
    const temperature = calibration?.temperature ?? run.temperature ?? 1
    const fold = (images: Labelled[]) => ({ predictions: serve(rowsOf('test', images), temperature), calibration })
    const heldOut = labelledOf(run.images, 'held-out')
    const testing = labelledOf(run.images, 'testing')
    const tumours = run.images.filter((image) => image.part !== 'validation' && !isLabelled(image))
    if (heldOut.length > 0) pooled.folds.push(fold(heldOut))
    if (testing.length > 0) pooled.testFolds.push(fold(testing))
    if (tumours.length > 0)
      pooled.tumourFolds.push({ predictions: tumourPredictions(tumours, temperature), calibration })
  }
  return pooled
}

/** The temperature that fits what runs held out: for a model that is trained on all of it. @throws RangeError if nothing */
export function pooledTemperature(runs: RunPredictions[]): number {
  const heldOut = runs.flatMap(({ images }) => labelledOf(images, 'held-out'))
  return calibrate(ValidationLogits.from(rowsOf('validation', heldOut))).temperature
}

const labelledOf = (images: PredictedImage[], part: PredictedImage['part']): Labelled[] =>
  images.filter((image) => image.part === part).filter(isLabelled)

const isLabelled = (image: PredictedImage): image is Labelled => image.label !== null

const calibrationOf = (images: Labelled[]): Calibration | undefined =>
  images.length > 0 ? calibrate(ValidationLogits.from(rowsOf('validation', images))) : undefined

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
