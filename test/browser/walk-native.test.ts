import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { DEFAULT_GATE } from '../../src/shared/gate.ts'
import { REAL_DATA_DIR, realEngine } from '../native-engine/real-engine.ts'
import { test } from '../support/browser.ts'
import { ask } from '../support/core.ts'
import { writeSmallSet } from '../support/small-set.ts'
import { READER, startApp, visit } from './app.ts'
import { expectGood } from './good.ts'

const SLOW = 150_000

test('a small network is trained natively from the screen, followed by its curves, and refused by the gate', {
  timeout: 900_000,
}, async ({ page, skip }) => {
  const engine = await realEngine()
  if ('reason' in engine) return skip(engine.reason)
  const app = await startApp()
  const set = writeSmallSet(join(app.folder, 'set'), {}, 12)
  if (!set) return skip('not run: the shared data folder is not there (GYRUS_SHARED)')
  mkdirSync(join(app.folder, 'data'), { recursive: true })
  symlinkSync(join(REAL_DATA_DIR, 'native-engine'), join(app.folder, 'data', 'native-engine'))
  await ask(app.core, 'datasets.import', { name: 'small', path: set.folder })
  const imported = () => ask(app.core, 'datasets.importStatus', {}).then(({ state }) => state)
  await expect.poll(imported, { timeout: SLOW }).toBe('done')
  await app.core.models.setGate(DEFAULT_GATE, READER)
  page.setDefaultTimeout(60_000)
  await visit(page, app)
  await page.getByRole('link', { name: 'Admin' }).click()

  await page.getByRole('link', { name: 'Compute', exact: true }).click()
  await page
    .getByText(/tensorflow 2\.\d+\.\d+/)
    .first()
    .waitFor()
  await page.getByRole('link', { name: 'Training', exact: true }).click()
  await page.getByRole('link', { name: 'New training' }).click()
  await page.getByRole('radio', { name: /^Small network from scratch \(9 layers\)/ }).check()
  await page.getByText('Changes of the recipe').click()
  await page.getByLabel('Image size, px').fill('64')
  await page.getByLabel('Epochs').fill('3')
  await page.getByRole('button', { name: 'Start training' }).click()
  await page.getByRole('img', { name: /Loss/ }).first().waitFor({ timeout: SLOW })
  await page.getByText('Trained to the end.').waitFor({ timeout: 2 * SLOW })
  await expectGood(page)
  const [run] = (await ask(app.core, 'training.list', {})).runs
  expect(run?.summary).toMatchObject({ engine: expect.stringContaining('tfjs-node'), request: { recipe: 'cnn-9' } })

  await page.getByRole('button', { name: 'Make it a model…' }).click()
  await page.getByLabel('Name', { exact: true }).fill('small-network')
  await page.getByRole('button', { name: 'Make the model' }).click()
  await page.getByText('small-network is in the registry.').waitFor({ timeout: SLOW })
  await page.keyboard.press('Escape')

  // Three epochs on 48 images are worse than what is in force, and the gate says by how much.
  await page.getByRole('link', { name: 'Models', exact: true }).click()
  await page.getByRole('button', { name: 'Lock a set…' }).click()
  await page.getByRole('dialog', { name: 'Lock a reference set' }).getByRole('button', { name: 'Lock it' }).click()
  await page.getByText('small@1 is the reference set now.').waitFor()
  await page.getByRole('link', { name: 'small-network', exact: true }).first().click()
  await page.getByRole('button', { name: 'Put in force…' }).click()
  await page.getByRole('dialog').getByLabel('Reason').fill('it is small')
  await page.getByRole('dialog').getByRole('button', { name: 'Judge it and put it in force' }).click()
  await page.getByText('The gate refused small-network.').waitFor({ timeout: SLOW })
})
