import type { Tensor } from '@tensorflow/tfjs-core'
import type { Graph, Node } from '../onnx/graph.ts'
import type { Tensors } from './tensorflow.ts'
import type { NextSeed, Operator, Weights } from './tfjs-operators.ts'
import { OPERATORS, toChannelsFirst, toChannelsLast } from './tfjs-operators.ts'

/** A graph that TensorFlow.js can run. */
export interface Network {
  /**
   * Outputs for an input of `batch × height × width × 3`, images channels-last, the order of TensorFlow's convolutions;
   * to be called inside `tidy`. With seeds as in training (dropout), without them as it is served.
   */
  apply(input: Tensor, outputs: string[], nextSeed?: NextSeed): Tensor[]
}

/** A network whose weights are fixed. */
export interface FixedNetwork {
  /** Outputs for an input of `batch × 3 × height × width`, in ONNX's order; to be called inside `tidy`. */
  run(input: Tensor, outputs: string[]): Tensor[]
  dispose(): void
}

/**
 * Prepares an ONNX graph for TensorFlow.js.
 * @throws Error naming the first operator or setting that is not known here.
 */
export function connect(tf: Tensors, graph: Graph, weights: Weights): Network {
  const steps: { node: Node; run: ReturnType<Operator> }[] = graph.nodes.map((node) => {
    const operator = OPERATORS[node.op]
    if (!operator) throw new Error(`operator ${node.op} is not known to TensorFlow.js here`)
    return { node, run: operator(tf, node, weights, graph) }
  })
  const [input] = graph.inputs
  return {
    apply(image, outputs, nextSeed) {
      const values = new Map<string, Tensor>([[input?.name ?? '', image]])
      for (const { node, run } of steps) {
        const inputs = node.inputs.flatMap((name) => values.get(name) ?? [])
        values.set(node.outputs[0] ?? '', run(inputs, nextSeed))
      }
      return outputs.map((name) => {
        const value = values.get(name)
        if (!value) throw new Error(`the network has no output “${name}”`)
        return value
      })
    },
  }
}

/** The graph with its weights as they are. Errors as of `connect`. */
export function compile(tf: Tensors, graph: Graph): FixedNetwork {
  const constants: Tensor[] = []
  const network = connect(tf, graph, (name, { turned }) => {
    const constant = tf.tidy(() => {
      const stored = storedWeight(tf, graph, name)
      return turned ? tf.transpose(stored, turned) : stored
    })
    constants.push(constant)
    return constant
  })
  return {
    run: (image, outputs) =>
      network
        .apply(toChannelsLast(tf, image), outputs)
        .map((value) => (value.rank === 4 ? toChannelsFirst(tf, value) : value)),
    dispose: () => tf.dispose(constants),
  }
}

/** A weight of the graph in ONNX's layout. @throws Error where it is not a float32 constant */
export function storedWeight(tf: Tensors, graph: Graph, name: string | undefined): Tensor {
  const stored = graph.initialisers.get(name ?? '')
  if (stored?.type !== 'float32') throw new Error(`“${name}” is not a float32 constant`)
  return tf.tensor(stored.data, stored.dims)
}
