import { LABELS, type Label } from '../../../shared/labels.ts'
import { makeFolds, type SplitImage } from '../dataset/split.ts'
import { softmax } from '../infer/softmax.ts'
import { outOfFoldLogits } from '../train/out-of-fold.ts'

/** Of the standardised traits' weights; far below what would matter for so few of them. */
const L2 = 1e-3
const MOST_FOLDS = 5

/** What a classifier of traits says of each image, and how it was kept from knowing the image. */
export interface TraitCalls {
  /** One row an image, in the order of `LABELS`. */
  probabilities: number[][]
  folds: number
  rule: 'patient' | 'group'
}

/**
 * Softmax regression on traits, each image called by a classifier that was fitted without its fold; a patient, and a
 * near-duplicate group, lies in one fold.
 *
 * @param units number of separate units of images
 * @throws GyrusError `dataset-split-impossible` where all images depend on each other
 */
export async function callByTraits(traits: number[][], images: SplitImage[], units: number): Promise<TraitCalls> {
  const rule = images.some(({ patient }) => patient !== null) ? 'patient' : 'group'
  const count = Math.max(2, Math.min(MOST_FOLDS, units))
  const folds = makeFolds(images, { rule, count, seed: 1 })
  const columns = traits[0]?.length ?? 0
  const matrix = { rows: traits.length, columns, data: Float32Array.from(traits.flat()) }
  const labels = images.map(({ label }: { label: Label }) => LABELS.indexOf(label))
  const logits = await outOfFoldLogits(matrix, labels, folds, { classes: LABELS.length, l2: L2 })
  return { probabilities: logits.map((row) => softmax(row)), folds: count, rule }
}
