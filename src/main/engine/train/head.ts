import type { Tensors } from '../infer/tensorflow.ts'
import { startTensors } from '../infer/tensorflow.ts'
import type { LinearHead } from '../onnx/head.ts'
import type { Evaluation } from './lbfgs.ts'
import { minimise } from './lbfgs.ts'
import type { Matrix, Moments } from './standardise.ts'
import { moments, standardise } from './standardise.ts'

export interface HeadOptions {
  /** Number of classes. */
  classes: number
  /** Strength of the L2 penalty on the weights of the standardised features. */
  l2: number
  /** Weight of each class in the loss; by default all 1. */
  classWeights?: number[]
  /** Largest component of the gradient at which it stops. */
  tolerance?: number
  maxIterations?: number
}

export interface TrainedHead extends LinearHead {
  /** Loss at the end, on the training data, penalty included. */
  loss: number
  iterations: number
}

/**
 * Recipe `head`: softmax regression on frozen features. Minimises the class-weighted mean cross-entropy plus
 * `l2 / 2 · ‖W‖²` over standardised features, and folds the standardisation into the weights it returns. The loss is
 * strictly convex up to a common shift of the biases, and it starts at zero: nothing is drawn at random, so there is no
 * seed, and the same data give the same head.
 * @param features one row an image
 * @param labels the class of each row, `0 … classes − 1`
 */
export async function trainHead(features: Matrix, labels: number[], options: HeadOptions): Promise<TrainedHead> {
  const tf = await startTensors()
  const scale = moments(features)
  const { data, rows, columns } = standardise(features, scale)
  const sampleWeights = labels.map((label) => options.classWeights?.[label] ?? 1)
  const total = sampleWeights.reduce((sum, weight) => sum + weight, 0)
  const x = tf.tensor2d(data, [rows, columns])
  const y = tf.tensor2d(oneHot(labels, options.classes), [rows, options.classes])
  const w = tf.tensor2d(
    sampleWeights.map((weight) => weight / total),
    [rows, 1],
  )
  try {
    const evaluate = (point: Float64Array) => evaluateAt(tf, { x, y, w }, point, options.l2)
    const start = new Float64Array((columns + 1) * options.classes)
    const minimum = await minimise(evaluate, start, options)
    return { ...foldBack(minimum.point, scale, options.classes), loss: minimum.value, iterations: minimum.iterations }
  } finally {
    tf.dispose([x, y, w])
  }
}

function oneHot(labels: number[], classes: number): Float32Array {
  const data = new Float32Array(labels.length * classes)
  labels.forEach((label, row) => {
    data[row * classes + label] = 1
  })
  return data
}

type Tensor2D = ReturnType<Tensors['tensor2d']>

/** Loss and gradient; a point is `features × classes` weights and then a bias for each class. */
async function evaluateAt(
  tf: Tensors,
  { x, y, w }: Record<'x' | 'y' | 'w', Tensor2D>,
  point: Float64Array,
  l2: number,
): Promise<Evaluation> {
  const classes = y.shape[1]
  const split = point.length - classes
  const [loss, weightGradient, biasGradient] = tf.tidy(() => {
    const weights = tf.tensor2d(Float32Array.from(point.subarray(0, split)), [x.shape[1], classes])
    const logits = tf.add(tf.matMul(x, weights), tf.tensor1d(Float32Array.from(point.subarray(split))))
    const logProbabilities = tf.logSoftmax(logits as Tensor2D)
    // d loss / d logits = w · (p − y)
    const error = tf.mul(tf.sub(tf.exp(logProbabilities), y), w) as Tensor2D
    return [tf.neg(tf.sum(tf.mul(tf.mul(logProbabilities, y), w))), tf.matMul(x, error, true), tf.sum(error, 0)]
  }) as [Tensor2D, Tensor2D, Tensor2D]
  const [values, ofWeights, ofBias] = await Promise.all([loss.data(), weightGradient.data(), biasGradient.data()])
  tf.dispose([loss, weightGradient, biasGradient])
  let penalty = 0
  const gradient = new Float64Array(point.length)
  for (let i = 0; i < split; i++) {
    const weight = point[i] as number
    penalty += (l2 / 2) * weight * weight
    gradient[i] = (ofWeights[i] as number) + l2 * weight
  }
  gradient.set(ofBias, split)
  return { value: (values[0] as number) + penalty, gradient }
}

/** Weights for raw features: `w′ = w/σ`, `b′ = b − Σ w·μ/σ`; transposed to `classes × features`. */
function foldBack(point: Float64Array, { mean, deviation }: Moments, classes: number): LinearHead {
  const columns = mean.length
  const weights = new Float32Array(classes * columns)
  const bias = new Float32Array(classes)
  for (let c = 0; c < classes; c++) {
    let shift = 0
    for (let f = 0; f < columns; f++) {
      const weight = (point[f * classes + c] as number) / (deviation[f] as number)
      weights[c * columns + f] = weight
      shift += weight * (mean[f] as number)
    }
    bias[c] = (point[columns * classes + c] as number) - shift
  }
  return { weights, bias }
}

/** What a head says about features: logits, one row an image. */
export function applyHead({ weights, bias }: LinearHead, { rows, columns, data }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, row) =>
    Array.from(bias, (start, c) => {
      let sum = start
      for (let f = 0; f < columns; f++)
        sum += (weights[c * columns + f] as number) * (data[row * columns + f] as number)
      return sum
    }),
  )
}
