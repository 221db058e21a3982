import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { forkTaskEngine } from '../../src/main/compose.ts'
import { exportForTriton } from '../../src/main/core/models/export-triton.ts'
import { MODEL_DIR, SHIPPED_MODEL } from '../../src/main/installation.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { prepareByNote, probabilitiesByNote } from './support/by-note.ts'
import { startTriton } from './support/triton.ts'

interface Answer {
  status: number
  body: { error?: string; outputs?: { name: string; shape: number[]; data: (number | string)[] }[] }
}

/** One request by the protocol of KServe, with the images as bytes behind its head. */
async function ask(url: string, images: Float32Array[], side: number, parameters = {}): Promise<Answer> {
  const data = Buffer.concat(
    images.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
  )
  const input = { name: 'input', shape: [images.length, 3, side, side], datatype: 'FP32' }
  const head = JSON.stringify({
    inputs: [{ ...input, parameters: { binary_data_size: data.length } }],
    outputs: [{ name: 'logits', parameters }],
  })
  const headers = { 'Inference-Header-Content-Length': String(Buffer.byteLength(head)) }
  const answer = await fetch(`${url}/infer`, {
    method: 'POST',
    headers,
    body: Buffer.concat([Buffer.from(head), data]),
  })
  return { status: answer.status, body: (await answer.json()) as Answer['body'] }
}

it('is taken by Triton as it is, which gives the golden probabilities', async ({ skip }) => {
  const folder = temporaryFolder()
  const places = {
    shipped: join(MODEL_DIR, '..'),
    registered: join(folder, 'none'),
    defaultId: SHIPPED_MODEL,
    refresh: async () => undefined,
  }
  const parts = { places, store: { log: async () => undefined }, startEngine: forkTaskEngine }
  const repository = await exportForTriton(parts, SHIPPED_MODEL, join(folder, 'repository'), 'Dr A')
  const found = await startTriton(repository, onTestFinished)
  if ('reason' in found) return skip(found.reason)
  const url = `${found.url}/${SHIPPED_MODEL}`
  const dir = join(repository, SHIPPED_MODEL)
  const { golden, preprocessing, temperature } = JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8'))
  const { size } = preprocessing
  const images: Float32Array[] = await Promise.all(
    golden.images.map(({ file }: { file: string }) => prepareByNote(join(dir, file), preprocessing)),
  )

  const expectGolden = ({ status, body }: Answer, from: number, n: number) => {
    expect([status, body.error, body.outputs?.[0]?.shape]).toEqual([200, undefined, [n, 4]])
    const logits = body.outputs?.[0]?.data.map(Number) ?? []
    for (let i = 0; i < n; i++) {
      const probabilities = probabilitiesByNote(logits.slice(4 * i, 4 * i + 4), temperature)
      for (const [c, wanted] of golden.images[(from + i) % images.length].probabilities.entries()) {
        expect(Math.abs((probabilities[c] ?? Number.NaN) - wanted)).toBeLessThan(1e-5)
      }
    }
  }
  // Alone, beside each other (which Triton puts together), and as many in one request as it takes.
  expectGolden(await ask(url, images.slice(0, 1), size), 0, 1)
  const beside = await Promise.all(images.map((image) => ask(url, [image], size)))
  for (const [i, answer] of beside.entries()) expectGolden(answer, i, 1)
  const sixteen = [...images, ...images].slice(0, 16)
  expectGolden(await ask(url, sixteen, size), 0, 16)

  const more = await ask(url, [...sixteen, ...images.slice(0, 1)], size)
  expect([more.status, more.body.error]).toEqual([400, expect.stringContaining('batch-size must be <= 16')])
  const other = await ask(url, [new Float32Array(3 * 224 * 224)], 224)
  expect([other.status, other.body.error]).toEqual([400, expect.stringContaining('Expected [-1,3,192,192]')])

  const first = golden.images[0].probabilities as number[]
  const largest = first.indexOf(Math.max(...first))
  const called = await ask(url, images.slice(0, 1), size, { classification: 1 })
  const label = ['glioma', 'meningioma', 'notumor', 'pituitary'][largest]
  expect(called.body.outputs?.[0]?.data).toEqual([expect.stringMatching(new RegExp(`:${largest}:${label}$`))])
  const config = (await (await fetch(`${url}/config`)).json()) as Record<string, Record<string, unknown>>
  expect(config.parameters?.gyrus_preprocessing).toEqual({ string_value: preprocessing.version })
  expect(config.dynamic_batching).toBeDefined()
}, 600_000)
