import { describe, expect, test } from 'vitest'
import { simulate, simulatedCalibration } from '../../scripts/reference/simulate.ts'
import { serve } from '../../src/main/engine/evaluate/calibrate.ts'
import { evaluate } from '../../src/main/engine/evaluate/evaluate.ts'
import type { Predictions } from '../../src/main/engine/evaluate/predictions.ts'
import { evaluateTumour } from '../../src/main/engine/evaluate/tumour.ts'
import { type Evaluation, evaluationSchema } from '../../src/shared/evaluation.ts'
import { tumourEvaluationSchema } from '../../src/shared/tumour-evaluation.ts'
import { permuted, predictionsOf, referencePredictions, shuffledOrder } from './sample.ts'

const bootstrap = { resamples: 50, seed: 1, level: 0.95 }
const run = (predictions: Predictions) => evaluate([{ predictions }], { bootstrap })
const certain = (label: number) => [0, 1, 2, 3].map((c) => (c === label ? 1 : 0))

function calibrated(fold: number) {
  const calibration = simulatedCalibration(300, fold)
  const rows = simulate('test', 200, 50 + fold)
  const groups = rows.ids.map((_, i) => `patient ${fold}.${i >> 2}`)
  return { predictions: serve({ ...rows, groups }, calibration.temperature), calibration }
}

describe('everything together', () => {
  const folds = [calibrated(1), calibrated(2)]
  const evaluation = evaluate(folds, { bootstrap })

  test('fits its schema and survives JSON', () => {
    expect(evaluationSchema.parse(JSON.parse(JSON.stringify(evaluation)))).toEqual(evaluation)
  })

  test('pools the folds, each with its own calibration', () => {
    expect(evaluation.n).toBe(400)
    expect(evaluation.bootstrap).toEqual({ ...bootstrap, unit: 'group', units: 100 })
    expect(evaluation.temperatures).toEqual(folds.map(({ calibration }) => calibration.temperature))
    expect(evaluation.conformal?.limits).toHaveLength(2)
    expect(evaluation.conformal?.calibrationImages).toEqual([300, 300])
    expect(evaluation.atValidationThreshold?.[0]?.thresholds).toHaveLength(2)
  })

  test('every interval holds its figure', () => {
    const figures: Record<string, unknown> = {
      accuracy: evaluation.accuracy,
      macroRecall: evaluation.macroRecall,
      'recall.glioma': evaluation.recall.glioma,
      'f1.pituitary': evaluation.f1.pituitary,
      tumourCalledNone: evaluation.tumourCalledNone.share,
      'tumourCalledNone.groupMean': evaluation.tumourCalledNone.groupMean,
      tumourAuroc: evaluation.tumourAuroc,
      'auroc.macro': evaluation.auroc.macro,
      'atValidationThreshold.0.95.sensitivity': evaluation.atValidationThreshold?.[1]?.sensitivity,
      'sensitivityAtSpecificity.0.9': evaluation.sensitivityAtSpecificity[0]?.sensitivity,
    }
    for (const [name, value] of Object.entries(figures)) {
      const [low, high] = evaluation.intervals[name] ?? [Number.NaN, Number.NaN]
      expect(low, name).toBeLessThanOrEqual(value as number)
      expect(high, name).toBeGreaterThanOrEqual(value as number)
    }
  })

  test('the same seed gives the same object', () => {
    expect(evaluate(folds, { bootstrap })).toEqual(evaluation)
    expect(evaluate(folds, { bootstrap: { ...bootstrap, seed: 2 } }).intervals).not.toEqual(evaluation.intervals)
  })

  test('errors are listed, the most confident first', () => {
    const confidences = evaluation.worstErrors.map(({ confidence }) => confidence)
    expect(confidences).toEqual(confidences.toSorted((a, b) => b - a))
    for (const { truth, predicted } of evaluation.worstErrors) expect(truth).not.toBe(predicted)
  })
})

test('tumours that were called no tumour, by hand', () => {
  // Tumours: images 0, 1, 3, 4. Image 1 is called none; its tumour probability is 0.45, though no tumour leads.
  const rows = [[0.7, 0.1, 0.1, 0.1], [0.3, 0.1, 0.55, 0.05], certain(2), certain(3), [0.4, 0.2, 0.4, 0], certain(0)]
  const evaluation = run(predictionsOf([0, 1, 2, 3, 0, 2], rows, ['a', 'a', 'b', 'c', 'c', 'd']))
  // Of patient a one of two, of c none of two: ¼ in the mean.
  expect(evaluation.tumourCalledNone).toMatchObject({ n: 1, of: 4, share: 1 / 4, groupMean: 1 / 4 })
  expect(evaluation.tumourCalledNone.images).toMatchObject([
    { id: 'image-1', truth: 'meningioma', predicted: 'notumor', confidence: 0.55, set: null },
  ])
  // Image 5 is called glioma.
  expect(evaluation.noneCalledTumour).toEqual({ n: 1, of: 2, share: 1 / 2, groupMean: 1 / 2 })
})

describe('properties', () => {
  const unordered = ({ confusion, worstErrors, intervals, ...rest }: Evaluation) => rest

  test('the order of the images does not matter', () => {
    const predictions = referencePredictions()
    const first = run(predictions)
    const second = run(permuted(predictions, shuffledOrder(predictions.ids.length, 3)))
    expect(second.confusion).toEqual(first.confusion)
    expect(second.worstErrors).toEqual(first.worstErrors)
    const rounded = (value: Evaluation) =>
      JSON.parse(JSON.stringify(unordered(value), (_, v) => (typeof v === 'number' ? Number(v.toFixed(9)) : v)))
    expect(rounded(second)).toEqual(rounded(first))
  })

  const truth = Array.from({ length: 40 }, (_, i) => i % 4)

  test('a perfect model', () => {
    const found = run(predictionsOf(truth, truth.map(certain)))
    const ones = [found.accuracy, found.macroRecall, found.macroF1, found.auroc.macro, found.auprc.macro]
    expect([...ones, found.tumourAuroc]).toEqual(Array(6).fill(1))
    expect([found.ece, found.eceAdaptive, found.nll, found.brier, found.riskCoverage.aurc]).toEqual(Array(5).fill(0))
    expect(found.tumourCalledNone.share).toBe(0)
    expect(found.worstErrors).toEqual([])
    expect(found.sensitivityAtSpecificity.map(({ sensitivity }) => sensitivity)).toEqual([1, 1, 1])
  })

  test('a model that is always wrong and sure of it', () => {
    const found = run(
      predictionsOf(
        truth,
        truth.map((label) => certain((label + 1) % 4)),
      ),
    )
    expect([found.accuracy, found.macroRecall, found.macroF1]).toEqual([0, 0, 0])
    expect([found.ece, found.brier, found.riskCoverage.aurc]).toEqual([1, 2, 1])
    expect(found.tumourCalledNone.share).toBe(1 / 3)
  })

  test('a model that knows nothing', () => {
    const found = run(
      predictionsOf(
        truth,
        truth.map(() => [0.25, 0.25, 0.25, 0.25]),
      ),
    )
    expect([found.auroc.macro, found.tumourAuroc]).toEqual([0.5, 0.5])
    expect([found.ece, found.auprc.macro]).toEqual([0, 0.25])
    expect(found.nll).toBeCloseTo(Math.log(4), 12)
    expect(found.riskCoverage.atCoverage.map(({ error }) => error)).toEqual(Array(4).fill(expect.closeTo(0.75, 12)))
  })
})

describe('empty classes', () => {
  test('give null, nowhere NaN', () => {
    const found = run(predictionsOf([0, 0], [certain(0), certain(1)]))
    expect(evaluationSchema.parse(found)).toEqual(found)
    expect(found.recall).toEqual({ glioma: 0.5, meningioma: null, notumor: null, pituitary: null })
    expect([found.tumourAuroc, found.noneCalledTumour.share]).toEqual([null, null])
    expect(JSON.stringify(found)).not.toContain('NaN')
  })

  test('one image is enough', () => {
    const found = run(predictionsOf([2], [certain(2)]))
    expect(evaluationSchema.parse(found)).toEqual(found)
    expect(found.intervals.accuracy).toBeNull()
    expect(found.exactIntervals.accuracy).toEqual([expect.closeTo(0.025, 12), 1])
  })
})

test('tumours of unknown kind', () => {
  const predictions = { ids: ['a', 'b', 'c'], tumour: [true, true, true], groups: ['1', '1', '2'] }
  const probabilities = [certain(0), certain(2), certain(2)]
  const found = evaluateTumour([{ predictions: { ...predictions, probabilities } }], { bootstrap })
  expect(tumourEvaluationSchema.parse(found)).toEqual(found)
  expect(found.tumourCalledNone).toMatchObject({ n: 2, of: 3, groupMean: 3 / 4 })
  expect(found.tumourCalledNone.images.map(({ id, truth }) => [id, truth])).toEqual([
    ['b', null],
    ['c', null],
  ])
  expect(found.noneCalledTumour).toEqual({ n: 0, of: 0, share: null, groupMean: null })
})

describe('input is checked', () => {
  const good = predictionsOf([0, 2], [certain(0), certain(2)])
  test.for<[string, Partial<Predictions>, string]>([
    ['no images', { ids: [], truth: [], probabilities: [] }, 'No images'],
    ['a length', { truth: [0] }, '1 in truth'],
    ['a number of rows', { probabilities: [certain(0)] }, '1 in probabilities'],
    ['groups', { groups: ['a'] }, '1 in groups'],
    ['an image that is there twice', { ids: ['a', 'a'] }, 'a is there twice'],
    ['a class', { truth: [0, 4] }, 'no class 4'],
    ['a sum', { probabilities: [certain(0), [0.5, 0.5, 0.002, 0]] }, 'image-1: the probabilities sum to 1.002'],
    ['NaN', { probabilities: [certain(0), [Number.NaN, 0, 1, 0]] }, 'image-1: a probability'],
    ['a negative one', { probabilities: [certain(0), [-0.5, 0.5, 1, 0]] }, 'image-1: a probability'],
    ['a row too short', { probabilities: [[1], certain(2)] }, 'image-0: 1 probabilities'],
    ['those before temperature scaling', { uncalibrated: [certain(0)] }, '1 in probabilities'],
  ])('%s', ([, change, message]) => {
    expect(() => run({ ...good, ...change })).toThrow(message)
  })

  test('a sum within a thousandth of 1 is accepted', () => {
    expect(run({ ...good, probabilities: [certain(0), [0.0005, 0, 1, 0]] }).n).toBe(2)
  })

  test('images that set the calibration are not evaluated with it', () => {
    const calibration = simulatedCalibration(50, 1)
    const { rows } = calibration.validation
    const predictions = serve(rows, calibration.temperature)
    expect(() => evaluate([{ predictions, calibration }])).toThrow('set the calibration')
  })

  test('the same image in two folds is refused', () => {
    expect(() => evaluate([{ predictions: good }, { predictions: good }])).toThrow('twice')
  })
})
