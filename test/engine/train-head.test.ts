import { describe, expect, it } from 'vitest'
import { applyHead, trainHead } from '../../src/main/engine/train/head.ts'
import { minimise } from '../../src/main/engine/train/lbfgs.ts'
import { topClasses } from '../../src/main/engine/train/metrics.ts'
import { outOfFoldLogits } from '../../src/main/engine/train/out-of-fold.ts'
import type { Matrix } from '../../src/main/engine/train/standardise.ts'
import { moments, standardise } from '../../src/main/engine/train/standardise.ts'

/** Three classes around three corners, in features of very different scales, one of them constant. */
function clusters(count: number): { features: Matrix; labels: number[] } {
  let state = 3
  const noise = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32 - 0.5
  }
  const labels = Array.from({ length: count }, (_, i) => i % 3)
  const rows = labels.flatMap((label) => [
    (label === 0 ? 1 : 0) + noise(),
    1000 * ((label === 1 ? 1 : 0) + noise()) + 5000,
    7,
  ])
  return { features: { rows: count, columns: 3, data: Float32Array.from(rows) }, labels }
}

describe('trainHead', () => {
  it('separates clusters, standardisation folded in', async () => {
    const { features, labels } = clusters(300)
    const head = await trainHead(features, labels, { classes: 3, l2: 1e-3 })
    const called = topClasses(applyHead(head, features))
    expect(called.filter((call, i) => call === labels[i]).length).toBeGreaterThan(270)
  })

  it('is deterministic', async () => {
    const { features, labels } = clusters(90)
    const first = await trainHead(features, labels, { classes: 3, l2: 0.01 })
    expect(await trainHead(features, labels, { classes: 3, l2: 0.01 })).toEqual(first)
  })

  it('ends where the gradient of the stated loss is zero', async () => {
    const { features, labels } = clusters(60)
    const l2 = 0.05
    const classWeights = [1, 2, 0.5]
    const head = await trainHead(features, labels, { classes: 3, l2, classWeights })
    // The gradient for the standardised weights, worked out here in plain numbers.
    const { deviation } = moments(features)
    const x = standardise(features, moments(features)).data
    const logits = applyHead(head, features)
    const total = labels.reduce((sum, label) => sum + (classWeights[label] as number), 0)
    for (let c = 0; c < 3; c++) {
      for (let f = 0; f < 3; f++) {
        let gradient = l2 * (head.weights[c * 3 + f] as number) * (deviation[f] as number)
        for (const [i, row] of logits.entries()) {
          const sum = row.reduce((total, logit) => total + Math.exp(logit), 0)
          const error = Math.exp(row[c] as number) / sum - (labels[i] === c ? 1 : 0)
          gradient += ((classWeights[labels[i] as number] as number) / total) * error * (x[i * 3 + f] as number)
        }
        expect(Math.abs(gradient)).toBeLessThan(1e-4)
      }
    }
  })

  it('finds the share of each class where features say nothing, as weighted', async () => {
    const labels = [0, 0, 0, 1]
    const features = { rows: 4, columns: 1, data: new Float32Array(4) }
    const plain = await trainHead(features, labels, { classes: 2, l2: 0.1 })
    expect((plain.bias[0] as number) - (plain.bias[1] as number)).toBeCloseTo(Math.log(3), 3)
    const balanced = await trainHead(features, labels, { classes: 2, l2: 0.1, classWeights: [1, 3] })
    expect((balanced.bias[0] as number) - (balanced.bias[1] as number)).toBeCloseTo(0, 3)
  })

  it('shrinks the weights with the penalty', async () => {
    const { features, labels } = clusters(90)
    const size = async (l2: number) =>
      Math.abs((await trainHead(features, labels, { classes: 3, l2 })).weights[0] as number)
    expect(await size(1)).toBeLessThan((await size(0.01)) / 3)
  })
})

it('out-of-fold logits come from a head that did not see the fold', async () => {
  const { features, labels } = clusters(60)
  const folds = labels.map((_, i) => i % 2)
  const logits = await outOfFoldLogits(features, labels, folds, { classes: 3, l2: 0.01 })
  const evenRows = labels.flatMap((_, i) => (i % 2 === 0 ? [...features.data.subarray(i * 3, i * 3 + 3)] : []))
  const evenHead = await trainHead(
    { rows: 30, columns: 3, data: Float32Array.from(evenRows) },
    labels.filter((_, i) => i % 2 === 0),
    { classes: 3, l2: 0.01 },
  )
  expect(logits[1]).toEqual(applyHead(evenHead, features)[1])
  expect(logits[0]).not.toEqual(applyHead(evenHead, features)[0])
})

it('moments are means and population deviations; a constant column gets deviation 1', () => {
  const { mean, deviation } = moments({ rows: 4, columns: 2, data: Float32Array.of(2, 5, 4, 5, 4, 5, 6, 5) })
  expect([...mean]).toEqual([4, 5])
  expect(deviation[0]).toBeCloseTo(Math.SQRT2, 12)
  expect(deviation[1]).toBe(1)
})

describe('minimise', () => {
  it('finds the minimum of a stretched bowl', async () => {
    const scales = [1, 100, 10000]
    const target = [3, -2, 0.5]
    const bowl = async (x: Float64Array) => ({
      value: x.reduce((sum, xi, i) => sum + ((scales[i] as number) * (xi - (target[i] as number)) ** 2) / 2, 0),
      gradient: x.map((xi, i) => (scales[i] as number) * (xi - (target[i] as number))),
    })
    const minimum = await minimise(bowl, new Float64Array(3))
    for (const [i, value] of target.entries()) expect(minimum.point[i]).toBeCloseTo(value, 4)
    expect(minimum.gradientNorm).toBeLessThanOrEqual(1e-5)
    expect(minimum.iterations).toBeLessThan(60)
  })

  it('stops at the limit of iterations', async () => {
    const slope = async (x: Float64Array) => ({ value: -(x[0] as number), gradient: Float64Array.of(-1) })
    expect((await minimise(slope, new Float64Array(1), { maxIterations: 5 })).iterations).toBe(5)
  })
})
