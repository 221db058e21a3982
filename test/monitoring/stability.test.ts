import { describe, expect, it } from 'vitest'
import { stabilityIndex, stabilityOf } from '../../src/main/core/monitoring/stability.ts'
import { binOf, decileCuts } from '../../src/shared/bins.ts'

describe('the population stability index', () => {
  it('is what is worked out by hand', () => {
    // (0.3 − 0.2) ln(0.3/0.2) + (0.3 − 0.3) ln 1 + (0.4 − 0.5) ln(0.4/0.5) = 0.1 · 0.405465 + 0.1 · 0.223144
    expect(stabilityIndex([0.2, 0.3, 0.5], [0.3, 0.3, 0.4])).toBeCloseTo(0.0628609, 7)
    // Nothing changed, and the same both ways.
    expect(stabilityIndex([0.2, 0.8], [0.2, 0.8])).toBe(0)
    expect(stabilityIndex([0.2, 0.8], [0.4, 0.6])).toBeCloseTo(stabilityIndex([0.4, 0.6], [0.2, 0.8]), 12)
  })

  it('of counts adds half a case to each bin that either has, and leaves bins out that neither has', () => {
    // e = 1.5/3, 1.5/3; a = 2.5/3, 0.5/3: 1/3 ln(5/3) − 1/3 ln(1/3) = 1/3 ln 5
    expect(stabilityOf([1, 0, 1], [2, 0, 0])?.psi).toBeCloseTo(Math.log(5) / 3, 12)
    expect(stabilityOf([1, 0, 1], [2, 0, 0])).toMatchObject({ n: 2, chance: 3.841 * (1 / 2 + 1 / 2) })
    expect(stabilityOf([5, 5], [0, 0])).toBeNull()
  })
})

describe('bins', () => {
  it('hold a tenth of the values each', () => {
    const values = Array.from({ length: 100 }, (_, i) => i / 100)
    const cuts = decileCuts(values)
    expect(cuts).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
    const counts = new Array<number>(10).fill(0)
    for (const value of values) counts[binOf(cuts, value)] = (counts[binOf(cuts, value)] ?? 0) + 1
    expect(counts).toEqual(new Array(10).fill(10))
  })

  it('are fewer where many values are the same', () => {
    expect(decileCuts([0.6, 0.6, 0.6, 0.9, 0.9, 0.9])).toEqual([0.9])
    expect(decileCuts([1, 1, 1])).toEqual([])
    expect([binOf([0.9], 0.89), binOf([0.9], 0.9), binOf([], 5)]).toEqual([0, 1, 0])
  })
})
