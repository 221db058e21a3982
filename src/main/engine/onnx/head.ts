import type { Graph } from './graph.ts'
import { sizeOf } from './graph.ts'

/** A linear classifier on pooled features: `logits = features · weightsᵀ + bias`. */
export interface LinearHead {
  /** `classes × features`, row-major. */
  weights: Float32Array
  /** One a class. */
  bias: Float32Array
}

/**
 * The base network with a classifier on its `features`; its first output is then `logits`, `N × classes`.
 * @throws Error where the graph has no `features` output or the sizes do not fit.
 */
export function addHead(base: Graph, head: LinearHead, name: string): Graph {
  const width = base.outputs.find((output) => output.name === 'features')?.dims[1]
  const classes = head.bias.length
  if (typeof width !== 'number') throw new Error('the base network has no output “features” of a known width')
  if (head.weights.length !== sizeOf([classes, width])) {
    throw new Error(`the head has ${head.weights.length} weights, ${classes} × ${width} are needed`)
  }
  return {
    ...base,
    name,
    initialisers: new Map([
      ...base.initialisers,
      ['head.weight', { type: 'float32', dims: [classes, width], data: head.weights }],
      ['head.bias', { type: 'float32', dims: [classes], data: head.bias }],
    ]),
    nodes: [
      ...base.nodes,
      {
        op: 'Gemm',
        inputs: ['features', 'head.weight', 'head.bias'],
        outputs: ['logits'],
        attributes: { transB: { i: 1 } },
      },
    ],
    outputs: [{ name: 'logits', dims: ['batch', classes] }, ...base.outputs],
  }
}
