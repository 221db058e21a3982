import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { signInRole } from '../support/accounts.ts'
import { test } from '../support/browser.ts'
import { ask, openPaths } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { type App, PASSWORD, READER, row, startApp, visit, waitForImage } from './app.ts'

async function openOne(page: Page): Promise<{ app: App; id: string }> {
  const app = await startApp()
  const [outcome] = await openPaths(app.core, await writePicture(app.folder, 'one.png', 1))
  await visit(page, app)
  await row(page, 'one.png').dblclick()
  await waitForImage(page)
  return { app, id: outcome?.caseId as string }
}

const sign = (page: Page) => page.getByRole('button', { name: 'Sign', exact: true })
const history = (page: Page) => page.getByRole('region', { name: 'Verdicts on record' })

test('a verdict is a draft until it is signed, by key; then it takes an amendment only, with a reason', async ({
  page,
}) => {
  const { app, id } = await openOne(page)
  await page.keyboard.press('s')
  await page.getByText('Save a verdict first, then sign it.').waitFor()
  await page.keyboard.press('a')
  await page.keyboard.press('s')
  expect((await ask(app.core, 'cases.get', { id })).state).toBe('analysed')
  await page.keyboard.press('Control+s')
  await history(page).getByText('not signed').waitFor()
  await sign(page).waitFor()

  // What was begun is not what would be signed.
  await page.keyboard.press('t')
  await sign(page).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Discard' }).click()
  await page.keyboard.press('s')
  await page.getByText('Press S again to sign “Agree”.').waitFor()
  expect((await ask(app.core, 'cases.get', { id })).state).toBe('reviewed')
  await page.keyboard.press('s')
  await page.getByRole('region', { name: 'Signature' }).getByText(`Signed by ${READER}`).waitFor()
  expect(await page.getByRole('form').count()).toBe(0)
  expect((await ask(app.core, 'cases.get', { id })).state).toBe('signed')
  // The keys of a verdict do nothing now.
  await page.keyboard.press('d')
  expect(await page.getByText('What is it, in your opinion?').count()).toBe(0)

  await page.keyboard.press('u')
  await page.getByRole('form', { name: 'Amended verdict' }).waitFor()
  await page.keyboard.press('t')
  await page.getByText('Say why it is amended.').waitFor()
  const amend = page.getByRole('button', { name: 'Amend and sign' })
  expect(await amend.isDisabled()).toBe(true)
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id: rule, nodes }) => `${rule}: ${nodes[0]?.html}`)).toEqual([])
  await page.getByLabel('Reason').fill('Biopsy')
  await amend.waitFor()
  // On a laptop the caution stays in sight beside the longest form.
  await page.keyboard.press('Escape')
  await page.keyboard.press('d')
  await page.getByText('What is it, in your opinion?').waitFor()
  const panel = page.getByRole('region', { name: 'Second opinion' })
  const caution = panel.getByText('is not “healthy”').filter({ hasText: 'tumours “no tumour”' })
  const [text, around] = [await caution.boundingBox(), await panel.boundingBox()]
  expect(text && around && text.y + text.height <= around.y + around.height).toBe(true)
  await page.keyboard.press('5')
  await amend.click()
  await page.getByText('Amended and signed.').waitFor()
  await history(page).getByText('Amended: Biopsy').waitFor()
  // The first one, and that it was signed, stays in sight.
  await history(page)
    .getByRole('listitem')
    .filter({ hasText: 'superseded' })
    .getByText(/^signed /)
    .waitFor()
  await history(page).getByText('Agree', { exact: true }).waitFor()

  await page.keyboard.press('Escape')
  await row(page, 'one.png').getByText('Signed').waitFor()
  await page.getByRole('search').getByRole('button', { name: 'Status' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Signed' }).click()
  await page.getByText('1 found').waitFor()
})

test('an amendment that was begun is given up, or kept while another case is looked at', async ({ page }) => {
  const { app } = await openOne(page)
  await openPaths(app.core, await writePicture(app.folder, 'two.png', 2))
  await page.keyboard.press('a')
  await page.keyboard.press('Control+s')
  await sign(page).click()
  await page.getByRole('button', { name: 'Amend…' }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Amend…' }).click()
  await page.getByLabel('Reason').fill('Half a rea')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await row(page, 'two.png').dblclick()
  await waitForImage(page)
  await page.keyboard.press('Escape')
  await row(page, 'one.png').dblclick()
  await waitForImage(page)
  expect(await page.getByLabel('Reason').inputValue()).toBe('Half a rea')
})

test('nobody signs the verdict of someone else, and the page says why', async ({ page }) => {
  const { app, id } = await openOne(page)
  const other = await signInRole(app.core, 'radiologist')
  await app.core.request('cases.review', { id, verdict: 'agree' }, other)
  await page.getByText('On record: Agree').waitFor()
  expect(await sign(page).count()).toBe(0)
  await page.keyboard.press('s')
  await page.getByText('only its reader signs it').waitFor()
  expect((await ask(app.core, 'cases.get', { id })).state).toBe('reviewed')
})

test('an auditor sees who signed, and can amend nothing', async ({ page }) => {
  const { app, id } = await openOne(page)
  const { verdicts } = await ask(app.core, 'cases.review', { id, verdict: 'agree' })
  await ask(app.core, 'cases.sign', { id, verdict: verdicts[0]?.id as number })
  await signInRole(app.core, 'auditor')
  await page.keyboard.press('Control+l')
  await page.getByRole('button', { name: 'Sign in as someone else' }).click()
  await page.getByLabel('Name', { exact: true }).fill('the auditor')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Work list' }).waitFor()
  await page.goto(`${new URL(page.url()).origin}/#/case/${id}`)
  await page.getByRole('region', { name: 'Signature' }).getByText(`Signed by ${READER}`).waitFor()
  expect(await page.getByRole('button', { name: 'Amend…' }).count()).toBe(0)
  await page.keyboard.press('u')
  expect(await page.getByRole('form').count()).toBe(0)
})
