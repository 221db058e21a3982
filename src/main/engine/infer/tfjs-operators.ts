import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import type { Attribute, Graph, Node } from '../onnx/graph.ts'
import type { Tensors } from './tensorflow.ts'

/** Makes a node ready to run: takes its constants and settings once. */
export type Operator = (
  tf: Tensors,
  node: Node,
  initialisers: Graph['initialisers'],
) => {
  /** What `run` uses; freed with the network. */
  constants: Tensor[]
  /** Applies the operator to the inputs that are not constants, in their order. */
  run(inputs: Tensor[]): Tensor
}

/** The operators of ONNX that are known here, on channels-last images. */
export const OPERATORS: Record<string, Operator> = {
  Conv: (tf, node, initialisers) => {
    const weights = constant(tf, node.inputs[1], initialisers) as Tensor4D
    const bias = constant(tf, node.inputs[2], initialisers) as Tensor1D
    const group = integer(node.attributes.group, 1)
    const depthwise = group > 1 && group === weights.shape[0] && weights.shape[1] === 1
    if (group > 1 && !depthwise) throw new Error('grouped convolutions other than depthwise are not known here')
    const strides = integers(node.attributes.strides, [1, 1])
    if (text(node.attributes.auto_pad) !== 'SAME_UPPER') throw new Error('only SAME_UPPER padding is known here')
    // ONNX: out × in × height × width. TensorFlow: height × width × in × out, or depthwise × channels × 1.
    const filter = tf.tidy(() => tf.transpose(weights, depthwise ? [2, 3, 0, 1] : [2, 3, 1, 0]))
    tf.dispose(weights)
    const convolve = depthwise ? tf.fused.depthwiseConv2d : tf.fused.conv2d
    return {
      constants: [filter, bias],
      run: ([x]) => convolve({ x: x as Tensor4D, filter, strides, pad: 'same', bias }),
    }
  },
  Clip: (tf, node, initialisers) => {
    const [low, high] = [1, 2].map((i) => initialisers.get(node.inputs[i] ?? '')?.data[0])
    if (typeof low !== 'number' || typeof high !== 'number') throw new Error('Clip needs constant float32 limits here')
    return { constants: [], run: ([x]) => tf.clipByValue(x as Tensor, low, high) }
  },
  Add: (tf) => ({ constants: [], run: ([a, b]) => tf.add(a as Tensor, b as Tensor) }),
  GlobalAveragePool: (tf) => ({ constants: [], run: ([x]) => tf.mean(x as Tensor, [1, 2], true) }),
  Flatten: (tf, node) => {
    if (integer(node.attributes.axis, 1) !== 1) throw new Error('Flatten is known here with axis 1 only')
    return {
      constants: [],
      run: ([x]) => {
        const [batch = 1, height, width, channels = 1] = (x as Tensor).shape
        if (height !== 1 || width !== 1) throw new Error('Flatten is known here after global pooling only')
        return tf.reshape(x as Tensor, [batch, channels])
      },
    }
  },
  Gemm: (tf, node, initialisers) => {
    const weights = constant(tf, node.inputs[1], initialisers) as Tensor2D
    const bias = constant(tf, node.inputs[2], initialisers)
    const transposed = integer(node.attributes.transB, 0) === 1
    return {
      constants: [weights, bias],
      run: ([x]) => tf.add(tf.matMul(x as Tensor2D, weights, false, transposed), bias),
    }
  },
}

export function toChannelsLast(tf: Tensors, x: Tensor): Tensor {
  return tf.transpose(x, [0, 2, 3, 1])
}

export function toChannelsFirst(tf: Tensors, x: Tensor): Tensor {
  return tf.transpose(x, [0, 3, 1, 2])
}

function constant(tf: Tensors, name: string | undefined, initialisers: Graph['initialisers']): Tensor {
  const tensor = initialisers.get(name ?? '')
  if (tensor?.type !== 'float32') throw new Error(`“${name}” is not a float32 constant`)
  return tf.tensor(tensor.data, tensor.dims)
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
