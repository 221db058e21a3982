import type { Evaluated } from './evaluate-set.ts'
import { type KeptEvaluation, toReadRow } from './kept-evaluation.ts'
import { LABELS } from './labels.ts'
import type { TumourEvaluation } from './tumour-evaluation.ts'

/** What is kept of an evaluation beside who asked for it, and when. */
export type Measured = Pick<KeptEvaluation, 'columns' | 'tumourColumns' | 'shortcuts' | 'notes'>

/** An evaluation as it is kept: lists of images go, because all images are kept beside the figures. */
export function measuredOf({ report, read }: Pick<Evaluated, 'report' | 'read'>): Measured {
  return {
    columns: report.columns.map(({ evaluation, comparison: _, ...source }, i) => {
      const { worstErrors: __, ...figures } = evaluation
      const { kind, images } = read[i] ?? { kind: 'other', images: [] }
      return { ...source, kind, evaluation: withoutImages(figures), images }
    }),
    tumourColumns: report.tumourColumns.map(({ evaluation, ...source }) => ({
      ...source,
      evaluation: withoutImages(evaluation),
      images: evaluation.tumourCalledNone.images.map(({ id, probabilities }) =>
        toReadRow(
          id,
          null,
          LABELS.map((label) => probabilities[label]),
        ),
      ),
    })),
    shortcuts: report.shortcuts,
    notes: report.notes,
  }
}

function withoutImages<E extends Pick<TumourEvaluation, 'tumourCalledNone'>>({ tumourCalledNone, ...rest }: E) {
  const { images: _, ...count } = tumourCalledNone
  return { ...rest, tumourCalledNone: count }
}
