import { describe, expect, test } from 'vitest'
import { simulate } from '../../scripts/reference/simulate.ts'
import { calibrate, serve, ValidationLogits } from '../../src/main/engine/evaluate/calibrate.ts'
import { equalCountBins } from '../../src/main/engine/evaluate/reliability.ts'
import { riskAt, riskCoverage } from '../../src/main/engine/evaluate/risk-coverage.ts'
import { brierScore, negativeLogLikelihood } from '../../src/main/engine/evaluate/scores.ts'
import { calibrationError, equalWidthBins } from '../../src/shared/calibration-error.ts'

describe('proper scores', () => {
  const rows = [
    [0.5, 0.25, 0.25],
    [0.1, 0.8, 0.1],
  ]

  test('NLL is the mean of minus the logarithm of the true class', () => {
    expect(negativeLogLikelihood(rows, [0, 1])).toBeCloseTo((Math.log(2) + Math.log(1 / 0.8)) / 2, 12)
  })

  test('a certain error is dear, but not infinite', () => {
    expect(negativeLogLikelihood([[0, 1]], [0])).toBeCloseTo(52 * Math.log(2), 9)
  })

  test('Brier adds the squares over all classes', () => {
    // (0.5² + 0.25² + 0.25²) = 0.375 and (0.1² + 0.2² + 0.1²) = 0.06
    expect(brierScore(rows, [0, 1])).toBeCloseTo((0.375 + 0.06) / 2, 12)
    expect(brierScore([[1, 0]], [1])).toBe(2)
  })
})

describe('calibration error', () => {
  test('weighs each bin of equal width by its images', () => {
    // Five bins. (0.4, 0.6]: 0.5 right, 0.6 wrong: accuracy ½, confidence 0.55. (0.8, 1]: 0.9, 1, 1 right, 0.9 wrong:
    // accuracy ¾, confidence 0.95. ECE = 2/6 · 0.05 + 4/6 · 0.2.
    const bins = equalWidthBins([0.5, 0.6, 0.9, 1, 1, 0.9], [true, false, true, true, true, false], 5)
    expect(bins.map(({ n, accuracy }) => [n, accuracy])).toEqual([
      [2, 0.5],
      [4, 0.75],
    ])
    expect(calibrationError(bins)).toBeCloseTo((2 * 0.05 + 4 * 0.2) / 6, 12)
  })

  test('bins of equal count; equal confidences stay together', () => {
    // Ranks 0–5 in 3 bins of two: {0.4, 0.5}, {0.7, 0.7, 0.7} (first rank 2), {0.9} (rank 5).
    const bins = equalCountBins([0.9, 0.7, 0.4, 0.7, 0.5, 0.7], [true, true, false, false, true, true], 3)
    expect(bins.map(({ n }) => n)).toEqual([2, 3, 1])
    // |1/2 − 0.45|, |2/3 − 0.7|, |1 − 0.9|
    expect(calibrationError(bins)).toBeCloseTo((2 * 0.05 + 3 * (0.7 - 2 / 3) + 0.1) / 6, 12)
  })
})

describe('risk and coverage', () => {
  test('errors among the most confident', () => {
    // By confidence: right, right, wrong, right → 0, 0, 1/3, 1/4.
    const curve = riskCoverage([0.6, 0.9, 0.7, 0.8], [true, true, false, true])
    expect([...curve.risks]).toEqual([0, 0, 1 / 3, 1 / 4])
    expect(curve.aurc).toBeCloseTo((1 / 3 + 1 / 4) / 4, 12)
    expect([riskAt(curve, 0.5), riskAt(curve, 0.51), riskAt(curve, 1)]).toEqual([0, 1 / 3, 1 / 4])
    expect(riskAt(curve, 0)).toBe(0)
  })

  test('errors of equal confidence are spread evenly', () => {
    // One error among two of 0.9: half an error after the first, a whole one after both.
    expect([...riskCoverage([0.9, 0.9, 0.5], [false, true, true]).risks]).toEqual([1 / 2, 1 / 2, 1 / 3])
  })
})

describe('temperature', () => {
  test('divides the logits, and both forms are told', () => {
    const predictions = serve({ split: 'test', ids: ['a'], truth: [0], logits: [[Math.log(9), 0, 0, 0]] }, 2)
    expect(predictions.probabilities[0]?.[0]).toBeCloseTo(3 / 6, 12)
    expect(predictions.uncalibrated?.[0]?.[0]).toBeCloseTo(9 / 12, 12)
  })

  test('fitted on validation, lowers the loss of other images', () => {
    const sharp = (rows: number[][]) => rows.map((row) => row.map((logit) => logit * 4))
    const validation = simulate('validation', 400, 1)
    const { temperature } = calibrate(
      ValidationLogits.from({ ...validation, logits: sharp(validation.logits as number[][]) }),
    )
    const test = simulate('test', 400, 2)
    const { probabilities, uncalibrated } = serve({ ...test, logits: sharp(test.logits as number[][]) }, temperature)
    expect(temperature).toBeGreaterThan(2)
    expect(negativeLogLikelihood(probabilities, test.truth)).toBeLessThan(
      0.8 * negativeLogLikelihood(uncalibrated ?? [], test.truth),
    )
  })

  test('test images are refused by type and at run time', () => {
    const rows = simulate('test', 10, 1)
    // @ts-expect-error Rows of the test part are no validation rows.
    expect(() => ValidationLogits.from(rows)).toThrow(RangeError)
    // @ts-expect-error Nor is what only looks like them.
    const _forged: ValidationLogits = { rows: simulate('validation', 10, 1) }
  })

  test('a logit that is not finite is refused', () => {
    const rows = simulate('validation', 3, 1)
    rows.logits[1] = [0, Number.NaN, 0, 0]
    expect(() => ValidationLogits.from(rows)).toThrow('validation-1-1')
  })
})
