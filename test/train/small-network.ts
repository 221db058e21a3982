import type { Graph } from '../../src/main/engine/onnx/graph.ts'
import { NO_AUGMENTATION } from '../../src/main/engine/train/augment/ranges.ts'
import type { FitOptions } from '../../src/main/engine/train/fit.ts'
import { Random } from '../../src/main/engine/train/random.ts'
import type { TrainingSet } from '../../src/main/engine/train/training-set.ts'

/** Side of the images, px. */
export const SIZE = 12
/** Images of the set. */
export const COUNT = 24

/** One convolution, one linear layer. */
export function smallGraph(): Graph {
  const random = new Random(7)
  const values = (n: number, scale: number) => Float32Array.from({ length: n }, () => random.uniform(-scale, scale))
  const float32 = (dims: number[], data: Float32Array) => ({ type: 'float32' as const, dims, data })
  return {
    name: 'small',
    inputs: [{ name: 'input', dims: ['batch', 3, 'height', 'width'] }],
    outputs: [{ name: 'logits', dims: ['batch', 2] }],
    initialisers: new Map([
      ['w', float32([4, 3, 3, 3], values(108, 0.3))],
      ['b', float32([4], values(4, 0.1))],
      ['low', float32([], Float32Array.of(0))],
      ['high', float32([], Float32Array.of(6))],
      ['hw', float32([2, 4], values(8, 0.5))],
      ['hb', float32([2], Float32Array.of(0, 0))],
    ]),
    nodes: [
      {
        op: 'Conv',
        inputs: ['input', 'w', 'b'],
        outputs: ['c'],
        attributes: { auto_pad: { s: 'SAME_UPPER' }, strides: { ints: [2, 2] }, kernel_shape: { ints: [3, 3] } },
      },
      { op: 'Clip', inputs: ['c', 'low', 'high'], outputs: ['r'], attributes: {} },
      { op: 'GlobalAveragePool', inputs: ['r'], outputs: ['p'], attributes: {} },
      { op: 'Flatten', inputs: ['p'], outputs: ['f'], attributes: { axis: { i: 1 } } },
      { op: 'Gemm', inputs: ['f', 'hw', 'hb'], outputs: ['logits'], attributes: { transB: { i: 1 } } },
    ],
  }
}

/** Bright images are of class 0, dark ones of class 1. */
export function brightOrDark(): TrainingSet {
  const random = new Random(3)
  const pixels = new Uint8Array(COUNT * SIZE * SIZE)
  const targets = new Float32Array(COUNT * 2)
  for (let image = 0; image < COUNT; image++) {
    const label = image % 2
    targets[image * 2 + label] = 1
    for (let p = 0; p < SIZE * SIZE; p++) pixels[image * SIZE * SIZE + p] = random.integer(100) + (label ? 0 : 150)
  }
  return { size: SIZE, channels: 1, pixels, targets, classes: 2 }
}

export const OPTIONS: FitOptions = {
  batch: 8,
  schedule: { kind: 'cosine', rate: 0.05, warmUp: 2 },
  labelSmoothing: 0,
  // tfjs's plain JavaScript backend moves only the first image of a batch right, so nothing is moved here.
  augmentation: { ...NO_AUGMENTATION, contrast: 0.2, noise: 0.02 },
  normalise: { mean: 127, std: 128 },
}
