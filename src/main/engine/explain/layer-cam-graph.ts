import type { Graph, Tensor } from '../onnx/graph.ts'
import { withGradient } from './backward.ts'
import { subgraph } from './subgraph.ts'

/** The last layer at stride 16, and the one that is pooled. */
const [LAYER, LAST] = ['block10', 'feature_map']
export const LAYER_CAM = 'layer_cam'

/**
 * A network of EfficientNet-Lite0's layers that gives LayerCAM of every class at once, `classes × 1 × side × side`, for one
 * image whose side is a multiple of 32.
 *
 * @param weights of the last layer, `classes × channels`
 * @throws Error where its layers are others
 */
export function layerCamGraph(whole: Graph, weights: Float32Array, classes: number): Graph {
  const seed: Tensor = { type: 'float32', dims: [classes, weights.length / classes, 1, 1], data: weights }
  const { graph, gradient } = withGradient(whole, { to: LAYER, from: LAST, seed })
  const axes: Tensor = { type: 'int64', dims: [1], data: BigInt64Array.of(1n) }
  const nodes = [
    ...graph.nodes,
    { op: 'Relu', inputs: [gradient], outputs: ['layer_cam.growing'], attributes: {} },
    { op: 'Mul', inputs: ['layer_cam.growing', LAYER], outputs: ['layer_cam.parts'], attributes: {} },
    { op: 'ReduceSum', inputs: ['layer_cam.parts', 'layer_cam.axes'], outputs: ['layer_cam.sum'], attributes: {} },
    { op: 'Relu', inputs: ['layer_cam.sum'], outputs: [LAYER_CAM], attributes: {} },
  ]
  const initialisers = new Map(graph.initialisers).set('layer_cam.axes', axes)
  return subgraph({ ...graph, nodes, initialisers }, [LAYER_CAM])
}
