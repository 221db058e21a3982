import type { Tensor, Variable } from '@tensorflow/tfjs-core'
import type { Tensors } from '../infer/tensorflow.ts'
import { connect, type Network, storedWeight } from '../infer/tfjs-graph.ts'
import type { WeightLayout } from '../infer/tfjs-operators.ts'
import type { Graph, Tensor as Stored } from '../onnx/graph.ts'

/** A network that is being trained. Its graph is the one that is served: nothing is translated by hand. */
export interface Trainable {
  /** All weights, by their names in the graph. */
  variables: Map<string, Variable>
  /** Outputs for `batch × height × width × 3` images; to be called inside `tidy`. */
  apply: Network['apply']
  /** The graph with the weights as they are now. */
  toGraph(): Promise<Graph>
  /** Sets weights, e.g. those of a checkpoint. @throws Error where names or sizes do not fit */
  load(weights: Graph['initialisers']): void
  dispose(): void
}

/** Makes the weights of a graph (float32; see `restoreFloat32`) into variables. Errors as of `connect`. */
export function makeTrainable(tf: Tensors, graph: Graph): Trainable {
  const variables = new Map<string, Variable>()
  const layouts = new Map<string, WeightLayout>()
  const network = connect(tf, graph, (name = '', layout) => {
    const known = variables.get(name)
    if (known) return known
    const variable = tf.tidy(() => tf.variable(turn(tf, storedWeight(tf, graph, name), layout), true))
    variables.set(name, variable)
    layouts.set(name, layout)
    return variable
  })
  return {
    variables,
    apply: network.apply,
    toGraph: async () => ({ ...graph, initialisers: new Map([...graph.initialisers, ...(await readBack())]) }),
    load(weights) {
      for (const [name, variable] of variables) {
        const stored = storedWeight(tf, { ...graph, initialisers: weights }, name)
        tf.tidy(() => variable.assign(turn(tf, stored, layouts.get(name))))
        stored.dispose()
      }
    },
    dispose: () => tf.dispose([...variables.values()]),
  }

  function readBack(): Promise<[string, Stored][]> {
    return Promise.all(
      [...variables].map(async ([name, variable]): Promise<[string, Stored]> => {
        const turnedBack = tf.tidy(() => turnBack(tf, variable, layouts.get(name)))
        const data = (await turnedBack.data()) as Float32Array
        const dims = turnedBack.shape
        turnedBack.dispose()
        return [name, { type: 'float32', dims, data: Float32Array.from(data) }]
      }),
    )
  }
}

function turn(tf: Tensors, weight: Tensor, layout: WeightLayout | undefined): Tensor {
  return layout?.turned ? tf.transpose(weight, layout.turned) : tf.clone(weight)
}

function turnBack(tf: Tensors, weight: Tensor, layout: WeightLayout | undefined): Tensor {
  const { turned } = layout ?? {}
  if (!turned) return tf.clone(weight)
  return tf.transpose(
    weight,
    turned.map((_, axis) => turned.indexOf(axis)),
  )
}
