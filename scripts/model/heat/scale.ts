import type { HeatHead, Places } from '../../../src/main/engine/explain/head.ts'
import type { Example } from './examples.ts'

/** Mean and deviation of each channel of a level over the training examples. */
export interface Scale {
  mean: Float64Array
  deviation: Float64Array
}

/** Below this a channel is taken for constant. */
const LEAST = 1e-3

export function scaleOf(examples: Example[]): Scale[] {
  return (examples[0] as Example).levels.map(({ side, values: first }, level) => {
    const channels = first.length / side ** 2
    const [sums, squares] = [new Float64Array(channels), new Float64Array(channels)]
    for (const { levels } of examples) {
      const { values } = levels[level] as Places
      for (let i = 0; i < values.length; i++) {
        const value = values[i] as number
        sums[i % channels] = (sums[i % channels] as number) + value
        squares[i % channels] = (squares[i % channels] as number) + value * value
      }
    }
    const n = examples.length * side ** 2
    const mean = sums.map((sum) => sum / n)
    const deviation = squares.map((square, c) => Math.sqrt(Math.max(LEAST ** 2, square / n - (mean[c] as number) ** 2)))
    return { mean, deviation }
  })
}

/** In place. */
export function toScale(levels: Places[], scale: Scale[]): void {
  for (const [l, { values }] of levels.entries()) {
    const { mean, deviation } = scale[l] as Scale
    for (let i = 0; i < values.length; i++) {
      const c = i % mean.length
      values[i] = ((values[i] as number) - (mean[c] as number)) / (deviation[c] as number)
    }
  }
}

/** The same head for values as the network gives them. */
export function foldScale(head: HeatHead, scale: Scale[]): HeatHead {
  const bias = head.bias.slice()
  const levels = head.levels.map(({ name, channels, weights }, l) => {
    const { mean, deviation } = scale[l] as Scale
    const folded = weights.map((weight, i) => weight / (deviation[Math.floor(i / head.hidden)] as number))
    for (const [i, weight] of folded.entries()) {
      const h = i % head.hidden
      bias[h] = (bias[h] as number) - weight * (mean[Math.floor(i / head.hidden)] as number)
    }
    return { name, channels, weights: folded }
  })
  return { ...head, levels, bias }
}
