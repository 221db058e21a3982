import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, expect } from 'vitest'
import { datasetFile } from '../../src/main/core/data-folder.ts'
import { signInRole } from '../support/accounts.ts'
import { test } from '../support/browser.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { makeModel, sampleSet, swapLabels } from '../support/models.ts'
import { type App, READER, startApp, visit } from './app.ts'
import { expectGood } from './good.ts'

const MODEL = 'swapped-1'
let made = ''
beforeAll(async () => {
  const cleanup = new Cleanup()
  made = temporaryFolder(cleanup.add)
  await makeModel(made, MODEL, { graph: swapLabels('glioma', 'meningioma') })
  return cleanup.run
})

/** With a model that calls gliomas and meningiomas by each other’s name, and the samples frozen. */
async function appWithModel(): Promise<App> {
  const app = await startApp()
  await app.core.models.register(join(made, MODEL), READER)
  const path = sampleSet(join(app.folder, 'samples'))
  const source = { kind: 'files', path, patients: null, map: {} } as const
  await app.core.datasets.import({ name: 'samples', source, by: READER })
  return app
}

async function openResults(page: Page, app: App, id: string, name = READER): Promise<void> {
  page.setDefaultTimeout(60_000)
  await visit(page, app, name)
  await page.getByRole('link', { name: 'Admin' }).click()
  await page.getByRole('navigation', { name: 'Parts of the admin panel' }).getByRole('link', { name: 'Models' }).click()
  await page.getByRole('link', { name: `Results of ${id}` }).click()
  await page.getByRole('heading', { name: `Results of ${id}` }).waitFor()
}

const cell = (page: Page, truth: string, called: string) =>
  page.getByRole('table', { name: 'Confusion matrix' }).getByRole('button', { name: `of ${truth}, called ${called}` })
const shownPictures = (page: Page) =>
  page
    .getByRole('region', { name: /called|errors/i })
    .getByRole('img')
    .evaluateAll((all) => all.filter((one) => (one as HTMLImageElement).naturalWidth > 0).length)

test('a model that was never measured says how to, is measured, and every cell opens its images', {
  timeout: 240_000,
}, async ({ page }) => {
  const app = await appWithModel()
  await openResults(page, app, MODEL)
  await page.getByText('It was not measured yet.').waitFor()
  await expectGood(page)
  await page.getByRole('form', { name: 'Measure on a data set' }).getByRole('button', { name: 'Measure' }).click()

  // What the core found, the page shows: counted, and opened cell by cell.
  await page.getByRole('table', { name: 'Confusion matrix' }).waitFor()
  const [column] = (await app.core.models.evaluations.get(MODEL, 'samples@1')).columns
  const swapped = column?.evaluation.confusion.counts[0]?.[1] ?? 0
  expect(swapped).toBeGreaterThan(0)
  await expect.poll(() => cell(page, 'Glioma', 'Meningioma').innerText()).toMatch(new RegExp(`^${swapped}\\b`))
  await cell(page, 'Glioma', 'Meningioma').click()
  await page.getByRole('heading', { name: `Glioma, called meningioma: ${swapped}` }).waitFor()
  await expect.poll(() => shownPictures(page)).toBe(swapped)
  await page.getByText('Is: Glioma').first().waitFor()

  // Each number says from which data, which model and when.
  const figures = page.getByRole('table', { name: 'Main figures' })
  await figures
    .getByRole('row', { name: /^Macro recall/ })
    .getByRole('button')
    .focus()
  const told = page.getByRole('tooltip').or(page.locator('.told-about')).first()
  await expect
    .poll(() => told.innerText())
    .toMatch(/swapped-1, weights [0-9a-f]{12}[\s\S]*measured \d{4}[\s\S]*12 images/)
  await page.keyboard.press('Escape')

  // Four at random: with the truth and what the model says, others when drawn again.
  const four = page.getByRole('region', { name: 'Four at random' })
  const names = () => four.locator('.file').allInnerTexts()
  await expect.poll(names).toHaveLength(4)
  const before = await names()
  await expect
    .poll(async () => {
      await four.getByRole('button', { name: 'Draw again' }).click()
      return names()
    })
    .not.toEqual(before)
  expect(await four.getByText(/^Is: /).count()).toBe(4)
  expect(await four.getByText(/^Says: /).count()).toBe(4)

  // Behind each chart a table with its points.
  const chart = page.getByRole('figure').filter({ hasText: 'ROC: tumour of any kind against none' })
  await chart.getByText('As a table').click()
  const rows = chart.getByRole('table').getByRole('row')
  expect(await rows.count()).toBe(1 + (column?.evaluation.curves.roc.length ?? 0))
  await page.getByText('Patients apart: not measured.').waitFor()
  await expectGood(page)

  // On a screen of four thousand pixels nothing runs out of it.
  await page.setViewportSize({ width: 3840, height: 2160 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(3840)
  expect((await chart.locator('svg').last().boundingBox())?.width).toBeGreaterThan(300)
})

test('what comes with Gyrus is there from the start, without pictures where its set is not here', {
  timeout: 240_000,
}, async ({ page }) => {
  const app = await startApp()
  await openResults(page, app, 'efl0-2')
  await page.getByText('0.26 % of the tumours are called “no tumour”: 9 of 3,440').waitFor()
  await page.getByRole('heading', { name: 'one by one: 9' }).waitFor()
  await page.getByText('No pictures: the data set that this was measured on is not here.').first().waitFor()
  await page.getByText('Training/pituitary/Tr-pi_1405.jpg').waitFor()
  await page.getByRole('button', { name: 'Test split as it is' }).click()
  await page.getByText('0.24 % of the tumours are called “no tumour”: 1 of 409').waitFor()
  await page.getByRole('heading', { name: 'one by one: 1' }).waitFor()
  await expectGood(page)

  await openResults(page, app, 'cnn-9')
  await page.getByText('2.4 % of the tumours are called “no tumour”: 10 of 409').waitFor()
  await page.getByText('A training whose weights do not come with Gyrus').waitFor()
  expect(await page.getByRole('form', { name: 'Measure on a data set' }).count()).toBe(0)
})

test('moved files and an altered model are said; an auditor looks and measures nothing', {
  timeout: 240_000,
}, async ({ page }) => {
  const app = await appWithModel()
  await signInRole(app.core, 'auditor')
  await openResults(page, app, MODEL)
  await page.getByRole('form', { name: 'Measure on a data set' }).getByRole('button', { name: 'Measure' }).click()
  await page.getByRole('table', { name: 'Confusion matrix' }).waitFor()

  const query = { kind: 'errors' } as const
  const { images } = await app.core.models.evaluations.images(MODEL, 'samples@1', 0, query)
  const { byFile } = await app.core.datasetManifests.of('samples', 1)
  const lost = byFile.get(images[0]?.file ?? '')?.sha256 ?? ''
  rmSync(datasetFile(app.core.folder, lost))
  await page.reload()
  await page.getByRole('button', { name: 'All errors' }).click()
  await page.getByText('1 picture cannot be shown').first().waitFor()
  await expect.poll(() => shownPictures(page)).toBe(images.length - 1)
  await expectGood(page)

  await openResults(page, app, MODEL, 'the auditor')
  await cell(page, 'Glioma', 'Meningioma').click()
  await page.getByRole('heading', { name: /^Glioma, called meningioma/ }).waitFor()
  expect(await page.getByRole('form', { name: 'Measure on a data set' }).count()).toBe(0)

  const card = join(app.core.folder.models, MODEL, 'card.json')
  writeFileSync(card, readFileSync(card, 'utf8').replace('"date":"2', '"date":"3'))
  await openResults(page, app, MODEL)
  await page.getByText('No results are shown of a model whose folder is not what it was.').waitFor()
  await page.getByRole('alert').getByText(`The model “${MODEL}” was changed after it was made (card.json).`).waitFor()
  expect(await page.getByRole('table', { name: 'Confusion matrix' }).count()).toBe(0)
  await expectGood(page)
})
