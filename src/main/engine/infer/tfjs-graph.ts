import type { Tensor } from '@tensorflow/tfjs-core'
import type { Graph, Node } from '../onnx/graph.ts'
import type { Tensors } from './tensorflow.ts'
import type { Operator } from './tfjs-operators.ts'
import { OPERATORS, toChannelsFirst, toChannelsLast } from './tfjs-operators.ts'

/** A graph that TensorFlow.js can run. */
export interface Network {
  /** Outputs for an input of `batch × 3 × height × width`; to be called inside `tidy`. */
  run(input: Tensor, outputs: string[]): Tensor[]
  dispose(): void
}

/** One operator with its constants in place. */
interface Step {
  node: Node
  apply: ReturnType<Operator>
}

/**
 * Prepares an ONNX graph for TensorFlow.js: images run as batch × height × width × channels inside, since its
 * convolutions know no other order, and are turned back where they leave.
 * @throws Error naming the first operator or setting that is not known here.
 */
export function compile(tf: Tensors, graph: Graph): Network {
  const steps: Step[] = graph.nodes.map((node) => {
    const operator = OPERATORS[node.op]
    if (!operator) throw new Error(`operator ${node.op} is not known to TensorFlow.js here`)
    return { node, apply: operator(tf, node, graph.initialisers) }
  })
  const [input] = graph.inputs
  return {
    run(image, outputs) {
      const values = new Map<string, Tensor>([[input?.name ?? '', toChannelsLast(tf, image)]])
      for (const { node, apply } of steps) {
        const inputs = node.inputs.flatMap((name) => values.get(name) ?? [])
        values.set(node.outputs[0] ?? '', apply.run(inputs))
      }
      return outputs.map((name) => {
        const value = values.get(name)
        if (!value) throw new Error(`the network has no output “${name}”`)
        return value.rank === 4 ? toChannelsFirst(tf, value) : value
      })
    },
    dispose() {
      for (const { apply } of steps) tf.dispose(apply.constants)
    },
  }
}
