import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, expect } from 'vitest'
import { SHIPPED_MODEL } from '../../src/main/installation.ts'
import { DEFAULT_GATE } from '../../src/shared/gate.ts'
import { signInRole } from '../support/accounts.ts'
import { test } from '../support/browser.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { openPaths } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { makeModel, nudge, sampleSet, swapLabels } from '../support/models.ts'
import { type App, downloaded, READER, startApp, visit } from './app.ts'
import { expectGood } from './good.ts'

const OTHER = 'the administrator'

let made = ''
beforeAll(async () => {
  const cleanup = new Cleanup()
  made = temporaryFolder(cleanup.add)
  await makeModel(made, 'good-1', { graph: nudge })
  await makeModel(made, 'swapped-1', { graph: swapLabels('glioma', 'meningioma') })
  return cleanup.run
})

/** With these models taken in and the samples frozen; what is asked is what twelve images can show. */
async function appWithModels(...ids: string[]): Promise<App> {
  const app = await startApp()
  for (const id of ids) await app.core.models.register(join(made, id), READER)
  const path = sampleSet(join(app.folder, 'samples'))
  await app.core.datasets.import({
    name: 'samples',
    source: { kind: 'files', path, patients: null, map: {} },
    by: READER,
  })
  const recallFloor = { glioma: 0.3, meningioma: 0.3, notumor: 0.3, pituitary: 0.3 }
  const gate = { ...DEFAULT_GATE, recallFloor, eceCeiling: 0.5, tumourCalledNoneCeiling: 0.4 }
  await app.core.models.setGate(gate, READER)
  return app
}

async function openModels(page: Page, app: App, name = READER): Promise<void> {
  // The gate reads in engines of its own, which a busy machine starts slowly.
  page.setDefaultTimeout(60_000)
  await visit(page, app, name)
  await page.getByRole('link', { name: 'Admin' }).click()
  await page.getByRole('navigation', { name: 'Parts of the admin panel' }).getByRole('link', { name: 'Models' }).click()
  await page.getByRole('table', { name: 'Models and results' }).waitFor()
}

const modelRow = (page: Page, id: string) =>
  page
    .getByRole('table', { name: 'Models and results' })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader').getByText(id, { exact: true }) })

/** Locks the whole set by the dialog. */
async function lockSamples(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Lock a set…' }).click()
  await page.getByRole('dialog', { name: 'Lock a reference set' }).getByRole('button', { name: 'Lock it' }).click()
  await page.getByText('samples@1 is the reference set now.').waitFor()
}

async function openModel(page: Page, id: string): Promise<void> {
  await page.getByRole('link', { name: id, exact: true }).first().click()
  await page.getByRole('heading', { name: new RegExp(`^${id}`) }).waitFor()
}

async function putInForce(page: Page, reason: string): Promise<void> {
  await page.getByRole('button', { name: 'Put in force…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill(reason)
  await dialog.getByRole('button', { name: 'Judge it and put it in force' }).click()
}

const readBy = async (app: App, seed: number) => {
  const [outcome] = await openPaths(app.core, await writePicture(app.folder, `${seed}.png`, seed))
  return outcome?.status === 'analysed' ? outcome.modelId : outcome?.status
}

test('the gate refuses a bad model and says why, takes a good one, which reads, and is rolled back', {
  timeout: 240_000,
}, async ({ page }) => {
  const app = await appWithModels('good-1', 'swapped-1')
  await openModels(page, app)
  for (const id of [SHIPPED_MODEL, 'efl0-head-1', 'cnn-9', 'cnn-24', 'good-1']) await modelRow(page, id).waitFor()
  await modelRow(page, 'cnn-9').getByText('result only').waitFor()
  await modelRow(page, SHIPPED_MODEL).getByText('Active').waitFor()
  await expectGood(page)
  await modelRow(page, 'cnn-9').getByRole('button', { name: '92.3 %' }).focus()
  await page.getByText('596 images').last().waitFor()

  await lockSamples(page)
  await openModel(page, 'swapped-1')
  await putInForce(page, 'looks better')
  await page.getByText('The gate refused swapped-1.').waitFor()
  const findings = page.getByRole('status').getByRole('table', { name: 'What the gate found' })
  const glioma = findings.getByRole('row').filter({ hasText: 'Recall: Glioma' })
  expect(await glioma.innerText()).toMatch(/at least 30\.0 %\s+0\.0 %\s+no/)
  await expectGood(page)
  expect(await readBy(app, 1)).toBe(SHIPPED_MODEL)

  await page.getByRole('link', { name: 'All models' }).click()
  await openModel(page, 'good-1')
  await putInForce(page, 'a quarter more images')
  await page.getByText('good-1 is in force now.').waitFor()
  expect(await readBy(app, 2)).toBe('good-1')

  await page.getByRole('link', { name: 'All models' }).click()
  await modelRow(page, 'good-1').getByText('Active').waitFor()
  const history = page.getByRole('table', { name: 'What was active when' })
  await history.getByText('a quarter more images').waitFor()
  await history.getByText('samples@1').waitFor()
  await page.getByRole('button', { name: 'Roll back…' }).click()
  await page.getByRole('dialog').getByLabel('Reason').fill('slower than thought')
  await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click()
  await page.getByText(`${SHIPPED_MODEL} is in force now.`).waitFor()
  await history.getByText('rolled back').waitFor()
  expect(await readBy(app, 3)).toBe(SHIPPED_MODEL)
})

test('two models side by side on a frozen set, and the report of one', { timeout: 240_000 }, async ({ page }) => {
  const app = await appWithModels('swapped-1')
  await openModels(page, app)
  // A model that tells sources apart scores well, too: what was found of that stands beside the scores.
  const shipped = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: SHIPPED_MODEL }) })
  await shipped.first().getByText('9.8 %').hover()
  await page.getByText(/Accuracy of this model with the head hidden.*: 28\.1 % of 595 images/).waitFor()
  await page.keyboard.press('Escape')
  await page.getByLabel('Second model').selectOption('swapped-1')
  await page.getByRole('button', { name: 'Compare' }).click()
  await page.getByRole('heading', { name: `${SHIPPED_MODEL} beside swapped-1` }).waitFor()
  await page.getByRole('form', { name: 'Compare on a data set' }).getByRole('button', { name: 'Compare' }).click()
  const { images } = await app.core.models
    .compare([SHIPPED_MODEL, 'swapped-1'], join(app.folder, 'samples'), {})
    .then(({ set }) => set ?? { images: [] })
  await page.getByRole('heading', { name: /^On samples@1: 12 images/ }).waitFor()
  const spoilt = images.filter(({ truth, first }) => truth === first)
  expect(spoilt.length).toBeGreaterThan(4)
  for (const { file } of spoilt) {
    const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: file }) })
    await row.scrollIntoViewIfNeeded()
    await row.getByText('Spoilt').waitFor()
    await expect
      .poll(() => row.getByRole('img').evaluate((img) => (img as HTMLImageElement).naturalWidth))
      .toBeGreaterThan(0)
  }
  await expectGood(page)

  await openModel(page, 'swapped-1')
  await page.getByRole('form', { name: 'Measure on a data set' }).getByRole('button', { name: 'Measure' }).click()
  const save = page.getByRole('button', { name: 'Save the report' })
  await save.waitFor()
  const { name, content } = await downloaded(page, () => save.click())
  expect(name).toBe('gyrus-swapped-1-samples-v1.html')
  expect(content.toString('utf8')).toMatch(/^<!doctype html>[\s\S]*swapped-1[\s\S]*head hidden/i)
})

test('one administrator proposes, another confirms, and an auditor only looks', { timeout: 240_000 }, async ({
  page,
}) => {
  const app = await appWithModels('good-1')
  for (const role of ['administrator', 'auditor'] as const) await signInRole(app.core, role)
  await openModels(page, app)
  await page.getByRole('button', { name: 'Change…' }).click()
  await page.getByRole('checkbox', { name: 'Two administrators' }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('The change plan is saved.').waitFor()
  await openModel(page, 'good-1')
  await page.getByRole('button', { name: 'Propose…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason', { exact: true }).fill('a better one')
  await dialog.getByLabel('Why without a reference set').fill('none yet')
  await expectGood(page)
  await dialog.getByRole('button', { name: 'Propose' }).click()
  await page.getByRole('link', { name: 'All models' }).click()
  await page.getByText('Another administrator has to confirm it.').waitFor()
  await expectGood(page)

  await openModels(page, app, 'the auditor')
  await page.getByText(`${READER} proposed to put good-1 in force`).waitFor()
  for (const name of ['Withdraw', 'Change…', 'Lock a set…', 'Judge it and put it in force'])
    expect(await page.getByRole('button', { name }).count()).toBe(0)

  await openModels(page, app, OTHER)
  await page.getByRole('button', { name: 'Judge it and put it in force' }).click()
  await page.getByText('good-1 is in force now.').waitFor()
  await page.getByText(`${OTHER}, proposed by ${READER}`).waitFor()

  // The rule cannot be switched off by one of them.
  await page.getByRole('button', { name: 'Change…' }).click()
  await page.getByRole('checkbox', { name: 'Two administrators' }).uncheck()
  await page.getByRole('button', { name: 'Save' }).click()
  const change = page.getByRole('region', { name: `${OTHER} proposed to change the plan` })
  await change.getByText('two administrators → one administrator').waitFor()
  await change.getByText('Another administrator has to confirm it.').waitFor()
  await expectGood(page)
  expect(await change.getByRole('button', { name: 'Confirm the change' }).count()).toBe(0)

  await openModels(page, app)
  await page.getByRole('button', { name: 'Confirm the change' }).click()
  await change.waitFor({ state: 'detached' })
  await page.getByText('one administrator', { exact: true }).waitFor()
})

test('a folder that was altered is named and cannot be put in force', { timeout: 240_000 }, async ({ page }) => {
  const app = await appWithModels('good-1')
  const file = join(app.core.folder.models, 'good-1', 'card.json')
  writeFileSync(file, readFileSync(file, 'utf8').replace('"weightsSha256":"', '"weightsSha256":"0'))
  await openModels(page, app)
  await modelRow(page, 'good-1').getByText('Cannot be used', { exact: true }).waitFor()
  await openModel(page, 'good-1')
  await page.getByRole('alert').getByText('card.json').waitFor()
  expect(await page.getByRole('button', { name: 'Put in force…' }).count()).toBe(0)
  await expectGood(page)
})
