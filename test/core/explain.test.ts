import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'

const RESOURCES = join(import.meta.dirname, '../../resources')
const SAMPLE = join(RESOURCES, 'samples/sample-01.jpg')

async function openSample(dataDir: string) {
  const { core, close } = await openTestCore(dataDir)
  const [outcome] = await openPaths(core, SAMPLE)
  const id = outcome?.caseId
  if (!id) throw new Error('the sample became no case')
  return { core, close, id }
}

it('gives the map of a case, as bytes over the whole image', async () => {
  const { core, id } = await openSample(join(temporaryFolder(), 'data'))
  const map = await ask(core, 'cases.explain', { id, method: 'cam' })
  const bytes = Buffer.from(map.values, 'base64')
  expect(bytes.length).toBe(map.width * map.height)
  expect(Math.max(...bytes)).toBeGreaterThan(200)
  expect(map).toMatchObject({ modelId: 'efl0-2', method: 'cam' })
  const { result } = await ask(core, 'cases.get', { id })
  expect(map.label).toBe(result?.label)
  expect(map.faithfulness?.whole).toBeCloseTo(result?.confidences[map.label] ?? 0, 3)
  expect((await ask(core, 'cases.explain', { id, method: 'cam', faithfulness: false })).faithfulness).toBeNull()
}, 60_000)

it('keeps it from a reader who has not said what they think, as the answer', async () => {
  const { core, id } = await openSample(join(temporaryFolder(), 'data'))
  await ask(core, 'reading.set', { on: true })
  await expect(ask(core, 'cases.explain', { id })).rejects.toThrow('impression-needed')
  await ask(core, 'cases.impression', { id, impression: 'glioma' })
  expect((await ask(core, 'cases.explain', { id, method: 'cam' })).modelId).toBe('efl0-2')
}, 60_000)

it('refuses a map by another model than the one that answered', async () => {
  const dataDir = join(temporaryFolder(), 'data')
  const { id, close } = await openSample(dataDir)
  await close()
  const { core } = await openTestCore(dataDir, { modelDir: join(RESOURCES, 'models/efl0-head-1') })
  await expect(ask(core, 'cases.explain', { id, method: 'cam' })).rejects.toThrow('explain-other-model')
}, 60_000)
