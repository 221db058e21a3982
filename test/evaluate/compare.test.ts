import { describe, expect, test } from 'vitest'
import { compare } from '../../src/main/engine/evaluate/compare.ts'
import { mcnemar } from '../../src/main/engine/evaluate/mcnemar.ts'
import type { Predictions } from '../../src/main/engine/evaluate/predictions.ts'
import { predictionsOf } from './sample.ts'

const call = (label: number) => [0, 1, 2, 3].map((c) => (c === label ? 0.7 : 0.1))
const OPTIONS = { resamples: 500, seed: 1, level: 0.95 }

describe('McNemar', () => {
  test('exact by hand', () => {
    // The first has 1 right that the second has wrong, the second 4: 2 · (1 + 5) / 2⁵ = 0.375.
    const first = [true, false, false, false, false, true, false]
    const second = [false, true, true, true, true, true, false]
    expect(mcnemar(first, second)).toEqual({ onlyFirst: 1, onlySecond: 4, p: expect.closeTo(0.375, 12) })
  })

  test('of equal models is 1', () => {
    expect(mcnemar([true, false], [true, false])).toEqual({ onlyFirst: 0, onlySecond: 0, p: 1 })
    expect(mcnemar([true, false], [false, true]).p).toBe(1)
  })
})

describe('two models', () => {
  // 0 glioma, 2 no tumour. The second finds the tumour that the first called none.
  const truth = [0, 0, 2, 2, 3]
  const first = predictionsOf(truth, [0, 2, 2, 2, 3].map(call))
  const second = predictionsOf(truth, [0, 0, 2, 0, 3].map(call))

  test('differences by hand', () => {
    const found = compare(first, second, OPTIONS)
    expect(found.n).toBe(5)
    expect(found.mcnemar).toEqual({ onlyFirst: 1, onlySecond: 1, p: 1 })
    expect(found.accuracy.value).toBeCloseTo(0, 12)
    // First: ½, 1, 1; second: 1, ½, 1.
    expect(found.macroRecall.value).toBeCloseTo(0, 12)
    // One of three tumours, then none.
    expect(found.tumourCalledNone.value).toBeCloseTo(-1 / 3, 12)
  })

  test('a model does not differ from itself', () => {
    const found = compare(first, first, OPTIONS)
    expect([found.accuracy, found.macroRecall, found.tumourCalledNone]).toEqual(
      Array(3).fill({ value: 0, interval: [0, 0] }),
    )
  })

  test('turned round, the interval changes sign', () => {
    const [low, high] = compare(first, second, OPTIONS).tumourCalledNone.interval ?? []
    const [lowest, highest] = compare(second, first, OPTIONS).tumourCalledNone.interval ?? []
    expect([low, high]).toEqual([0 - (highest as number), 0 - (lowest as number)])
  })

  test('other images are refused', () => {
    const other: Predictions = { ...second, ids: second.ids.toReversed() }
    expect(() => compare(first, other)).toThrow(RangeError)
  })
})
