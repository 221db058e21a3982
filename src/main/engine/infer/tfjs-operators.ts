import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import type { Attribute, Graph, Node } from '../onnx/graph.ts'
import type { Tensors } from './tensorflow.ts'

/** How an ONNX weight lies in TensorFlow.js: `turned` are the ONNX axes in the order that TensorFlow wants them in. */
export interface WeightLayout {
  turned?: number[]
}

/** Gives an operator its weights: constants where a network only runs, variables where it is trained. */
export type Weights = (name: string | undefined, layout: WeightLayout) => Tensor

/** While a network is trained: gives a seed for each value that is drawn. */
export type NextSeed = () => number

/**
 * Makes a node ready to run: takes its weights and settings once. The result applies it to its other inputs, in order;
 * with seeds as in training, without them as it is served.
 */
export type Operator = (
  tf: Tensors,
  node: Node,
  weights: Weights,
  graph: Graph,
) => (inputs: Tensor[], nextSeed?: NextSeed) => Tensor

/** The operators of ONNX that are known here, on channels-last images. */
export const OPERATORS: Record<string, Operator> = {
  Conv: (tf, node, weights, graph) => {
    const [outputs, inputs] = graph.initialisers.get(node.inputs[1] ?? '')?.dims ?? []
    const group = integer(node.attributes.group, 1)
    const depthwise = group > 1 && group === outputs && inputs === 1
    if (group > 1 && !depthwise) throw new Error('grouped convolutions other than depthwise are not known here')
    const strides = integers(node.attributes.strides, [1, 1])
    const pad = paddingOf(node)
    // ONNX: out × in × height × width. TensorFlow: height × width × in × out, or depthwise × channels × 1.
    const filter = weights(node.inputs[1], { turned: depthwise ? [2, 3, 0, 1] : [2, 3, 1, 0] }) as Tensor4D
    const bias = weights(node.inputs[2], {}) as Tensor1D
    const convolve = depthwise ? tf.fused.depthwiseConv2d : tf.fused.conv2d
    return ([x]) => convolve({ x: x as Tensor4D, filter, strides, pad, bias })
  },
  Clip: (tf, node, _, { initialisers }) => {
    const [low, high] = [1, 2].map((i) => initialisers.get(node.inputs[i] ?? '')?.data[0])
    if (typeof low !== 'number' || typeof high !== 'number') throw new Error('Clip needs constant float32 limits here')
    return ([x]) => tf.clipByValue(x as Tensor, low, high)
  },
  Relu:
    (tf) =>
    ([x]) =>
      tf.relu(x as Tensor),
  MaxPool: (tf, node) => {
    const size = integers(node.attributes.kernel_shape, [1, 1])
    const strides = integers(node.attributes.strides, [1, 1])
    const pad = paddingOf(node)
    return ([x]) => tf.maxPool(x as Tensor4D, size, strides, pad)
  },
  Dropout: (tf, node) => {
    const rate = float(node.attributes.ratio, 0.5)
    return ([x], nextSeed) => (nextSeed ? tf.dropout(x as Tensor, rate, undefined, nextSeed()) : tf.clone(x as Tensor))
  },
  Add:
    (tf) =>
    ([a, b]) =>
      tf.add(a as Tensor, b as Tensor),
  GlobalAveragePool:
    (tf) =>
    ([x]) =>
      tf.mean(x as Tensor, [1, 2], true),
  Flatten: (tf, node) => {
    if (integer(node.attributes.axis, 1) !== 1) throw new Error('Flatten is known here with axis 1 only')
    return ([x]) => {
      const [batch = 1, height, width, channels = 1] = (x as Tensor).shape
      if (height === 1 && width === 1) return tf.reshape(x as Tensor, [batch, channels])
      // ONNX flattens in its own order, channels first; the weights that follow are in that order.
      return tf.reshape(toChannelsFirst(tf, x as Tensor), [batch, -1])
    }
  },
  Gemm: (tf, node, weights) => {
    const matrix = weights(node.inputs[1], {}) as Tensor2D
    const bias = weights(node.inputs[2], {})
    const transposed = integer(node.attributes.transB, 0) === 1
    return ([x]) => tf.add(tf.matMul(x as Tensor2D, matrix, false, transposed), bias)
  },
}

export function toChannelsLast(tf: Tensors, x: Tensor): Tensor {
  return tf.transpose(x, [0, 2, 3, 1])
}

export function toChannelsFirst(tf: Tensors, x: Tensor): Tensor {
  return tf.transpose(x, [0, 3, 1, 2])
}

/** How far a window reaches over the border. */
function paddingOf(node: Node): 'same' | 'valid' {
  const named = text(node.attributes.auto_pad)
  if (named === 'SAME_UPPER') return 'same'
  if (named === 'VALID') return 'valid'
  throw new Error('only the paddings SAME_UPPER and VALID are known here')
}

function float(attribute: Attribute | undefined, otherwise: number): number {
  return attribute && 'f' in attribute ? attribute.f : otherwise
}

function integer(attribute: Attribute | undefined, otherwise: number): number {
  return attribute && 'i' in attribute ? attribute.i : otherwise
}

function integers(attribute: Attribute | undefined, otherwise: [number, number]): [number, number] {
  return attribute && 'ints' in attribute ? (attribute.ints as [number, number]) : otherwise
}

function text(attribute: Attribute | undefined): string | undefined {
  return attribute && 's' in attribute ? attribute.s : undefined
}
