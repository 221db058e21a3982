import { join } from 'node:path'
import { expect, it } from 'vitest'
import { loadModel } from '../../src/main/engine/model/index.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { openPaths, openTestCore } from '../support/core.ts'
import { makeSet, request } from '../train/support.ts'

const ABOUT = { name: 'Made for a test', data: 'made-up heads', licence: 'none' }

it('a finished run becomes a model with a measured card, is put in force and reads the next scan', async () => {
  const folder = temporaryFolder()
  const set = await makeSet(join(folder, 'set'), 14, 6)
  const { core } = await openTestCore(join(folder, 'data'))
  const asked = request(set, {
    recipe: 'head',
    changes: { size: 64 },
    split: { by: 'patient', validation: 0.2 },
  })
  const run = await core.trainings.start(asked, 'Dr Test', 'mine')
  const summary = await core.trainings.outcome(run)
  const options = { id: 'mine-1', version: '1.2.0', about: ABOUT, folds: [], boxes: null }
  expect(await core.models.addRun(run, options, 'Dr Test')).toEqual({ id: 'mine-1', added: true })

  const model = await loadModel(join(core.folder.models, 'mine-1'))
  await model.dispose()
  expect(model.manifest).toMatchObject({ id: 'mine-1', temperature: summary.temperature, preprocessing: { size: 64 } })
  expect(model.card).toMatchObject({
    ...{ name: ABOUT.name, version: '1.2.0' },
    training: { data: ABOUT.data, seed: 1 },
  })
  expect(model.card.training.images).toEqual(summary.trainedOn)
  const test = model.card.results.find(({ name }) => name === 'Test split as it is')
  expect(test).toMatchObject({ n: 24, tumourCalledNone: { of: 18 }, noneCalledTumour: { of: 6 } })
  expect(test?.intervals.accuracy).toHaveLength(2)
  expect(model.card.shortcuts.length).toBeGreaterThan(0)

  await core.models.activate('mine-1', { by: 'Dr Test', reason: '', withoutReference: 'a test' })
  const [outcome] = await openPaths(core, join(set.root, 'Testing/glioma/0.png'))
  expect(outcome).toMatchObject({ status: 'analysed', modelId: 'mine-1' })
}, 120_000)

it('of a run that is not finished there is no model', async () => {
  const { core } = await openTestCore(temporaryFolder())
  const options = { id: 'a', version: '1', about: {}, folds: [], boxes: null }
  await expect(core.models.addRun('none', options, 'Dr Test')).rejects.toMatchObject({ code: 'training-run-unknown' })
})
