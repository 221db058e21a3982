import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { NewResult } from '../../src/main/store/types.ts'
import { test } from '../support/browser.ts'
import { anyCase, newResult, OUTSIDE } from '../support/cases.ts'
import { openPaths } from '../support/core.ts'
import { writeNoise, writePicture } from '../support/images.ts'
import { type App, row, startApp, visit, waitForImage } from './app.ts'

const shot = (page: Page, name: string) => page.screenshot({ path: join('.cache', 'input-gate', `${name}.png`) })
const panel = (page: Page) => page.getByRole('region', { name: 'Second opinion' })

/** A case with the answer of another model, which stands from now on. @returns its id */
async function openWith(app: App, name: string, result: Partial<NewResult>): Promise<string> {
  const [outcome] = await openPaths(app.core, await writePicture(app.folder, name))
  const id = outcome?.caseId ?? ''
  await app.core.store.addResult(newResult(id, result), 'Dr Test')
  return id
}

test('what is outside has no label on any screen; the numbers are shown to whoever asks; it is read by keyboard', async ({
  page,
}) => {
  const app = await startApp()
  await openPaths(app.core, await writeNoise(app.folder, 'noise.png'), await writePicture(app.folder, 'slice.png', 2))
  await visit(page, app)
  await row(page, 'noise.png').getByText('Not judged').waitFor()
  await shot(page, 'list')
  await row(page, 'noise.png').dblclick()
  await waitForImage(page)
  await page.getByRole('alert').getByText('The model does not judge this image.').waitFor()
  await page.getByRole('alert').getByText('unlike the images that the model learned from').waitFor()
  await shot(page, 'outside')
  expect(await panel(page).getByText('No tumour').filter({ visible: true }).count()).toBe(0)
  expect(
    await panel(page)
      .getByText(/^[<>]?\d\.\d\d$/)
      .filter({ visible: true })
      .count(),
  ).toBe(0)
  expect(await page.getByRole('radio', { name: 'Agree', exact: true }).count()).toBe(0)
  // There is nothing to agree with.
  await page.keyboard.press('a')
  await page.getByText('there is nothing to agree with').waitFor()
  await panel(page).getByText('Show the network’s numbers').click()
  await panel(page).getByText('they mean nothing').waitFor()
  await panel(page).getByText('No tumour').waitFor()
  await shot(page, 'outside-numbers')
  await page.keyboard.press('d')
  await page.getByText('What is it, in your opinion?').waitFor()
  await page.keyboard.press('2')
  await shot(page, 'outside-own')
  await page.keyboard.press('Control+s')
  await page.getByText(/On record: Own finding — /).waitFor()
  for (const _ of [1, 2]) await page.keyboard.press('s')
  await page.getByText('Verdict signed.').waitFor()
  await page.keyboard.press('y')
  await page.getByRole('dialog').getByText('Not judged').waitFor()
  await shot(page, 'outside-history')
})

test('it is read by mouse, found by a filter, and no label filter has it', async ({ page }) => {
  const app = await startApp()
  await openPaths(app.core, await writeNoise(app.folder, 'noise.png'), await writePicture(app.folder, 'slice.png', 2))
  await visit(page, app)
  await page.getByRole('button', { name: 'AI label' }).first().click()
  await page.getByRole('menuitemcheckbox', { name: 'Not judged' }).click()
  await page.keyboard.press('Escape')
  await page.getByText('1 found').waitFor()
  expect(page.url()).toContain('labels=unjudged')
  expect(await row(page, 'slice.png').count()).toBe(0)
  await row(page, 'noise.png').dblclick()
  await waitForImage(page)
  await page.getByText('My finding…').click()
  await page.getByText('Something else').click()
  await page.getByRole('textbox', { name: /^Comment/ }).fill('An epidermoid cyst')
  await page.getByRole('button', { name: /^Save(?! and)/ }).click()
  await page.getByText('On record: Own finding — Something else').waitFor()
  // What is signed is seen before it is: label and comment.
  await page.getByRole('form').getByText('“An epidermoid cyst”').waitFor()
  await page.locator('main').focus()
  await page.keyboard.press('s')
  await page.getByText('sign “Own finding — Something else”, with the comment “An epidermoid cyst”').waitFor()
})

test('borderline is answered under a caution with its reasons; near without one', async ({ page }) => {
  const app = await startApp()
  const gate = { verdict: 'borderline', reasons: ['noisy', 'cut'] } as const
  await openWith(app, 'doubtful.png', { gate: { ...gate, reasons: [...gate.reasons] }, set: ['glioma', 'meningioma'] })
  await openPaths(app.core, await writePicture(app.folder, 'near.png', 2))
  await visit(page, app)
  await row(page, 'doubtful.png').dblclick()
  await waitForImage(page)
  for (const reason of ['The picture is noisy', 'The head is cut off'])
    await page.getByRole('alert').getByText(reason).waitFor()
  await panel(page).getByText('Cannot be ruled out at 5 % error: glioma, meningioma').waitFor()
  await shot(page, 'borderline')
  await page.keyboard.press('a')
  await page.keyboard.press('Control+s')
  await page.getByText('On record: Agree').waitFor()
  await page.keyboard.press('Escape')
  await row(page, 'near.png').dblclick()
  await waitForImage(page)
  await panel(page).getByText('Made for single contrast-enhanced T1 slices').waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
  expect(await page.getByText('cannot be ruled out').count()).toBe(0)
})

test('a finding that was only begun is put back by Escape; what is no scan is dismissed when asked', async ({
  page,
}) => {
  const app = await startApp()
  await openPaths(app.core, await writeNoise(app.folder, 'letter.png'), await writePicture(app.folder, 'slice.png', 2))
  await visit(page, app)
  await row(page, 'letter.png').dblclick()
  await waitForImage(page)
  await page.keyboard.press('d')
  await page.getByText('What is it, in your opinion?').waitFor()
  await page.keyboard.press('Escape')
  await page.getByText('What is it, in your opinion?').waitFor({ state: 'detached' })
  await waitForImage(page)
  await panel(page).getByRole('button', { name: 'Dismiss' }).click()
  await shot(page, 'dismiss')
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await page.keyboard.press('Escape')
  await row(page, 'slice.png').dblclick()
  await panel(page).getByText('Made for single contrast-enhanced T1 slices').waitFor()
  // What has an answer is read.
  expect(await panel(page).getByRole('button', { name: 'Dismiss' }).count()).toBe(0)
  await page.keyboard.press('Escape')
  await row(page, 'letter.png').dblclick()
  await panel(page).getByRole('button', { name: 'Dismiss' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Dismiss' }).click()
  await page.getByText('letter.png is off the work list').waitFor()
  const { rows } = await app.core.store.listCases(anyCase, 0, 10)
  expect(rows.map(({ fileName }) => fileName)).toEqual(['slice.png'])
})

test('a model that is sure of no label says so as a caution; what is shown follows the numbers', async ({ page }) => {
  const app = await startApp()
  const gate = { verdict: 'near' as const, reasons: [] }
  const close = { glioma: 0.43, meningioma: 0.1, notumor: 0.39, pituitary: 0.08 }
  await openWith(app, 'unsure.png', { gate, confidences: close, set: [] })
  await visit(page, app)
  await row(page, 'unsure.png').dblclick()
  await waitForImage(page)
  await page.getByRole('alert').getByText('The model is sure of none').waitFor()
  await shot(page, 'sure-of-none')
  const apart = { glioma: 0.84, meningioma: 0.03, notumor: 0.02, pituitary: 0.11 }
  await page.keyboard.press('Escape')
  await openWith(app, 'left-out.png', { gate, confidences: apart, set: ['glioma', 'meningioma'] })
  await row(page, 'left-out.png').dblclick()
  await waitForImage(page)
  const words = panel(page).getByText('Cannot be ruled out at 5 % error: glioma, pituitary tumour, meningioma')
  expect(await words.getAttribute('title')).toContain('even a small probability counts')
})

test('an answer of a model that does not judge any more cannot be agreed with', async ({ page }) => {
  const app = await startApp()
  const id = await openWith(app, 'scan.png', {})
  await visit(page, app)
  await row(page, 'scan.png').dblclick()
  await waitForImage(page)
  await page.keyboard.press('a')
  await app.core.store.addResult(newResult(id, { modelId: 'third', ...OUTSIDE }), 'Dr Test')
  await page.keyboard.press('Control+s')
  await page.getByText('there is no answer to agree or disagree with').first().waitFor()
  expect((await app.core.store.getCase(id)).state).toBe('analysed')
})
