import { whole } from '../../../shared/figure-format.ts'
import type { Measured } from '../../../shared/measured.ts'
import { keptApart } from '../evaluate-set/kept-apart.ts'
import type { RunFile } from '../evaluate-set/read-predictions.ts'

/**
 * What is proved of copies and patients on both sides, for the card: counted in what was measured, not stated.
 *
 * @param folds the runs of its cross-validation; none where there was none
 */
export function leakageOf(columns: Measured['columns'], folds: RunFile[]): string {
  const n = (kind: Measured['columns'][number]['kind']) =>
    columns.find((column) => column.kind === kind)?.evaluation.n ?? null
  const [asItIs, clean] = [n('as-is'), n('without-copies')]
  const said: string[] = []
  if (folds.length > 0) said.push(keptApart(folds) ? APART : NOT_PROVED)
  if (asItIs !== null)
    said.push(
      clean === null
        ? `None of the set’s ${whole(asItIs)} test images is known to be without a near-copy on another side.`
        : `Of the set’s ${whole(asItIs)} test images ${whole(asItIs - clean)} have a near-copy on another side.`,
    )
  return [...said, 'What trained it and what chose its epoch were kept apart as the split rule says.'].join(' ')
}

const APART = 'Cross-validation: no patient and no near-duplicate group was held out by two of its trainings.'
const NOT_PROVED =
  'Cross-validation: of some held-out images no patient or group is known, or two of its trainings held out images of one.'
