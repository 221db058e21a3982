import {
  eachTap,
  type HeadRun,
  type HeatHead,
  OUTPUTS,
  type Places,
  runHead,
  TUMOURS,
} from '../../../src/main/engine/explain/head.ts'
import type { Random } from '../../../src/main/engine/train/random.ts'
import { rateAt } from '../../../src/main/engine/train/schedule.ts'
import type { Example } from './examples.ts'

export interface Settings {
  hidden: number
  batch: number
  epochs: number
  rate: number
  decay: number
  /** Weights of the three terms: tumour or not, all heat inside, which tumour. */
  losses: { place: number; inside: number; kind: number }
}

/** What the places in the box weigh together, beside all others: far more than their share, or all would be background. */
const IN_BOX = 0.3

/** The head's arrays in one order, for what treats them alike. */
export const arraysOf = (head: HeatHead): Float32Array[] => [
  ...head.levels.map(({ weights }) => weights),
  head.bias,
  head.out,
  head.outBias,
]

/** Small random weights (He et al. 2015); a place is a tumour's with a probability of 0.05. */
export function newHead(levels: { name: string; channels: number }[], hidden: number, random: Random): HeatHead {
  const all = levels.reduce((sum, { channels }) => sum + channels, 0)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
  const made = (length: number, deviation: number) => Float32Array.from({ length }, () => deviation * normal())
  const outBias = new Float32Array(OUTPUTS)
  outBias[0] = Math.log(0.05 / 0.95)
  return {
    hidden,
    levels: levels.map(({ name, channels }) => ({
      name,
      channels,
      weights: made(channels * hidden, Math.sqrt(2 / all)),
    })),
    bias: new Float32Array(hidden),
    out: made(hidden * OUTPUTS, Math.sqrt(1 / hidden)),
    outBias,
  }
}

/**
 * Gradient of the loss at the outputs, `places × OUTPUTS`: cross-entropy of tumour or not (`IN_BOX`),
 * minus the logarithm of the share of `exp(score)` that lies in the box, and cross-entropy of the kind inside it.
 */
export function lossOf(
  { outputs }: HeadRun,
  { mask, image }: Example,
  { losses }: Settings,
): { loss: number; gradient: Float32Array } {
  const gradient = new Float32Array(outputs.length)
  let inside = 0
  for (const one of mask) inside += one
  // Shifted out of the square.
  if (inside === 0) return { loss: 0, gradient }
  const { powers, all, within } = softmaxOf(outputs, mask)
  let loss = -losses.inside * Math.log(within / all)
  const kind = image.label === null ? -1 : TUMOURS.indexOf(image.label)
  for (const [i, isIn] of mask.entries()) {
    const at = i * OUTPUTS
    const tumour = 1 / (1 + Math.exp(-(outputs[at] as number)))
    const weight = losses.place * (isIn ? IN_BOX / inside : (1 - IN_BOX) / (mask.length - inside))
    loss -= weight * Math.log(Math.max(TINY, isIn ? tumour : 1 - tumour))
    const power = powers[i] as number
    gradient[at] = weight * (tumour - isIn) + losses.inside * (power / all - (isIn ? power / within : 0))
    if (isIn && kind >= 0) loss += addKind(outputs, gradient, at + 1, kind, losses.kind / inside)
  }
  return { loss, gradient }
}

const TINY = 1e-12

/** Powers of the scores, their sum, and their sum in the box. */
function softmaxOf(outputs: Float32Array, mask: Uint8Array): { powers: Float64Array; all: number; within: number } {
  let largest = Number.NEGATIVE_INFINITY
  for (let i = 0; i < mask.length; i++) largest = Math.max(largest, outputs[i * OUTPUTS] as number)
  let [all, within] = [0, TINY]
  const powers = Float64Array.from(mask, (isIn, i) => {
    const power = Math.exp((outputs[i * OUTPUTS] as number) - largest)
    all += power
    if (isIn) within += power
    return power
  })
  return { powers, all, within }
}

/** Cross-entropy of the kind at one place. @returns the loss */
function addKind(outputs: Float32Array, gradient: Float32Array, at: number, kind: number, weight: number): number {
  const powers = TUMOURS.map((_, k) => Math.exp(outputs[at + k] as number))
  const sum = powers.reduce((total, power) => total + power, 0)
  for (const [k, power] of powers.entries()) gradient[at + k] = weight * (power / sum - (k === kind ? 1 : 0))
  return -weight * Math.log((powers[kind] as number) / sum)
}

/** Adds the gradient of one example to `sums`, in the order of `arraysOf`. @returns its loss */
function addGradient(head: HeatHead, example: Example, settings: Settings, sums: Float32Array[]): number {
  const run = runHead(head, example.levels)
  const { loss, gradient } = lossOf(run, example, settings)
  const { hidden } = head
  const places = run.side ** 2
  const back = new Float32Array(places * hidden)
  const [ofBias, ofOut, ofOutBias] = sums.slice(-3) as [Float32Array, Float32Array, Float32Array]
  for (let i = 0; i < places; i++) {
    for (let o = 0; o < OUTPUTS; o++) {
      const g = gradient[i * OUTPUTS + o] as number
      if (g === 0) continue
      ofOutBias[o] = (ofOutBias[o] as number) + g
      for (let h = 0; h < hidden; h++) {
        const value = run.hidden[i * hidden + h] as number
        if (value <= 0) continue
        ofOut[h * OUTPUTS + o] = (ofOut[h * OUTPUTS + o] as number) + g * value
        back[i * hidden + h] = (back[i * hidden + h] as number) + g * (head.out[h * OUTPUTS + o] as number)
      }
    }
    for (let h = 0; h < hidden; h++) ofBias[h] = (ofBias[h] as number) + (back[i * hidden + h] as number)
  }
  for (const [l, { channels }] of head.levels.entries()) {
    const level = example.levels[l] as Places
    const own = level.side === run.side ? back : shrunk(back, run.side, level.side, hidden)
    addOuter(level.values, own, sums[l] as Float32Array, level.side ** 2, channels, hidden)
  }
  return loss
}

/** The transpose of enlarging. */
function shrunk(values: Float32Array, side: number, small: number, channels: number): Float32Array {
  const out = new Float32Array(small * small * channels)
  eachTap(small, side, (to, from, weight) => {
    for (let c = 0; c < channels; c++)
      out[to * channels + c] = (out[to * channels + c] as number) + weight * (values[from * channels + c] as number)
  })
  return out
}

/** `out += aᵀ · b`. */
function addOuter(
  a: Float32Array,
  b: Float32Array,
  out: Float32Array,
  rows: number,
  width: number,
  columns: number,
): void {
  for (let row = 0; row < rows; row++)
    for (let k = 0; k < width; k++) {
      const value = a[row * width + k] as number
      for (let c = 0, to = k * columns, from = row * columns; c < columns; c++, to++, from++)
        out[to] = (out[to] as number) + value * (b[from] as number)
    }
}

/** Adam with decoupled weight decay (Loshchilov and Hutter 2019); calls `after` each epoch with the mean loss. */
export function learn(
  head: HeatHead,
  examples: Example[],
  settings: Settings,
  random: Random,
  after: (epoch: number, loss: number) => void,
): void {
  const arrays = arraysOf(head)
  const [means, squares] = [
    arrays.map((a) => new Float64Array(a.length)),
    arrays.map((a) => new Float64Array(a.length)),
  ]
  const byImage = [...Map.groupBy(examples, ({ image }) => image).values()]
  const perEpoch = Math.ceil(byImage.length / settings.batch)
  const schedule = { kind: 'cosine', rate: settings.rate, warmUp: perEpoch } as const
  let step = 0
  for (let epoch = 1; epoch <= settings.epochs; epoch++) {
    // Each slice once, in one of its variants.
    const drawn = random.shuffle(byImage).map((variants) => variants[random.integer(variants.length)] as Example)
    let total = 0
    for (let from = 0; from < drawn.length; from += settings.batch) {
      const batch = drawn.slice(from, from + settings.batch)
      const sums = arrays.map((a) => new Float32Array(a.length))
      for (const example of batch) total += addGradient(head, example, settings, sums)
      const rate = rateAt(schedule, step++, perEpoch * settings.epochs)
      const [first, second] = [1 - 0.9 ** step, 1 - 0.999 ** step]
      for (const [k, array] of arrays.entries()) {
        const [mean, square, sum] = [means[k], squares[k], sums[k]] as [Float64Array, Float64Array, Float32Array]
        for (let i = 0; i < array.length; i++) {
          const g = (sum[i] as number) / batch.length
          const m = 0.9 * (mean[i] as number) + 0.1 * g
          const v = 0.999 * (square[i] as number) + 0.001 * g * g
          mean[i] = m
          square[i] = v
          const change = m / first / (Math.sqrt(v / second) + 1e-8)
          array[i] = (array[i] as number) - rate * (change + settings.decay * (array[i] as number))
        }
      }
    }
    after(epoch, total / drawn.length)
  }
}
