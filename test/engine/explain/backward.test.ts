import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { withGradient } from '../../../src/main/engine/explain/backward.ts'
import { LAYER_CAM, layerCamGraph } from '../../../src/main/engine/explain/layer-cam-graph.ts'
import { subgraph } from '../../../src/main/engine/explain/subgraph.ts'
import { createSession } from '../../../src/main/engine/infer/index.ts'
import type { Output } from '../../../src/main/engine/infer/provider.ts'
import { restoreFloat32 } from '../../../src/main/engine/onnx/float16.ts'
import type { Graph, Tensor } from '../../../src/main/engine/onnx/graph.ts'
import { readOnnx } from '../../../src/main/engine/onnx/read.ts'
import { writeOnnx } from '../../../src/main/engine/onnx/write.ts'
import { random } from '../../../src/shared/random.ts'
import { ACTIVE } from '../support/shipped.ts'

const SIZE = 64
const whole = restoreFloat32(readOnnx(readFileSync(join(ACTIVE, 'model.onnx'))))
const weights = (whole.initialisers.get('head.weight') as Tensor).data as Float32Array
const next = random(5)
const input = Float32Array.from({ length: 3 * SIZE * SIZE }, () => 2 * next() - 1)

async function run(graph: Graph, values: Float32Array, dims: number[], outputs: string[]): Promise<Output[]> {
  const session = await createSession(writeOnnx(graph), { threads: 1 })
  try {
    return await session.run(values, dims, outputs)
  } finally {
    await session.dispose()
  }
}

it('gives the gradient of a logit, as small steps along it show', async () => {
  const seed: Tensor = { type: 'float32', dims: [4, 1280, 1, 1], data: weights }
  const { graph, gradient } = withGradient(whole, { to: 'block10', from: 'feature_map', seed })
  const names = ['block10', gradient]
  const [layer, slope] = (await run(subgraph(graph, names), input, [1, 3, SIZE, SIZE], names)) as [Output, Output]
  expect(slope.dims).toEqual([4, ...layer.dims.slice(1)])
  // The rest of the network alone, from that layer on.
  const tail = whole.nodes.slice(whole.nodes.findIndex(({ outputs }) => outputs[0] === 'block10') + 1)
  const start = { op: 'Identity', inputs: ['input'], outputs: ['block10'], attributes: {} }
  const inputs = [{ name: 'input', dims: ['batch', 'channels', 'height', 'width'] }]
  const rest = subgraph({ ...whole, inputs, nodes: [start, ...tail] }, ['logits'])
  const logits = async (at: Float32Array) => ((await run(rest, at, [...layer.dims], ['logits'])) as [Output])[0].data
  for (const label of [0, 3]) {
    const own = slope.data.slice(label * layer.data.length, (label + 1) * layer.data.length)
    const norm = Math.hypot(...own)
    const step = (by: number) => layer.data.map((value, i) => value + (by * (own[i] as number)) / norm)
    const [up, down] = [await logits(step(0.05)), await logits(step(-0.05))]
    // The seed has the mean over four places as a sum.
    const rise = (((up[label] as number) - (down[label] as number)) / 0.1) * (SIZE / 32) ** 2
    expect(rise / norm).toBeCloseTo(1, 1)
  }
})

it('gives LayerCAM of every class, finer than the last layer and nowhere below 0', async () => {
  const graph = layerCamGraph(whole, weights, 4)
  const [map] = (await run(graph, input, [1, 3, SIZE, SIZE], [LAYER_CAM])) as [Output]
  expect(map.dims).toEqual([4, 1, SIZE / 16, SIZE / 16])
  expect(Math.min(...map.data)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...map.data)).toBeGreaterThan(0)
})

it('says what is not there', () => {
  expect(() => subgraph(whole, ['block99'])).toThrow('block99')
  const seed: Tensor = { type: 'float32', dims: [4, 1280, 1, 1], data: weights }
  expect(() => withGradient(whole, { to: 'feature_map', from: 'block10', seed })).toThrow('no way')
})
