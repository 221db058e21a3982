import { type ReadRow, toReadRow } from '../../../shared/kept-evaluation.ts'
import type { Fold } from './folds.ts'
import type { Row } from './labels.ts'
import type { Predictions } from './predictions.ts'

/** What was said of each image of all folds, to be kept beside the figures. */
export const readRows = (folds: Pick<Fold<Predictions>, 'predictions'>[]): ReadRow[] =>
  folds.flatMap(({ predictions: { ids, truth, probabilities } }) =>
    ids.map((id, i) => toReadRow(id, truth[i] as number, probabilities[i] as Row)),
  )
