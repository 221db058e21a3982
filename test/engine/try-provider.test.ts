import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PROVIDERS } from '../../src/main/engine/infer/index.ts'
import { findProviders, tryProvider } from '../../src/main/engine/infer/try-provider.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { SHIPPED } from './support/shipped.ts'

const following = () => {
  const abort = new AbortController()
  const told: number[] = []
  const onProgress = ({ done, total }: { done: number; total: number }) => void told.push(done / total)
  return { abort, told, signal: abort.signal, onProgress }
}
const model = { dir: SHIPPED }

it('finds what reads first, in its order, then what else ONNX Runtime was built with, then what trains', async () => {
  const found = await findProviders()
  expect(found.slice(0, PROVIDERS.length)).toEqual(PROVIDERS.map(({ name }) => ({ id: name, role: 'read' })))
  expect(found.at(-1)).toEqual({ id: 'tensorflow', role: 'train' })
  const others = found.slice(PROVIDERS.length, -1)
  expect(others.every(({ id, role }) => /^onnxruntime-(?!cpu)/.test(id) && role === 'none')).toBe(true)
})

describe.each(PROVIDERS)('$name', ({ name }) => {
  it('is measured with the images that it was checked on', async () => {
    const follow = following()
    const outcome = await tryProvider({ provider: name, model, nativeDir: null }, follow)
    if (outcome.state !== 'works') throw new Error(JSON.stringify(outcome))
    expect(outcome.single).toBeGreaterThan(0.1)
    expect(outcome.batch).toBeGreaterThan(0.1)
    expect(outcome.difference).toBeLessThan(1e-3)
    expect(follow.told.at(-1)).toBe(1)
  })
})

it('says what an execution provider of ONNX Runtime lacks here, where it is no device of this machine', async () => {
  for (const { id } of (await findProviders()).filter(({ role }) => role === 'none')) {
    const outcome = await tryProvider({ provider: id, model, nativeDir: null }, following())
    if (outcome.state !== 'works') expect(outcome.reason).toMatch(/^[A-Z][^\n]*$/)
  }
})

it('finds no native engine where there is none', async () => {
  const outcome = await tryProvider({ provider: 'tensorflow', model, nativeDir: null }, following())
  expect(outcome).toMatchObject({ state: 'missing', reason: expect.stringContaining('no native engine') })
})

it('refuses what gives the golden images other answers', async () => {
  const dir = join(temporaryFolder(), 'other')
  cpSync(SHIPPED, dir, { recursive: true })
  const file = join(dir, 'model.json')
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { golden: { images: { probabilities: number[] }[] } }
  manifest.golden.images[0]?.probabilities.reverse()
  writeFileSync(file, JSON.stringify(manifest))
  const asked = { provider: 'onnxruntime-cpu', model: { dir }, nativeDir: null }
  const outcome = await tryProvider(asked, following())
  expect(outcome.state).toBe('refused')
})

it('ends when it is cancelled', async () => {
  const follow = following()
  follow.abort.abort()
  const asked = { provider: 'onnxruntime-cpu', model, nativeDir: null }
  await expect(tryProvider(asked, follow)).rejects.toMatchObject({ code: 'cancelled' })
  expect(follow.told).toHaveLength(1)
})
