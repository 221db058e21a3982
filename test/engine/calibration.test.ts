import { describe, expect, it } from 'vitest'
import { softmax } from '../../src/main/engine/infer/softmax.ts'
import { measure, topClasses } from '../../src/main/engine/train/metrics.ts'
import { fitTemperature, negativeLogLikelihood } from '../../src/main/engine/train/temperature.ts'

describe('softmax', () => {
  it('of ln 1, ln 2, ln 5 is one, two and five eighths', () => {
    const probabilities = softmax([0, Math.log(2), Math.log(5)])
    for (const [i, eighths] of [1, 2, 5].entries()) expect(probabilities[i]).toBeCloseTo(eighths / 8, 12)
  })

  it('at temperature 2 takes the roots of the ratios', () => {
    // e^(ln 9 / 2) = 3
    expect(softmax([Math.log(9), 0], 2)[0]).toBeCloseTo(0.75, 12)
  })

  it('does not overflow', () => {
    expect(softmax([1000, 0])).toEqual([1, 0])
    expect(softmax([-1000, -1000])).toEqual([0.5, 0.5])
  })
})

describe('temperature', () => {
  it('loss is the mean of minus the logarithm of the true class', () => {
    const logits = [
      [Math.log(3), 0],
      [0, 0],
    ]
    expect(negativeLogLikelihood(logits, [0, 1], 1)).toBeCloseTo((Math.log(4 / 3) + Math.log(2)) / 2, 12)
  })

  it('makes 80 % right answers 80 % sure', () => {
    // Every logit says e^4 : 1, but only four of five are right; 4 / T = ln 4.
    const logits = new Array(10).fill([4, 0]) as number[][]
    const labels = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1]
    expect(fitTemperature(logits, labels)).toBeCloseTo(4 / Math.log(4), 2)
  })

  it('goes below 1 for a network that is too shy', () => {
    const logits = new Array(10).fill([0.1, 0]) as number[][]
    expect(fitTemperature(logits, [0, 0, 0, 0, 0, 0, 0, 0, 1, 1])).toBeCloseTo(0.1 / Math.log(4), 3)
  })
})

describe('metrics', () => {
  it('recall, its mean and accuracy', () => {
    const metrics = measure([0, 0, 1, 1, 2, 0], [0, 0, 0, 1, 2, 2], 3)
    expect(metrics).toEqual({ n: 6, accuracy: 4 / 6, macroRecall: (2 / 3 + 1 + 1 / 2) / 3, recall: [2 / 3, 1, 1 / 2] })
  })

  it('a class without images does not count', () => {
    const metrics = measure([0, 1], [0, 0], 2)
    expect(metrics.macroRecall).toBe(0.5)
    expect(metrics.recall[1]).toBeNaN()
  })

  it('the first of equal scores wins', () => {
    expect(
      topClasses([
        [1, 3, 3],
        [2, 0, 1],
      ]),
    ).toEqual([1, 0])
  })
})
