import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { SHIPPED_MODEL } from '../../src/main/installation.ts'
import { DEFAULT_GATE } from '../../src/shared/gate.ts'
import { test } from '../support/browser.ts'
import { writePicture } from '../support/images.ts'
import { makeModel, swapLabels } from '../support/models.ts'
import { writeSmallSet } from '../support/small-set.ts'
import { openFiles, READER, row, startApp, visit } from './app.ts'
import { expectGood } from './good.ts'

const SLOW = 60_000
/** Of each class on each side. The less there is to learn from, the less may be asked of what learned. */
const EACH = 20
const PLAN = {
  ...DEFAULT_GATE,
  macroRecallMargin: 0.5,
  recallFloor: { glioma: 0.3, meningioma: 0.3, notumor: 0.3, pituitary: 0.3 },
  eceCeiling: 0.5,
  tumourCalledNoneCeiling: 0.3,
}

async function openPart(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Admin' }).click()
  await page.getByRole('navigation', { name: 'Parts of the admin panel' }).getByRole('link', { name }).click()
}

async function putInForce(page: Page, id: string, reason: string): Promise<void> {
  await openPart(page, 'Models')
  await page.getByRole('link', { name: id, exact: true }).first().click()
  await page.getByRole('button', { name: 'Put in force…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill(reason)
  await dialog.getByRole('button', { name: 'Judge it and put it in force' }).click()
}

/** Opens a new scan by the page, and waits for the model that reads it. */
async function readBy(page: Page, folder: string, seed: number, model: string): Promise<void> {
  await page.getByRole('link', { name: 'Work list' }).click()
  await openFiles(page, await writePicture(folder, `case-${seed}.png`, seed))
  await row(page, `case-${seed}.png`).filter({ hasText: model }).waitFor()
}

test('an administrator comes from labelled images to a better model, and back', { timeout: 360_000 }, async ({
  page,
  skip,
}) => {
  page.setDefaultTimeout(SLOW)
  const app = await startApp()
  const set = writeSmallSet(join(app.folder, 'department'), {}, EACH)
  if (!set) return skip('not run: the shared data folder is not there (GYRUS_SHARED)')
  await app.core.models.setGate(PLAN, READER)
  await visit(page, app)

  await openPart(page, 'Data sets')
  await page.getByRole('link', { name: 'Import a data set' }).click()
  await page.getByLabel('Name of the data set').fill('department')
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose the folder' }).click(),
  ])
  await chooser.setFiles(set.folder)
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByText('Imported as department@1.').waitFor()

  await page.getByRole('link', { name: 'department@1' }).click()
  await page.getByRole('button', { name: 'Leakage audit' }).click()
  await page.getByRole('button', { name: 'Run the audit' }).click()
  await page.getByText('Looked through').waitFor()
  await page.getByRole('article').filter({ hasText: set.copy }).getByText(set.original).waitFor()

  await openPart(page, 'Training')
  await page.getByRole('link', { name: 'New training' }).click()
  await page.getByRole('radio', { name: /^Last layer only/ }).check()
  await page.getByRole('button', { name: 'Start training' }).click()
  await page.getByText('Trained to the end.').waitFor({ timeout: 3 * SLOW })
  await page.getByRole('button', { name: 'Make it a model…' }).click()
  await page.getByLabel('Name', { exact: true }).fill('department-1')
  await page.getByRole('button', { name: 'Make the model' }).click()
  await page.getByText('department-1 is in the registry.').waitFor({ timeout: 3 * SLOW })
  await page.keyboard.press('Escape')

  await openPart(page, 'Models')
  await page.getByRole('button', { name: 'Lock a set…' }).click()
  await page.getByRole('dialog', { name: 'Lock a reference set' }).getByRole('button', { name: 'Lock it' }).click()
  await page.getByText('department@1 is the reference set now.').waitFor()
  await page.getByLabel('Second model').selectOption('department-1')
  await page.getByRole('button', { name: 'Compare' }).click()
  await page.getByRole('form', { name: 'Compare on a data set' }).getByRole('button', { name: 'Compare' }).click()
  await page.getByRole('heading', { name: /^On department@1: / }).waitFor()
  await expectGood(page)

  const graph = swapLabels('glioma', 'meningioma')
  await app.core.models.register(await makeModel(app.folder, 'swapped-1', { graph }), READER)
  await putInForce(page, 'swapped-1', 'it said it was better')
  await page.getByText('The gate refused swapped-1.').waitFor()
  const findings = page.getByRole('status').getByRole('table', { name: 'What the gate found' })
  expect(await findings.getByRole('row').filter({ hasText: 'Recall: Glioma' }).innerText()).toMatch(/no$/)
  await readBy(page, app.folder, 1, SHIPPED_MODEL)

  await putInForce(page, 'department-1', 'our own scans')
  await page.getByText('department-1 is in force now.').waitFor()
  await readBy(page, app.folder, 2, 'department-1')

  await openPart(page, 'Models')
  await page.getByRole('button', { name: 'Roll back…' }).click()
  await page.getByRole('dialog').getByLabel('Reason').fill('too few images after all')
  await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click()
  await page.getByText(`${SHIPPED_MODEL} is in force now.`).waitFor()
  await readBy(page, app.folder, 3, SHIPPED_MODEL)
  // The case tells for good which model read it.
  await row(page, 'case-2.png').filter({ hasText: 'department-1' }).waitFor()
})
