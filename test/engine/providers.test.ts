import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createSession, PROVIDERS } from '../../src/main/engine/infer/index.ts'
import { onnxruntime } from '../../src/main/engine/infer/onnxruntime.ts'
import { loadModel } from '../../src/main/engine/model/index.ts'
import type { Graph, Node } from '../../src/main/engine/onnx/graph.ts'
import { writeOnnx } from '../../src/main/engine/onnx/write.ts'
import { LABELS } from '../../src/shared/labels.ts'
import { SHIPPED } from './support/shipped.ts'

/** A network of one convolution over 3 channels, kernel all ones, stride 2. */
function convolution(kernel: number, group: 1 | 3): Uint8Array {
  const perGroup = 3 / group
  const weights = new Float32Array(3 * perGroup * kernel * kernel).fill(1)
  const node: Node = {
    op: 'Conv',
    inputs: ['input', 'weight', 'bias'],
    outputs: ['feature_map'],
    attributes: {
      auto_pad: { s: 'SAME_UPPER' },
      group: { i: group },
      kernel_shape: { ints: [kernel, kernel] },
      strides: { ints: [2, 2] },
    },
  }
  const graph: Graph = {
    name: 'convolution',
    inputs: [{ name: 'input', dims: ['batch', 3, 'height', 'width'] }],
    outputs: [{ name: 'feature_map', dims: ['batch', 3, 'h', 'w'] }],
    initialisers: new Map([
      ['weight', { type: 'float32', dims: [3, perGroup, kernel, kernel], data: weights }],
      ['bias', { type: 'float32', dims: [3], data: Float32Array.of(0, 100, 200) }],
    ]),
    nodes: [node],
  }
  return writeOnnx(graph)
}

it('falls through the providers and gives each one’s reason', async () => {
  await expect(createSession(Buffer.from('no network'))).rejects.toThrow(/onnxruntime-cpu: .*; tfjs-wasm: /s)
})

describe.each(PROVIDERS)('$name', (provider) => {
  it('pads an even side at its end only (TensorFlow’s SAME)', async () => {
    const session = await provider.createSession(convolution(3, 3), {})
    // Channel 0 counts 1 … 16; with the padding last, the windows begin at rows and columns 0 and 2.
    const input = Float32Array.from({ length: 48 }, (_, i) => (i < 16 ? i + 1 : 0))
    const [map] = await session.run(input, [1, 3, 4, 4], ['feature_map'])
    expect(map?.dims).toEqual([1, 3, 2, 2])
    expect([...(map?.data ?? [])]).toEqual([54, 45, 72, 54, 100, 100, 100, 100, 200, 200, 200, 200])
    await session.dispose()
  })

  it('pads an odd side on both sides, and sums over channels', async () => {
    const session = await provider.createSession(convolution(3, 1), {})
    const input = new Float32Array(27).fill(1)
    const [map] = await session.run(input, [1, 3, 3, 3], ['feature_map'])
    expect([...(map?.data ?? [])].slice(0, 8)).toEqual([12, 12, 12, 12, 112, 112, 112, 112])
    await session.dispose()
  })

  it('agrees with ONNX Runtime within 1e-4 on every output of the shipped network', async () => {
    const onnx = await readFile(join(SHIPPED, 'model.onnx'))
    const outputs = ['logits', 'features', 'feature_map']
    const dims = [2, 3, 160, 160]
    const input = Float32Array.from({ length: 2 * 3 * 160 * 160 }, (_, i) => Math.sin(i / 91) * Math.cos(i / 7001))
    const reference = await createSession(onnx, { providers: [onnxruntime] })
    const session = await provider.createSession(onnx, { threads: 1 })
    const expected = await reference.run(input, dims, outputs)
    const actual = await session.run(input, dims, outputs)
    expect(actual.map((output) => output.dims)).toEqual([
      [2, 4],
      [2, 1280],
      [2, 1280, 5, 5],
    ])
    for (const [i, { data }] of actual.entries()) {
      const other = expected[i]?.data ?? new Float32Array()
      const largest = data.reduce((most, value, k) => Math.max(most, Math.abs(value - (other[k] as number))), 0)
      expect(largest).toBeLessThan(1e-4)
      expect(Math.max(...data)).toBeGreaterThan(0.1)
    }
    await Promise.all([session.dispose(), reference.dispose()])
  })

  it('loads the shipped model and passes its golden images', async () => {
    const model = await loadModel(SHIPPED, { providers: [provider] })
    const { size } = model.manifest.preprocessing
    const [prediction] = await model.predict([new Float32Array(3 * size * size)])
    expect(LABELS.reduce((sum, label) => sum + (prediction?.confidences[label] ?? Number.NaN), 0)).toBeCloseTo(1, 6)
    await model.dispose()
  })

  it('refuses an output that the network has not', async () => {
    const session = await provider.createSession(convolution(3, 1), {})
    await expect(session.run(new Float32Array(27), [1, 3, 3, 3], ['logits'])).rejects.toThrow()
    await session.dispose()
  })

  it('refuses what is no network', async () => {
    await expect(provider.createSession(Buffer.from('no network'), {})).rejects.toThrow()
  })
})
