import type { SetFigures } from '../../../shared/gate.ts'
import { LABELS } from '../../../shared/labels.ts'
import { calibrationSummary } from '../evaluate/calibration-summary.ts'
import { type Confusion, confusionMatrix, rates } from '../evaluate/confusion.ts'
import { byLabel, calledClass, NO_TUMOUR } from '../evaluate/labels.ts'
import { type Share, share } from '../evaluate/share.ts'
import type { PredictedImage } from '../model/predict-set.ts'

/** What a model showed on images of which the class is known; at least one. */
export function figuresOf(images: PredictedImage[]): SetFigures {
  const truth = images.map(({ label }) => LABELS.indexOf(label))
  const rows = images.map(({ confidences }) => LABELS.map((label) => confidences[label]))
  const counts = confusionMatrix(truth, rows.map(calledClass), LABELS.length)
  const { accuracy, macroRecall, recall } = rates(counts)
  return {
    n: images.length,
    accuracy,
    macroRecall,
    recall: byLabel((c) => recall[c] as Share),
    ece: calibrationSummary(rows, truth).ece,
    tumourCalledNone: tumourCalledNone(counts),
  }
}

function tumourCalledNone(counts: Confusion): Share {
  const tumours = counts.filter((_, c) => c !== NO_TUMOUR)
  const missed = tumours.reduce((total, row) => total + (row[NO_TUMOUR] as number), 0)
  return share(
    missed,
    tumours.flat().reduce((total, count) => total + count, 0),
  )
}
