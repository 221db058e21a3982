import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { decodeFile } from '../../src/main/engine/decode/file.ts'
import { explainImage } from '../../src/main/engine/explain/index.ts'
import { loadModel } from '../../src/main/engine/model/index.ts'
import { preprocessPlaced } from '../../src/main/engine/preprocess/index.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { openPaths, openTestCore } from '../support/core.ts'
import { makeSet, request } from '../train/support.ts'

/** Where the head of 48 px lies in a picture of 192 px: far from its middle. */
const [SIDE, LEFT, TOP] = [192, 120, 20]

it('trains a model on the brain alone, which serves so and points to the right place', {
  timeout: 240_000,
}, async () => {
  const cleanup = new Cleanup()
  const folder = temporaryFolder(cleanup.add)
  const set = await makeSet(join(folder, 'set'), 14, 4)
  // Of one grey: no brain, so that it is used whole.
  const grey = sharp({ create: { width: 48, height: 48, channels: 3, background: '#404040' } })
  writeFileSync(join(set.root, 'Training/notumor/grey.png'), await grey.png().toBuffer())
  const { core } = await openTestCore(join(folder, 'data'), {}, cleanup.add)
  const split = { by: 'group', validation: 0.2 } as const
  const asked = request(set, { recipe: 'head', changes: { size: 160, brainMargin: 0.1 }, split })
  const summary = await core.trainings.outcome(await core.trainings.start(asked, 'Dr Test', 'cropped'))
  const spec = { region: 'brain', margin: 0.1, size: 160, version: expect.stringMatching(/-brain\d+-0\.1$/) }
  expect(summary.carriedOut?.preprocessing).toMatchObject(spec)
  expect(summary.notices).toContainEqual({ kind: 'no-brain', files: ['Training/notumor/grey.png'] })

  const options = { id: 'cropped-1', version: '1.0.0', about: {}, folds: [], tumours: [], boxes: null }
  await core.models.addRun('cropped', options, 'Dr Test')
  const model = await loadModel(join(core.folder.models, 'cropped-1'))
  cleanup.add(() => model.dispose())
  // Golden images proved at loading that it computes what it was trained with.
  expect(model.manifest.preprocessing).toMatchObject(spec)
  expect(model.card.architecture).toContain('box around the brain with 10 % of its longer side')

  await core.models.activate('cropped-1', { by: 'Dr Test', reason: '', withoutReference: 'a test' })
  const scan = join(folder, 'scan.png')
  await elsewhere(join(set.root, 'Testing/meningioma/0.png'), scan)
  const [outcome] = await openPaths(core, scan)
  expect(outcome).toMatchObject({ status: 'analysed', modelId: 'cropped-1' })

  // The bright spot of “meningioma” lies to the right in the head: some 0.6 of the way from its middle to its border.
  const image = await decodeFile({ path: scan })
  const { shown, noBrain } = preprocessPlaced(image, model.manifest.preprocessing)
  expect(noBrain).toBe(false)
  expect(shown.left * SIDE).toBeGreaterThan(LEFT - 4)
  expect((shown.left + shown.width) * SIDE).toBeLessThan(LEFT + 52)
  const { signal } = new AbortController()
  const { peak } = await explainImage(model, image, { label: 'meningioma', method: 'cam', faithfulness: false }, signal)
  const [x, y] = [peak.x * SIDE - LEFT, peak.y * SIDE - TOP]
  expect(x).toBeGreaterThan(24)
  expect(x).toBeLessThan(48)
  expect(Math.abs(y - 24)).toBeLessThan(12)
  await cleanup.run()
})

async function elsewhere(path: string, to: string): Promise<void> {
  const background = { r: 0, g: 0, b: 0 }
  await sharp(path)
    .extend({ left: LEFT, right: SIDE - LEFT - 48, top: TOP, bottom: SIDE - TOP - 48, background })
    .png()
    .toFile(to)
}
