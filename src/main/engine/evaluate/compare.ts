import type { Comparison } from '../../../shared/evaluation-report.ts'
import { LABELS } from '../../../shared/labels.ts'
import { BOOTSTRAP, type BootstrapOptions, bootstrap } from './bootstrap.ts'
import { clusters } from './clusters.ts'
import { confusionMatrix, rates } from './confusion.ts'
import { calledClass, NO_TUMOUR } from './labels.ts'
import { mcnemar } from './mcnemar.ts'
import { checkScored, checkTruth, type Predictions } from './predictions.ts'
import { type Share, share } from './share.ts'

/**
 * Two models on the same images. The differences are bootstrapped in pairs: a resample draws the same images, or groups
 * of them, for both. Throws a `RangeError` where the images are not the same, in the same order.
 */
export function compare(first: Predictions, second: Predictions, options: BootstrapOptions = BOOTSTRAP): Comparison {
  checkSame(first, second)
  const { truth } = first
  const calls = [first, second].map(({ probabilities }) => probabilities.map(calledClass)) as [number[], number[]]
  const right = calls.map((called) => called.map((label, i) => label === truth[i])) as [boolean[], boolean[]]
  const figures = (weights: Float64Array) => difference(truth, calls, weights)
  const intervals = bootstrap(clusters(truth.length, first.groups), figures, options)
  const values = figures(new Float64Array(truth.length).fill(1))
  const of = (name: keyof typeof values) => ({ value: values[name], interval: intervals[name] ?? null })
  return {
    n: truth.length,
    mcnemar: mcnemar(...right),
    accuracy: of('accuracy'),
    macroRecall: of('macroRecall'),
    tumourCalledNone: of('tumourCalledNone'),
  }
}

function checkSame(first: Predictions, second: Predictions): void {
  for (const predictions of [first, second]) {
    checkScored(predictions)
    checkTruth(predictions.ids, predictions.truth)
  }
  const same = (a: unknown[], b: unknown[]) => a.length === b.length && a.every((value, i) => value === b[i])
  if (!same(first.ids, second.ids) || !same(first.truth, second.truth))
    throw new RangeError('Two models are compared on the same images, in the same order')
}

function difference(truth: number[], calls: [number[], number[]], weights: Float64Array) {
  const [before, after] = calls.map((called) => summary(truth, called, weights)) as [Summary, Summary]
  const minus = (a: Share, b: Share) => (a === null || b === null ? null : a - b)
  return {
    accuracy: minus(after.accuracy, before.accuracy),
    macroRecall: minus(after.macroRecall, before.macroRecall),
    tumourCalledNone: minus(after.tumourCalledNone, before.tumourCalledNone),
  }
}

type Summary = ReturnType<typeof summary>

function summary(truth: number[], called: number[], weights: Float64Array) {
  const counts = confusionMatrix(truth, called, LABELS.length, weights)
  const { accuracy, macroRecall } = rates(counts)
  const tumours = counts.filter((_, c) => c !== NO_TUMOUR)
  const missed = tumours.reduce((total, row) => total + (row[NO_TUMOUR] as number), 0)
  const images = tumours.flat().reduce((total, count) => total + count, 0)
  return { accuracy, macroRecall, tumourCalledNone: share(missed, images) }
}
