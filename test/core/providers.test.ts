import { join } from 'node:path'
import { expect, it } from 'vitest'
import { measureProviders } from '../../src/main/core/providers/measure.ts'
import { GyrusError } from '../../src/shared/errors.ts'
import type { FoundProvider, Measuring, ProviderOutcome } from '../../src/shared/providers.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'

it('measures beside reading, keeps what was found, and tells what reads', { timeout: 240_000 }, async () => {
  const data = temporaryFolder()
  const first = await openTestCore(data)
  const before = await ask(first.core, 'providers.get', {})
  expect(before).toMatchObject({ measured: null, measuring: null, failure: null })
  await ask(first.core, 'providers.measure', {})
  await expect
    .poll(async () => (await ask(first.core, 'providers.get', {})).measuring, { timeout: 60_000 })
    .toBeTruthy()
  const [opened] = await openPaths(first.core, await writePicture(temporaryFolder(), 'a.png'))
  expect(opened?.status).toBe('analysed')
  expect(await ask(first.core, 'providers.get', {})).toMatchObject({ measured: null, measuring: {} })
  const measured = async () => (await ask(first.core, 'providers.get', {})).measured
  await expect.poll(measured, { timeout: 180_000, interval: 500 }).toBeTruthy()
  await first.close()

  const { core } = await openTestCore(data)
  await expect.poll(async () => (await ask(core, 'providers.get', {})).used, { timeout: 60_000 }).toBeTruthy()
  const now = await ask(core, 'providers.get', {})
  expect(now.used).toMatchObject({ provider: 'onnxruntime-cpu', model: now.measured?.model })
  expect(Object.keys(now.measured?.outcomes ?? {})).toEqual(now.found.map(({ id }) => id))
  expect(now.measured?.outcomes['onnxruntime-cpu']).toMatchObject({ state: 'works', engine: now.used?.engine })
})

it('is cancelled without a trace', async () => {
  const { core } = await openTestCore(join(temporaryFolder(), 'data'))
  await ask(core, 'providers.measure', {})
  await ask(core, 'providers.cancel', {})
  expect(await ask(core, 'providers.get', {})).toMatchObject({ measured: null, measuring: null, failure: null })
})

const found: FoundProvider[] = ['a', 'b', 'c'].map((id) => ({ id, role: 'read' }))
const works: ProviderOutcome = { state: 'works', engine: 'x 1', difference: 0, single: 2, batch: 1 }
const options = { found, model: { dir: '/m' }, modelId: 'm', version: '1' }

it('goes on with the next provider where one brings its process down', async () => {
  const told: Measuring[] = []
  const following = { signal: new AbortController().signal, onProgress: (at: Measuring) => void told.push(at) }
  const tryProvider = async ({ provider }: { provider: string }) => {
    if (provider === 'b') throw new GyrusError('engine-crashed')
    return works
  }
  const { outcomes } = await measureProviders({ ...options, tryProvider }, following)
  expect(outcomes).toMatchObject({ a: works, b: { state: 'failed' }, c: works })
  expect(told.map(({ provider, share }) => [provider, share])).toEqual([
    ['a', 0],
    ['b', 1 / 3],
    ['c', 2 / 3],
  ])
})

it('ends where all would fail alike', async () => {
  const following = { signal: new AbortController().signal, onProgress: () => undefined }
  const tryProvider = () => Promise.reject(new GyrusError('model-altered', { model: 'm', file: 'model.onnx' }))
  await expect(measureProviders({ ...options, tryProvider }, following)).rejects.toMatchObject({
    code: 'model-altered',
  })
})
