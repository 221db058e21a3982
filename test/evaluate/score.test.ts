import { describe, expect, test } from 'vitest'
import { chanceOf, scoreOf } from '../../src/main/engine/evaluate/score.ts'

const bootstrap = { resamples: 200, seed: 1, level: 0.95 }

describe('the main figures of calls', () => {
  // Glioma: 2 of 3 right, 1 called none. Meningioma: none. No tumour: 1 of 2. Pituitary: 1 of 1.
  const truth = [0, 0, 0, 2, 2, 3]
  const called = [0, 0, 2, 2, 1, 3]

  test('by hand', () => {
    const score = scoreOf(truth, called, undefined, bootstrap)
    expect(score.n).toBe(6)
    expect(score.accuracy).toBeCloseTo(4 / 6)
    expect(score.recall).toEqual({ glioma: 2 / 3, meningioma: null, notumor: 1 / 2, pituitary: 1 })
    expect(score.macroRecall).toBeCloseTo((2 / 3 + 1 / 2 + 1) / 3)
    // Four tumours, one called none.
    expect(score.tumourCalledNone).toBe(1 / 4)
  })

  test('intervals hold the figures, and draw groups as wholes', () => {
    const { accuracy, intervals } = scoreOf(truth, called, undefined, bootstrap)
    expect(intervals.accuracy?.[0]).toBeLessThanOrEqual(accuracy as number)
    expect(intervals.accuracy?.[1]).toBeGreaterThanOrEqual(accuracy as number)
    expect(scoreOf(truth, called, new Array(6).fill('one'), bootstrap).intervals.accuracy).toBeNull()
  })

  test('chance: half are gliomas, three classes are there', () => {
    expect(chanceOf(truth)).toEqual({ accuracy: 3 / 6, macroRecall: 1 / 3 })
  })
})
