import { expect, test } from 'vitest'
import { precisionRecallPoints, rocPoints } from '../../src/main/engine/evaluate/curves.ts'
import { evaluate } from '../../src/main/engine/evaluate/evaluate.ts'
import { calledClass, tumourProbability } from '../../src/main/engine/evaluate/labels.ts'
import { rank, sweep } from '../../src/main/engine/evaluate/ranking.ts'
import { calibrationError, equalWidthBins } from '../../src/shared/calibration-error.ts'
import { atMost, exactInterval } from '../../src/shared/exact-interval.ts'
import { LABELS } from '../../src/shared/labels.ts'
import { quantile } from '../../src/shared/quantile.ts'
import { readReference, referencePredictions } from './sample.ts'

const reference = readReference()
const predictions = referencePredictions()
const evaluation = evaluate([{ predictions }], { bootstrap: { resamples: 10, seed: 1, level: 0.95 } })

/** Of what each image is called. */
const confidences = predictions.probabilities.map((row) => row[calledClass(row)] as number)

const close = (found: unknown, wanted: number[]) =>
  expect(found).toEqual(wanted.map((value) => expect.closeTo(value, 10)))
const inOrder = (record: Record<string, unknown>) => LABELS.map((label) => record[label])

test('confusion matrix, accuracy and macro recall', () => {
  expect(evaluation.confusion).toEqual({ labels: [...LABELS], counts: reference.confusion })
  expect(evaluation.accuracy).toBeCloseTo(reference.accuracy, 12)
  expect(evaluation.macroRecall).toBeCloseTo(reference.recall.reduce((a, b) => a + b) / 4, 12)
})

test.for(['recall', 'precision', 'specificity', 'f1'] as const)('%s per class', (name) => {
  close(inOrder(evaluation[name]), reference[name])
})

test('AUROC and average precision per class, with ties', () => {
  close(inOrder(evaluation.auroc.perClass), reference.auroc)
  close(inOrder(evaluation.auprc.perClass), reference.auprc)
  expect(evaluation.auroc.macro).toBeCloseTo(reference.macroAuroc, 10)
})

test('tumour against none', () => {
  const { tumour } = reference
  close([evaluation.tumourAuroc, evaluation.tumourAuprc], [tumour.auroc, tumour.auprc])
  for (const { wanted, sensitivity } of evaluation.sensitivityAtSpecificity)
    expect(sensitivity).toBeCloseTo(tumour.sensitivityAtSpecificity[wanted] as number, 10)
  for (const { wanted, specificity } of evaluation.specificityAtSensitivity)
    expect(specificity).toBeCloseTo(tumour.specificityAtSensitivity[wanted] as number, 10)
})

test('ROC and precision–recall curves, point by point', () => {
  const swept = sweep(
    rank(predictions.probabilities.map(tumourProbability)),
    predictions.truth.map((label) => label !== 2),
  )
  close(rocPoints(swept).flat(), reference.tumour.roc.flat())
  close(precisionRecallPoints(swept).flat(), reference.tumour.precisionRecall.flat())
})

test('NLL, Brier and calibration error', () => {
  close([evaluation.nll, evaluation.brier, evaluation.ece], [reference.nll, reference.brier, reference.ece15])
  const right = predictions.probabilities.map((row, i) => calledClass(row) === predictions.truth[i])
  expect(calibrationError(equalWidthBins(confidences, right, 10))).toBeCloseTo(reference.ece10, 10)
})

test('quantiles as NumPy takes them', () => {
  const sorted = confidences.toSorted((a, b) => a - b)
  close(
    reference.quantiles.q.map((q) => quantile(sorted, q)),
    reference.quantiles.values,
  )
})

test.for(reference.exact)('exact interval of %i of %i', ([hits, n, low, high]) => {
  close(exactInterval(hits, n), [low, high])
})

test.for(reference.mcnemar)('McNemar of %i against %i', ([first, second, p]) => {
  expect(Math.min(1, 2 * atMost(Math.min(first, second), first + second, 0.5))).toBeCloseTo(p, 10)
})
