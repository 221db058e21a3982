import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { SHIPPED_MODEL } from '../../src/main/installation.ts'
import { READER } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { openPaths, openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { makeModel, swapLabels } from '../support/models.ts'
import { query } from './support/server.ts'
import { makeDepartment } from './support/station.ts'

const OTHER = 'swapped-1'

async function activateOther(core: Core): Promise<void> {
  const made = await makeModel(temporaryFolder(), OTHER, { graph: swapLabels('glioma', 'meningioma') })
  await core.models.register(made, READER)
  const asked = { by: READER, reason: 'a test', withoutReference: 'a test' }
  expect((await core.models.activate(OTHER, asked)).activation).not.toBeNull()
}

const modelOf = (core: Core) => core.engine.status.model?.card.id

it('a model that is activated on one workstation is in force on all within seconds', async () => {
  const { station } = await makeDepartment()
  const a = await openTestCore(station('a'))
  const b = await openTestCore(station('b'))
  const picture = await writePicture(temporaryFolder(), 'slice.png')
  const [before] = await openPaths(b.core, picture)
  expect(before).toMatchObject({ modelId: SHIPPED_MODEL })
  await activateOther(a.core)
  await expect.poll(() => modelOf(b.core), { timeout: 20_000 }).toBe(OTHER)
  const [after] = await openPaths(b.core, picture)
  expect(after).toMatchObject({ modelId: OTHER })
})

it('a workstation that cannot use the model in force takes no work, and others do', async () => {
  const { station, files, database } = await makeDepartment()
  const a = await openTestCore(station('a'))
  await activateOther(a.core)
  const model = join(files, 'models', OTHER, 'model.onnx')
  const b = await openTestCore(station('b'), {
    modelDir: join(import.meta.dirname, '..', '..', 'resources', 'models', SHIPPED_MODEL),
  })
  appendFileSync(model, 'altered')
  // Some looks later it has still the model that it was begun with, and rests.
  await new Promise((done) => setTimeout(done, 4_000))
  expect(modelOf(b.core)).toBe(SHIPPED_MODEL)
  const folder = temporaryFolder()
  for (let seed = 0; seed < 40; seed++) await writePicture(folder, `${seed}.png`, seed)
  const outcomes = await openPaths(b.core, folder)
  expect(outcomes.every((one) => one.status === 'analysed' && one.modelId === OTHER)).toBe(true)
  expect(await query(database, 'select distinct model_id from gyrus.results')).toEqual([{ model_id: OTHER }])
})

it('a workstation that came with another model than the department began with takes no work', async () => {
  const { station, database } = await makeDepartment()
  const a = await openTestCore(station('a'))
  const [first] = await openPaths(a.core, await writePicture(temporaryFolder(), 'slice.png'))
  expect(first).toMatchObject({ modelId: SHIPPED_MODEL })
  const modelDir = await makeModel(temporaryFolder(), OTHER, { graph: swapLabels('glioma', 'meningioma') })
  const b = await openTestCore(station('b'), { modelDir })
  await expect.poll(() => modelOf(b.core), { timeout: 20_000 }).toBe(OTHER)
  const folder = temporaryFolder()
  for (let seed = 0; seed < 40; seed++) await writePicture(folder, `${seed}.png`, seed)
  const outcomes = await openPaths(b.core, folder)
  expect(outcomes.every((one) => one.status === 'analysed' && one.modelId === SHIPPED_MODEL)).toBe(true)
  expect(await query(database, 'select distinct model_id from gyrus.results')).toEqual([{ model_id: SHIPPED_MODEL }])
})
