import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { signInRole } from '../support/accounts.ts'
import { test } from '../support/browser.ts'
import { ask } from '../support/core.ts'
import { importMade, makeSet } from '../train/support.ts'
import { type App, startApp, visit } from './app.ts'
import { expectGood } from './good.ts'

/** Freezes a small set that a network can learn; the larger it is the longer its training takes. */
async function withSet(each: number): Promise<App> {
  const app = await startApp()
  await importMade(app.core, await makeSet(join(app.folder, 'set'), each, 2))
  return app
}

async function openTraining(page: Page, app: App): Promise<void> {
  await visit(page, app)
  await page.getByRole('link', { name: 'Admin' }).click()
  await page.getByRole('link', { name: 'Training', exact: true }).click()
  await page.getByRole('heading', { name: 'Training runs' }).waitFor()
}

/** Starts a training of the last layer from the screen, cropped to the brain with a margin or not; its page is open then. */
async function start(page: Page, margin?: string): Promise<void> {
  await page.getByRole('link', { name: 'New training' }).click()
  await page.getByRole('radio', { name: /^Last layer only/ }).check()
  await page.getByText('Changes of the recipe').click()
  await page.getByLabel('Image size, px').fill('64')
  const crop = page.getByRole('checkbox', { name: 'Crop images to the brain' })
  expect(await crop.isChecked()).toBe(false)
  if (margin) await cropTo(page, margin)
  await page.getByRole('button', { name: 'Start training' }).click()
  await page.getByRole('button', { name: /^(Cancel training|Make it a model…)$/ }).waitFor()
}

async function cropTo(page: Page, margin: string): Promise<void> {
  await page.getByRole('checkbox', { name: 'Crop images to the brain' }).check()
  const field = page.getByLabel('Margin', { exact: true })
  expect(await field.inputValue()).toBe('0.1')
  await expectGood(page)
  await field.fill(margin)
}

const runs = (core: Core) => ask(core, 'training.list', {}).then(({ runs }) => runs)

test('from the screen a training is started, followed to its end, and judged in words', async ({ page }) => {
  const app = await withSet(12)
  await openTraining(page, app)
  await page.getByText('No network has been trained here yet.').waitFor()
  await expectGood(page)
  await page.getByRole('link', { name: 'New training' }).click()
  const patients = page.getByRole('radio', { name: /^Patients kept apart/ })
  await patients.waitFor()
  expect(await patients.isChecked()).toBe(true)
  await page.getByRole('radio', { name: /^At random/ }).check()
  await page.getByText('76 % of the test images have a near-copy').waitFor()
  await expectGood(page)
  await patients.check()
  await page.getByRole('button', { name: 'Measure here' }).click()
  await page.getByText(/About .*, by a trial on this machine just now with 32 images of this set/).waitFor()
  await page.getByRole('button', { name: 'Show how images are varied' }).click()
  const sheet = page.getByRole('img', { name: /^Rows of brain slices/ })
  await sheet.waitFor()
  expect(await sheet.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(8 * 64)
  await expectGood(page)
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'All runs' }).click()
  await start(page, '0.2')
  await page.getByText('Trained to the end.').waitFor({ timeout: 150_000 })
  await page.getByText('Image size, px 64, Cropped to the brain, margin 0.2').waitFor()
  await page.getByText(/There were only \d+ images of Glioma, .* to learn from/).waitFor()
  await page.getByText('This recipe learns in one go').waitFor()
  await expectGood(page)
  await page.getByRole('button', { name: 'Make it a model…' }).click()
  await page.getByLabel('Name', { exact: true }).fill('trained-here')
  await page.getByRole('button', { name: 'Make the model' }).click()
  await page.getByText('trained-here is in the registry.').waitFor({ timeout: 150_000 })
  expect(await page.getByRole('link', { name: 'See the model' }).getAttribute('href')).toBe(
    '#/admin/models/trained-here',
  )
  expect((await ask(app.core, 'models.list', {})).map(({ id }) => id)).toContain('trained-here')
  await page.keyboard.press('Escape')
  const [run] = await runs(app.core)
  expect(run).toMatchObject({
    state: 'finished',
    set: { name: 'small', version: 1 },
    request: { recipe: 'head', changes: { size: 64, brainMargin: 0.2 }, split: { by: 'patient' }, seed: 1 },
  })
  await page.getByRole('link', { name: 'All runs' }).click()
  await page.getByRole('row').filter({ hasText: 'small@1' }).getByText('Finished').waitFor()
  await expectGood(page)
}, 300_000)

test('a training is cancelled, and resumed', async ({ page }) => {
  const app = await withSet(30)
  await openTraining(page, app)
  await start(page)
  await page.getByRole('button', { name: 'Cancel training' }).click()
  await page.getByRole('button', { name: 'End the training' }).click()
  await page.getByText('It was cancelled.').waitFor()
  expect(await runs(app.core)).toMatchObject([{ state: 'cancelled' }])
  await page.getByRole('button', { name: 'Resume' }).click()
  await page.getByText('Trained to the end.').waitFor({ timeout: 150_000 })
}, 300_000)

test('a training in whose middle Gyrus ends is interrupted, and goes on when it is resumed', async ({ page }) => {
  const app = await withSet(30)
  await openTraining(page, app)
  await start(page)
  await page.getByRole('progressbar').waitFor()
  await app.restart()
  await visit(page, app)
  await page.getByRole('link', { name: 'Admin' }).click()
  await page.getByRole('link', { name: 'Training', exact: true }).click()
  await page.getByText('Interrupted').waitFor()
  await page.getByRole('link', { name: /^head-/ }).click()
  await page.getByText('Gyrus ended in the middle of this run.').waitFor()
  await expectGood(page)
  await page.getByRole('button', { name: 'Resume' }).click()
  await page.getByText('Trained to the end.').waitFor({ timeout: 150_000 })
}, 300_000)

test('a search varies a setting, and shows its trials with the best one', async ({ page }) => {
  const app = await withSet(12)
  await openTraining(page, app)
  await page.getByRole('link', { name: 'New search' }).click()
  await page.getByRole('radio', { name: /^Last layer only/ }).check()
  await page.getByRole('button', { name: 'Start the search' }).click()
  await page.getByText('Choose at least one setting that is varied.').waitFor()
  await page.getByRole('checkbox', { name: 'Image size, px' }).check()
  await page.getByLabel('Image size, px, up to').fill('96')
  await page.getByLabel('Most trials').fill('2')
  await page.getByRole('radio', { name: /^Every one/ }).check()
  await expectGood(page)
  await page.getByRole('button', { name: 'Start the search' }).click()
  await page.getByText('Finished.').waitFor({ timeout: 150_000 })
  await page.getByText(/Best so far: trial [12], validation loss/).waitFor()
  await page.getByRole('img', { name: /^2 trials as lines/ }).waitFor()
  const first = page.getByRole('table', { name: 'Trials' }).locator('tbody tr').first()
  expect(await first.innerText()).toContain('64')
  const size = page.getByRole('button', { name: 'Image size, px' })
  await size.click()
  await size.click()
  expect(await first.innerText()).toContain('80')
  await expectGood(page)
}, 300_000)

test('an auditor looks at runs; a radiologist’s call that would start one is refused in the core, and logged', async ({
  page,
}) => {
  const app = await withSet(12)
  await signInRole(app.core, 'auditor')
  await visit(page, app, 'the auditor')
  await page.getByRole('link', { name: 'Admin' }).click()
  await page.getByRole('link', { name: 'Training', exact: true }).click()
  await page.getByText('No network has been trained here yet.').waitFor()
  expect(await page.getByRole('link', { name: 'New training' }).count()).toBe(0)
  await signInRole(app.core, 'radiologist')
  await visit(page, app, 'the radiologist')
  const data = {
    dataset: { name: 'small', version: 1 },
    recipe: 'head',
    changes: {},
    split: { by: 'patient' },
    seed: 1,
  }
  const base = new URL('/', page.url()).href
  const answer = await page.context().request.post(`${base}api/training.startOnSet`, { data })
  expect(await answer.json()).toMatchObject({ failure: { code: 'not-allowed' } })
  expect(await runs(app.core)).toEqual([])
  const { entries } = await ask(app.core, 'audit.list', { query: { acts: ['request.refused'] } })
  expect(entries.map(({ actor }) => actor)).toEqual(['the radiologist'])
  expect(entries[0]?.detail).toContain('training.startOnSet')
})
