import type { LoadedDataset } from '../dataset/load.ts'
import type { Model } from '../types.ts'
import type { MarkedPart } from './training-data.ts'

/** What a reader should know of the columns of a model before believing them. */
export function notesOf(
  { manifest }: Pick<Model, 'manifest'>,
  parts: MarkedPart[],
  { images, unreadable }: Pick<LoadedDataset, 'images' | 'unreadable'>,
  more: number,
): string[] {
  const notes: string[] = [LIMITS[manifest.calibration?.by ?? 'nothing']]
  const lost = unreadable.length + more
  if (lost > 0) notes.push(`${lost} images could not be read and were left out.`)
  if (parts.some(({ seen }) => seen === 'all' || seen === 'some'))
    notes.push(
      'A column of which all or some images were seen in training tells in so far what the model remembers, not what it does on new images.',
    )
  if (parts.some(({ seen }) => seen === 'not-known'))
    notes.push(
      'Whether the model learned from images of this set is not known: its card has the hash of what it learned from, and that is neither the hash of this set nor of its sides for training. If it did, its figures here are of what it remembers.',
    )
  if (images.every(({ patient }) => patient === null))
    notes.push(
      'No patients are known: intervals draw near-duplicate groups, and slices of one patient count as several.',
    )
  return notes
}

/** How far the limits of a finished model can be believed, or why it has none. */
const LIMITS = {
  'cross-validation':
    'Thresholds and conformal limits of the model come from images that its cross-validation held out, as the networks of that cross-validation called them: made by the same recipe, but not this network. The promise of conformal sets holds for it as far as it is like them.',
  'own-validation':
    'Thresholds and conformal limits of the model come from its own validation images. They also chose its epoch and its temperature, so that it is a little better on them than on new ones.',
  nothing:
    'Conformal sets and thresholds are not told of the model itself (null): their limits are set on validation images, which took no part in the training, and none came with this model. Those of its cross-validation are told where its runs are given.',
} as const
