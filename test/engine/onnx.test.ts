import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createSession } from '../../src/main/engine/infer/index.ts'
import { restoreFloat32, storeAsFloat16 } from '../../src/main/engine/onnx/float16.ts'
import type { Graph } from '../../src/main/engine/onnx/graph.ts'
import { addHead } from '../../src/main/engine/onnx/head.ts'
import { readOnnx } from '../../src/main/engine/onnx/read.ts'
import { writeOnnx } from '../../src/main/engine/onnx/write.ts'

const BASE = join(import.meta.dirname, '../../resources/base-weights/efficientnet-lite0.onnx')

/** `features = mean over positions of (input × scale)`; one big constant besides. */
function tinyGraph(): Graph {
  return {
    name: 'tiny',
    inputs: [{ name: 'input', dims: ['batch', 3, 'height', 'width'] }],
    outputs: [{ name: 'features', dims: ['batch', 3] }],
    initialisers: new Map([
      ['scale', { type: 'float32', dims: [3, 1, 1], data: Float32Array.of(1, 10, 100) }],
      ['big', { type: 'float32', dims: [100, 100], data: Float32Array.from({ length: 1e4 }, (_, i) => i / 7) }],
      ['shape', { type: 'int64', dims: [2], data: BigInt64Array.of(-1n, 3n) }],
    ]),
    nodes: [
      { op: 'Mul', inputs: ['input', 'scale'], outputs: ['scaled'], attributes: {} },
      { op: 'GlobalAveragePool', inputs: ['scaled'], outputs: ['pooled'], attributes: {} },
      { op: 'Reshape', inputs: ['pooled', 'shape'], outputs: ['features'], attributes: {} },
    ],
  }
}

describe('writing and reading', () => {
  it('gives the same graph again', () => {
    const graph = tinyGraph()
    const [first] = graph.nodes
    if (first)
      first.attributes = {
        i: { i: -3 },
        f: { f: 0.5 },
        s: { s: 'SAME_UPPER' },
        ints: { ints: [2, 2] },
        floats: { floats: [1.5] },
      }
    expect(readOnnx(writeOnnx(graph))).toEqual(graph)
  })

  it('always writes the same bytes', () => {
    expect(writeOnnx(tinyGraph())).toEqual(writeOnnx(tinyGraph()))
  })

  it('is what ONNX Runtime reads', async () => {
    const session = await createSession(writeOnnx(tinyGraph()))
    const input = Float32Array.from([1, 3, 5, 7, 1, 1])
    const [features] = await session.run(input, [1, 3, 1, 2], ['features'])
    expect([...(features?.data ?? [])]).toEqual([2, 60, 100])
    await session.dispose()
  })

  it.each([
    ['no protobuf', Buffer.from('not a model')],
    ['nothing', new Uint8Array()],
  ])('refuses %s', (_, bytes) => {
    expect(() => readOnnx(bytes)).toThrow()
  })

  it('refuses a tensor that is too short for its shape', () => {
    const graph = tinyGraph()
    graph.initialisers.set('scale', { type: 'float32', dims: [4, 1, 1], data: Float32Array.of(1, 2, 3) })
    expect(() => readOnnx(writeOnnx(graph))).toThrow('“scale” has 3 values, its shape asks for 4')
  })
})

describe('float16 storage', () => {
  it('halves large constants and gives them back rounded', () => {
    const stored = readOnnx(writeOnnx(storeAsFloat16(tinyGraph())))
    expect(stored.initialisers.get('big.float16')?.type).toBe('float16')
    expect(stored.initialisers.get('scale')?.type).toBe('float32')
    const restored = restoreFloat32(stored)
    expect(restored.nodes).toEqual(tinyGraph().nodes)
    const big = restored.initialisers.get('big')
    // 100/7 = 14.2857…; halves have 11 significant bits, so steps of 1/128 there.
    expect(big?.data[100]).toBe(14.2890625)
    expect(big?.type).toBe('float32')
  })

  it('refuses what does not fit', () => {
    const graph = tinyGraph()
    graph.initialisers.set('big', { type: 'float32', dims: [8192], data: new Float32Array(8192).fill(70000) })
    expect(() => storeAsFloat16(graph)).toThrow('does not fit float16')
  })
})

describe('addHead', () => {
  it('computes logits = features · weightsᵀ + bias', async () => {
    const weights = Float32Array.from([1, 0, 0, 0.5, 0.5, 0.5])
    const graph = addHead(tinyGraph(), { weights, bias: Float32Array.of(7, -1) }, 'with head')
    const session = await createSession(writeOnnx(graph))
    const [logits, features] = await session.run(Float32Array.of(2, 3, 4), [1, 3, 1, 1], ['logits', 'features'])
    expect([...(features?.data ?? [])]).toEqual([2, 30, 400])
    expect([...(logits?.data ?? [])]).toEqual([9, 215])
    await session.dispose()
  })

  it('refuses a head of the wrong size', () => {
    expect(() => addHead(tinyGraph(), { weights: new Float32Array(8), bias: new Float32Array(2) }, 'x')).toThrow(
      '2 × 3',
    )
  })
})

it('the base network takes any batch and size and gives features and their map', async () => {
  const session = await createSession(await readFile(BASE))
  for (const [batch, height, width] of [
    [2, 160, 160],
    [1, 97, 224],
  ] as const) {
    const input = Float32Array.from({ length: batch * 3 * height * width }, (_, i) => Math.sin(i))
    const [features, map] = await session.run(input, [batch, 3, height, width], ['features', 'feature_map'])
    expect(features?.dims).toEqual([batch, 1280])
    expect(map?.dims).toEqual([batch, 1280, Math.ceil(height / 32), Math.ceil(width / 32)])
    const positions = Math.ceil(height / 32) * Math.ceil(width / 32)
    const mean = map?.data.subarray(0, positions).reduce((sum, value) => sum + value / positions, 0)
    expect(features?.data[0]).toBeCloseTo(mean ?? Number.NaN, 4)
  }
  await session.dispose()
})
