import { describe, expect, test } from 'vitest'
import { type BootstrapOptions, bootstrap } from '../../src/main/engine/evaluate/bootstrap.ts'
import { clusters } from '../../src/main/engine/evaluate/clusters.ts'
import { groupMean, groupShares } from '../../src/main/engine/evaluate/group-means.ts'
import { exactInterval } from '../../src/shared/exact-interval.ts'
import { quantile } from '../../src/shared/quantile.ts'
import { random } from '../../src/shared/random.ts'

const OPTIONS: BootstrapOptions = { resamples: 400, seed: 7, level: 0.95 }

/** The weighted mean of the values, under the name `mean`. */
const meanOf = (values: number[]) => (weights: Float64Array) => {
  let [sum, count] = [0, 0]
  values.forEach((value, i) => {
    sum += value * (weights[i] as number)
    count += weights[i] as number
  })
  return { mean: count > 0 ? sum / count : null }
}

const zerosAndOnes = (n: number, p: number, seed: number) => {
  const next = random(seed)
  return Array.from({ length: n }, () => (next() < p ? 1 : 0))
}

const addOne = (counts: Uint32Array, i: number) => {
  counts[i] = (counts[i] as number) + 1
}

const intervalOf = (values: number[], options = OPTIONS, groups?: string[]) =>
  bootstrap(clusters(values.length, groups), meanOf(values), options).mean as [number, number]

describe('random numbers', () => {
  test('follow from the seed', () => {
    const draw = (seed: number) => Array.from({ length: 3 }, random(seed))
    expect(draw(5)).toEqual(draw(5))
    expect(draw(5)).not.toEqual(draw(6))
  })

  test('are even', () => {
    const next = random(3)
    const counts = new Uint32Array(10)
    for (let i = 0; i < 100_000; i++) addOne(counts, Math.floor(next() * 10))
    // Binomial: 10,000 with a standard deviation of 95.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400)
  })
})

test('quantiles are linear between neighbours', () => {
  // Position 0.25 · 3 = 0.75 between 1 and 2.
  expect(quantile([1, 2, 4, 8], 0.25)).toBe(1.75)
  expect([quantile([1, 2, 4, 8], 0), quantile([1, 2, 4, 8], 1), quantile([5], 0.3)]).toEqual([1, 8, 5])
})

test('clusters: images of a group together, those without a group alone', () => {
  expect(clusters(3)).toEqual([[0], [1], [2]])
  expect(clusters(5, ['a', null, 'b', 'a', null])).toEqual([[0, 3], [2], [1], [4]])
})

describe('bootstrap', () => {
  test('the same seed gives the same interval, another one another', () => {
    const values = zerosAndOnes(100, 0.7, 1)
    expect(intervalOf(values)).toEqual(intervalOf(values))
    expect(intervalOf(values)).not.toEqual(intervalOf(values, { ...OPTIONS, seed: 8 }))
  })

  test('of a share is about as wide as theory says', () => {
    // 400 values, 80 % ones: ±1.96 √(0.8 · 0.2 / 400) = ±0.039.
    const values = Array.from({ length: 400 }, (_, i) => (i % 5 ? 1 : 0))
    const [low, high] = intervalOf(values, { ...OPTIONS, resamples: 2000 })
    expect(low).toBeCloseTo(0.8 - 0.039, 2)
    expect(high).toBeCloseTo(0.8 + 0.039, 2)
  })

  test('images that always come together tell no more than one of them', () => {
    // 40 groups of 10 like values: as wide as for 40 values, √10 times the interval of 400.
    const values = Array.from({ length: 400 }, (_, i) => (Math.floor(i / 10) % 5 ? 1 : 0))
    const groups = values.map((_, i) => `patient ${Math.floor(i / 10)}`)
    const [low, high] = intervalOf(values, OPTIONS, groups)
    const [lowest, highest] = intervalOf(values)
    expect((high - low) / (highest - lowest)).toBeGreaterThan(2.6)
    expect((high - low) / (highest - lowest)).toBeLessThan(3.8)
  })

  test('holds the true share about as often as it says', () => {
    const trials = 200
    const hits = Array.from({ length: trials }, (_, i) => intervalOf(zerosAndOnes(150, 0.8, 1000 + i))).filter(
      ([low, high]) => low <= 0.8 && 0.8 <= high,
    )
    // 95 % wanted; the standard deviation of 200 trials is 1.5 %, and percentile intervals run a little short.
    expect(hits.length / trials).toBeGreaterThan(0.89)
    expect(hits.length / trials).toBeLessThan(0.99)
  })

  test('one cluster gives no interval', () => {
    expect(intervalOf([0, 1], OPTIONS, ['a', 'a'])).toBeNull()
  })

  test('a figure that is never defined gives no interval', () => {
    expect(bootstrap(clusters(3), () => ({ never: null }), OPTIONS)).toEqual({ never: null })
  })
})

describe('exact interval', () => {
  test('of none and of all is open on one side only', () => {
    // (1 − p)^20 = 0.025
    expect(exactInterval(0, 20)).toEqual([0, expect.closeTo(1 - 0.025 ** (1 / 20), 12)])
    expect(exactInterval(20, 20)).toEqual([expect.closeTo(0.025 ** (1 / 20), 12), 1])
  })

  test('of nothing is null', () => expect(exactInterval(0, 0)).toBeNull())
})

describe('means over groups', () => {
  const groups = [[0, 1, 2, 3], [4], [5, 6]]
  const flags = [true, true, true, false, false, null, null]

  test('each group weighs the same', () => {
    // ¾, 0, and a group without images that count.
    const shares = groupShares(groups, flags)
    expect(shares).toEqual([0.75, 0, null])
    expect(groupMean(groups, shares)).toBe(0.375)
  })

  test('a group that was drawn twice counts twice', () => {
    expect(groupMean(groups, [0.75, 0, null], [2, 2, 2, 2, 1, 5, 5])).toBe(0.5)
    expect(groupMean(groups, [null, null, null], [1, 1, 1, 1, 1, 1, 1])).toBeNull()
  })
})
