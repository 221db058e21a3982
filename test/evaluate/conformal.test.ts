import { describe, expect, test } from 'vitest'
import { simulate, simulatedCalibration } from '../../scripts/reference/simulate.ts'
import { serve } from '../../src/main/engine/evaluate/calibrate.ts'
import { conformalLimits, conformalSet } from '../../src/main/engine/evaluate/conformal.ts'
import { evaluate } from '../../src/main/engine/evaluate/evaluate.ts'

describe('by hand', () => {
  // Class 0 has scores 1 − p of 0.1, 0.2, 0.3, 0.4; class 1 of 0.5.
  const rows = [
    [0.9, 0.1],
    [0.8, 0.2],
    [0.7, 0.3],
    [0.6, 0.4],
    [0.5, 0.5],
  ]
  const truth = [0, 0, 0, 0, 1]

  test('the limit is the ⌈(n + 1)(1 − α)⌉-th smallest score', () => {
    // (4 + 1) · 0.6 = 3: the third smallest. (1 + 1) · 0.6 = 1.2: the second of one is not there.
    const limits = conformalLimits(rows, truth, 2, 0.4)
    expect(limits[0]).toBeCloseTo(0.3, 12)
    expect(limits[1]).toBe(1)
  })

  test('a class without calibration images is in every set', () => {
    expect(conformalLimits(rows, truth, 3, 0.4)[2]).toBe(1)
  })

  test('a set may hold several classes, or none', () => {
    expect(conformalSet([0.5, 0.5], [0.5, 0.5])).toEqual([0, 1])
    expect(conformalSet([0.7, 0.3], [0.5, 0.5])).toEqual([0])
    expect(conformalSet([0.5, 0.5], [0.4, 0.4])).toEqual([])
  })
})

test('on simulated images the sets hold the true class as often as promised, in each class', () => {
  // Each repetition draws new validation and test images; the mean over them is what the theorem is about.
  const repetitions = 40
  const sums = { glioma: 0, meningioma: 0, notumor: 0, pituitary: 0 }
  for (let i = 0; i < repetitions; i++) {
    const calibration = simulatedCalibration(200, 100 + i)
    const predictions = serve(simulate('test', 300, 500 + i), calibration.temperature)
    const bootstrap = { resamples: 2, seed: 1, level: 0.95 }
    const { conformal } = evaluate([{ predictions, calibration }], { alpha: 0.1, bootstrap })
    for (const [label, coverage] of Object.entries(conformal?.coveragePerClass ?? {}))
      sums[label as keyof typeof sums] += (coverage as number) / repetitions
  }
  for (const coverage of Object.values(sums)) {
    // 40 · 75 images a class; the standard error with the noise of the limits is below 0.01.
    expect(coverage).toBeGreaterThan(0.885)
    expect(coverage).toBeLessThan(0.94)
  }
})
