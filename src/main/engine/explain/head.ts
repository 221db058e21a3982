import { LABELS, type Label } from '../../../shared/labels.ts'

/** What a slice's tumour can be; the head's outputs are where it is, and which of these. */
export const TUMOURS: readonly Label[] = LABELS.filter((label) => label !== 'notumor')
export const OUTPUTS = 1 + TUMOURS.length

/** A tensor of the network that the head looks at, as its weights want it. */
export interface Level {
  /** Its name in the network's graph. */
  name: string
  channels: number
  /** `channels × hidden`, row-major. */
  weights: Float32Array
}

/**
 * A small network on inner tensors of the frozen one, the finest first: each is projected (1 × 1) to `hidden` channels
 * and enlarged to the finest grid; their sum plus bias, cut off below 0, is projected to the outputs.
 */
export interface HeatHead {
  hidden: number
  levels: Level[]
  bias: Float32Array
  /** `hidden × OUTPUTS`, row-major: the log-odds of tumour, then a score for each of `TUMOURS`. */
  out: Float32Array
  outBias: Float32Array
}

/** Values of one level, place by place: `side × side × channels`. */
export interface Places {
  side: number
  values: Float32Array
}

/** `before cut-off` and outputs on the finest grid, place by place. */
export interface HeadRun {
  side: number
  hidden: Float32Array
  outputs: Float32Array
}

/** Runs the head on one image's levels, in the order of `head.levels`. */
export function runHead(head: HeatHead, levels: Places[]): HeadRun {
  const { side } = levels[0] as Places
  const sum = new Float32Array(side * side * head.hidden)
  for (let at = 0; at < sum.length; at += head.hidden) sum.set(head.bias, at)
  for (const [i, { channels, weights }] of head.levels.entries()) {
    const { side: own, values } = levels[i] as Places
    const projected = new Float32Array(own * own * head.hidden)
    multiply(values, weights, projected, own * own, channels, head.hidden)
    addEnlarged(projected, own, sum, side, head.hidden)
  }
  for (let i = 0; i < sum.length; i++) if ((sum[i] as number) < 0) sum[i] = 0
  const outputs = new Float32Array(side * side * OUTPUTS)
  for (let at = 0; at < outputs.length; at += OUTPUTS) outputs.set(head.outBias, at)
  multiply(sum, head.out, outputs, side * side, head.hidden, OUTPUTS)
  return { side, hidden: sum, outputs }
}

/** The probability of a tumour at each place of the finest grid, with boxes weighed as in training. */
export const probabilitiesOf = ({ side, outputs }: HeadRun): Float32Array =>
  Float32Array.from({ length: side * side }, (_, place) => 1 / (1 + Math.exp(-(outputs[place * OUTPUTS] as number))))

/**
 * The log-odds of a tumour, as the mean of 3 × 3 places (outside is taken for even), cut off below 0; of one of the kind,
 * times its share of all kinds. Where a tumour is, the head tells better than which: the shape is the same for all kinds.
 *
 * @returns `side × side`
 */
export function heatOf(run: HeadRun, label: Label | null): Float32Array {
  const { side, outputs } = run
  const share = label === null ? 1 : shareOf(run, TUMOURS.indexOf(label))
  return Float32Array.from({ length: side * side }, (_, place) => {
    const [x, y] = [place % side, Math.floor(place / side)]
    let sum = 0
    for (let row = Math.max(0, y - 1); row <= Math.min(side - 1, y + 1); row++)
      for (let column = Math.max(0, x - 1); column <= Math.min(side - 1, x + 1); column++)
        sum += outputs[(row * side + column) * OUTPUTS] as number
    return Math.max(0, (share * sum) / 9)
  })
}

/** Mean over the places, each weighed with its probability of a tumour. */
function shareOf(run: HeadRun, kind: number): number {
  const weights = probabilitiesOf(run)
  let [all, own] = [0, 0]
  for (const [place, weight] of weights.entries()) {
    const at = place * OUTPUTS + 1
    let sum = 0
    for (let k = 0; k < TUMOURS.length; k++)
      sum += Math.exp((run.outputs[at + k] as number) - (run.outputs[at + kind] as number))
    all += weight
    own += weight / sum
  }
  return own / all
}

/** `out += a · b`, `a` of `rows × inner`, `b` of `inner × columns`. */
export function multiply(
  a: Float32Array,
  b: Float32Array,
  out: Float32Array,
  rows: number,
  inner: number,
  columns: number,
): void {
  const whole = inner - (inner % 4)
  for (let row = 0; row < rows; row++) {
    const to = row * columns
    const at = row * inner
    // Four at a time: what is stored is rounded, and takes longer than to multiply.
    for (let k = 0; k < whole; k += 4) {
      const first = a[at + k] as number
      const second = a[at + k + 1] as number
      const third = a[at + k + 2] as number
      const fourth = a[at + k + 3] as number
      const [r1, r2, r3, r4] = [k * columns, (k + 1) * columns, (k + 2) * columns, (k + 3) * columns]
      for (let c = 0; c < columns; c++)
        out[to + c] =
          (out[to + c] as number) +
          first * (b[r1 + c] as number) +
          second * (b[r2 + c] as number) +
          third * (b[r3 + c] as number) +
          fourth * (b[r4 + c] as number)
    }
    for (let k = whole; k < inner; k++)
      for (let c = 0, from = k * columns; c < columns; c++, from++)
        out[to + c] = (out[to + c] as number) + (a[at + k] as number) * (b[from] as number)
  }
}

/** Adds `small × small` places to `side × side`, linearly enlarged; places are centres of squares. */
function addEnlarged(values: Float32Array, small: number, out: Float32Array, side: number, channels: number): void {
  // What is its own grid is only added.
  if (small === side) {
    for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) + (values[i] as number)
    return
  }
  eachTap(small, side, (from, to, weight) => {
    for (let c = 0; c < channels; c++)
      out[to * channels + c] = (out[to * channels + c] as number) + weight * (values[from * channels + c] as number)
  })
}

/** Every place of a `small` grid that counts for one of a `side` grid, with its weight. */
export function eachTap(small: number, side: number, work: (from: number, to: number, weight: number) => void): void {
  const taps = Array.from({ length: side }, (_, i) => {
    const at = Math.min(small - 1, Math.max(0, ((i + 0.5) * small) / side - 0.5))
    const low = Math.floor(at)
    return { low, high: Math.min(small - 1, low + 1), share: at - low }
  })
  for (const [y, down] of taps.entries()) {
    for (const [x, across] of taps.entries()) {
      const to = y * side + x
      const [upper, lower] = [down.low * small, down.high * small]
      const corners: [number, number][] = [
        [upper + across.low, (1 - down.share) * (1 - across.share)],
        [upper + across.high, (1 - down.share) * across.share],
        [lower + across.low, down.share * (1 - across.share)],
        [lower + across.high, down.share * across.share],
      ]
      for (const [from, weight] of corners) if (weight > 0) work(from, to, weight)
    }
  }
}

/** A network's tensor, `channels × side × side`, place by place. */
export function toPlaces(data: Float32Array, [, channels = 0, side = 0]: readonly number[]): Places {
  const values = new Float32Array(data.length)
  const area = side * side
  for (let c = 0; c < channels; c++)
    for (let i = 0; i < area; i++) values[i * channels + c] = data[c * area + i] as number
  return { side, values }
}
