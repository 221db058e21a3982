import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, inject, it } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { SHIPPED_MODEL } from '../../src/main/installation.ts'
import { READER } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { makeModel, sampleSet, swapLabels } from '../support/models.ts'
import { inStore } from './support/in-store.ts'

const found = inject('s3Server')
beforeEach(({ skip }) => {
  if (found.path === undefined) skip(found.reason)
})

const OTHER = 'swapped-1'
const modelOf = (core: Core) => core.engine.status.model?.card.id

async function twoStations() {
  const made = await inStore()
  const a = await openTestCore(made.department.station('a'))
  const b = await openTestCore(made.department.station('b'))
  return { ...made, a: a.core, b: b.core }
}

async function registerOther(core: Core): Promise<void> {
  const made = await makeModel(temporaryFolder(), OTHER, { graph: swapLabels('glioma', 'meningioma') })
  await core.models.register(made, READER)
}

it('a model that is activated on one workstation comes to the others by the store', async () => {
  const { a, b, s3 } = await twoStations()
  const picture = await writePicture(temporaryFolder(), 'slice.png')
  expect((await openPaths(b, picture))[0]).toMatchObject({ modelId: SHIPPED_MODEL })
  await registerOther(a)
  expect((await b.models.list()).map(({ id }) => id)).toContain(OTHER)
  const asked = { by: READER, reason: 'a test', withoutReference: 'a test' }
  expect((await a.models.activate(OTHER, asked)).activation).not.toBeNull()
  await expect.poll(() => modelOf(b), { timeout: 20_000 }).toBe(OTHER)
  expect((await openPaths(b, picture))[0]).toMatchObject({ modelId: OTHER })
  expect(s3.keys('dept').some((key) => key === `models/${OTHER}/tree.json`)).toBe(true)
})

it('a workstation that began while the store was away has the model when it answers', async () => {
  const { a, s3, department } = await twoStations()
  await registerOther(a)
  await a.models.activate(OTHER, { by: READER, reason: 'a test', withoutReference: 'a test' })
  await s3.stop()
  const { core: c } = await openTestCore(department.station('c'))
  await expect.poll(() => c.engine.status.state, { timeout: 20_000 }).toBe('failed')
  await s3.start()
  await expect.poll(() => modelOf(c), { timeout: 30_000 }).toBe(OTHER)
  expect(c.engine.status.state).toBe('ready')
}, 120_000)

it('a model that was altered in the store is refused, and its workstation rests', async () => {
  const { department, s3, a } = await twoStations()
  await registerOther(a)
  const { manifest } = await a.models.get(OTHER)
  writeFileSync(s3.fileOf('dept', `models/${OTHER}/${manifest?.weights.sha256}`), 'altered')
  const c = await openTestCore(department.station('c'))
  await expect(c.core.models.list()).rejects.toMatchObject({ code: 'files-altered' })
  expect(existsSync(join(c.core.folder.models, OTHER, manifest?.weights.file ?? ''))).toBe(false)
})

it('the plan, data sets, their pictures and audits, and what was measured are the same on all', async () => {
  const { a, b } = await twoStations()
  const gate = { ...(await a.models.gate()), eceCeiling: 0.0123 }
  await a.models.setGate(gate, READER)
  expect(await b.models.gate()).toEqual(gate)

  await registerOther(a)
  const path = sampleSet(join(temporaryFolder(), 'samples'))
  const source = { kind: 'files', path, patients: null, map: {} } as const
  const { set } = await a.datasets.import({ name: 'samples', source, by: READER })
  const there = await b.datasets.catalogue.summary(await b.datasets.catalogue.find('samples', 1))
  expect(there).toMatchObject({ sha256: set.sha256, images: set.images, problems: set.problems })
  const { manifest } = await b.datasetManifests.of('samples', 1)
  const [first] = manifest.images
  expect((await b.datasetPictures.thumbnail('samples', 1, first?.sha256 ?? '')).length).toBeGreaterThan(100)

  await ask(b, 'datasets.audit', { name: 'samples', version: 1 })
  await expect.poll(() => b.datasetAudits.status.state, { timeout: 60_000 }).toBe('done')
  expect(await a.datasetAudits.figures({ name: 'samples', version: 1 })).toMatchObject({ auditedBy: READER })

  await ask(b, 'models.evaluate', { id: OTHER, dataset: { name: 'samples', version: 1 } })
  await expect.poll(() => b.modelWork.status.state, { timeout: 60_000 }).toBe('done')
  const { evaluations } = await ask(a, 'models.evaluations', { id: OTHER })
  expect(evaluations.map(({ key }) => key)).toEqual(['samples@1'])
  const shown = await ask(a, 'models.evaluation', { id: OTHER, evaluation: 'samples@1' })
  expect(shown.columns[0]).toMatchObject({ evaluation: { n: 12 } })
}, 240_000)

it('a folder that somebody pushes is fetched as it is, what differs alone, and never in half', async () => {
  const { a, b, s3 } = await twoStations()
  const at = (core: Core, file = '') => join(core.folder.models, '..', 'runs', 'r1', file)
  const { files } = a.folder
  expect(await b.folder.files.pull('runs/r1')).toBe(false)
  mkdirSync(at(a, 'epochs'), { recursive: true })
  writeFileSync(at(a, 'run.json'), '{"epoch":1}')
  writeFileSync(at(a, 'epochs/1.bin'), 'weights of 1')
  await files.push('runs/r1')
  expect(await b.folder.files.pull('runs/r1')).toBe(true)
  expect(readFileSync(at(b, 'epochs/1.bin'), 'utf8')).toBe('weights of 1')

  writeFileSync(at(a, 'run.json'), '{"epoch":2}')
  writeFileSync(at(a, 'epochs/2.bin'), 'weights of 2')
  rmSync(at(a, 'epochs/1.bin'))
  await files.push('runs/r1')
  expect(s3.keys('dept').filter((key) => key.startsWith('runs/r1/'))).toHaveLength(3)
  await b.folder.files.pull('runs/r1')
  expect(readFileSync(at(b, 'run.json'), 'utf8')).toBe('{"epoch":2}')
  expect(readFileSync(at(b, 'epochs/2.bin'), 'utf8')).toBe('weights of 2')

  // What was altered here is put right, what was altered there is not read.
  writeFileSync(at(b, 'run.json'), 'spoilt')
  await b.folder.files.pull('runs/r1')
  expect(readFileSync(at(b, 'run.json'), 'utf8')).toBe('{"epoch":2}')
  writeFileSync(s3.fileOf('dept', 'runs/r1/tree.json'), '{"format":1,"files":[{"path":"../../x"}]}')
  await expect(b.folder.files.pull('runs/r1')).rejects.toMatchObject({ code: 'files-altered' })
  await files.push('runs/r1')
  expect(await b.folder.files.pull('runs/r1')).toBe(true)
  await files.drop('runs/r1')
  expect(await b.folder.files.pull('runs/r1')).toBe(false)
  expect(s3.keys('dept').filter((key) => key.startsWith('runs/'))).toEqual([])
})
