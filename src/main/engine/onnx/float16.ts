import type { Graph, Tensor } from './graph.ts'

/** Below this many values a tensor stays float32: nothing to gain. */
const MIN_VALUES = 8192
/** Largest finite half-precision number (IEEE 754 binary16). */
const MAX_FLOAT16 = 65504

/**
 * The same graph with its large float32 constants stored as float16, each followed by a Cast to float32.
 * Halves the file; ONNX Runtime folds the casts once when it loads the model, so that it computes in float32 as before.
 * @throws Error where a value does not fit float16.
 */
export function storeAsFloat16(graph: Graph): Graph {
  const initialisers = new Map<string, Tensor>()
  const casts: Graph['nodes'] = []
  for (const [name, tensor] of graph.initialisers) {
    if (tensor.type !== 'float32' || tensor.data.length < MIN_VALUES) {
      initialisers.set(name, tensor)
      continue
    }
    if (tensor.data.some((value) => !(Math.abs(value) <= MAX_FLOAT16)))
      throw new Error(`“${name}” does not fit float16`)
    const stored = `${name}.float16`
    initialisers.set(stored, { type: 'float16', dims: tensor.dims, data: Float16Array.from(tensor.data) })
    casts.push({ op: 'Cast', inputs: [stored], outputs: [name], attributes: { to: { i: 1 } } })
  }
  return { ...graph, initialisers, nodes: [...casts, ...graph.nodes] }
}

/** Undoes `storeAsFloat16`: the same graph with float32 constants and without their casts. */
export function restoreFloat32(graph: Graph): Graph {
  const initialisers = new Map(graph.initialisers)
  const nodes = graph.nodes.filter((node) => {
    const tensor = node.op === 'Cast' ? initialisers.get(node.inputs[0] ?? '') : undefined
    if (tensor?.type !== 'float16') return true
    initialisers.delete(node.inputs[0] ?? '')
    initialisers.set(node.outputs[0] ?? '', {
      type: 'float32',
      dims: tensor.dims,
      data: Float32Array.from(tensor.data),
    })
    return false
  })
  return { ...graph, nodes, initialisers }
}
