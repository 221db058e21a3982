import { expect } from 'vitest'
import { READER, signInRole } from '../support/accounts.ts'
import { test } from '../support/browser.ts'
import { openPaths } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { openSection, PASSWORD, row, startApp, startNewApp, visit, visitUnsigned, waitForImage } from './app.ts'

test('the first launch asks for an administrator, by keyboard, and says what is wrong', async ({ page }) => {
  const app = await startNewApp()
  await visitUnsigned(page, app.server.newAddress())
  await page.getByRole('heading', { name: 'Set up Gyrus' }).waitFor()
  // Somebody else has the same page open.
  const other = await page.context().newPage()
  await other.goto(page.url())
  await other.getByRole('heading', { name: 'Set up Gyrus' }).waitFor()

  const type = async (...texts: string[]) => {
    for (const text of texts) {
      await page.keyboard.type(text)
      await page.keyboard.press('Tab')
    }
  }
  await expect
    .poll(() => page.getByLabel('Name', { exact: true }).evaluate((one) => one === document.activeElement))
    .toBe(true)
  await type('Dr First', 'Frida First', 'too short', 'too shorter')
  await page.keyboard.press('Enter')
  await page.getByText('The two passwords differ').waitFor()
  await page.getByLabel('Password again').fill('too short')
  await page.keyboard.press('Enter')
  await page.getByText('has 9 characters; at least 12').waitFor()
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByLabel('Password again').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Open sample scans' }).waitFor()
  expect(await app.core.store.accounts()).toMatchObject([{ name: 'Dr First', role: 'administrator' }])
  // It is the same browser, and the same session.
  await other.getByRole('button', { name: 'Account: Dr First' }).waitFor()
})

test('a lock by key hides all, and what was begun is there again for who began it, and for nobody else', async ({
  page,
}) => {
  const app = await startApp()
  await signInRole(app.core, 'radiologist')
  await openPaths(app.core, await writePicture(app.folder, 'one.png', 1))
  await visit(page, app)
  await row(page, 'one.png').dblclick()
  await waitForImage(page)
  await page.keyboard.press('c')
  await page.keyboard.type('half a sent')
  await page.keyboard.press('Control+l')
  await page.getByRole('heading', { name: 'Locked' }).waitFor()
  expect(await page.getByText('one.png').count()).toBe(0)
  expect(await page.title()).not.toContain('one.png')
  expect(await page.getByText('What you began is kept').isVisible()).toBe(true)

  await page.keyboard.type('a wrong password')
  await page.keyboard.press('Enter')
  await page.getByText('Name and password do not go together').waitFor()
  await page.waitForTimeout(1100)
  await page.getByRole('button', { name: 'Sign in as someone else' }).click()
  await page.getByLabel('Name', { exact: true }).fill('the radiologist')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.keyboard.press('Enter')
  // They begin at the work list: what is opened is looked at in their name.
  await row(page, 'one.png').dblclick()
  await waitForImage(page)
  expect(await page.getByRole('textbox', { name: 'Comment' }).inputValue()).toBe('')

  await page.keyboard.press('Control+l')
  await page.getByRole('button', { name: 'Sign in as someone else' }).click()
  await page.getByLabel('Name', { exact: true }).fill(READER)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await row(page, 'one.png').dblclick()
  await waitForImage(page)
  expect(await page.getByRole('textbox', { name: 'Comment' }).inputValue()).toBe('half a sent')
})

test('it warns before it locks an unattended page, and a key keeps it open', async ({ page }) => {
  const app = await startApp()
  await page.clock.install()
  await visit(page, app)
  await page.getByRole('button', { name: 'Open sample scans' }).waitFor()
  await page.clock.fastForward('14:20')
  await page
    .getByText(/Gyrus is locked in \d+ s/)
    .first()
    .waitFor()
  await page.keyboard.press('Shift')
  await page
    .getByText(/Gyrus is locked in/)
    .first()
    .waitFor({ state: 'detached' })
  await page.clock.fastForward('14:50')
  await page
    .getByText(/Gyrus is locked in/)
    .first()
    .waitFor()
  await page.clock.fastForward('00:20')
  await page.getByText('Nobody was here for a while').waitFor()
  // The core has ended the session as well.
  await page.reload()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
})

test('a new account gets a one-time password, which has to be changed', async ({ page }) => {
  const app = await startApp()
  await visit(page, app)
  await openSection(page, 'Accounts')
  await page.getByRole('button', { name: 'New account' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Dr New')
  await page.getByLabel('Full name').fill('Nora New')
  await page.getByRole('radio', { name: 'Auditor' }).check()
  await page.keyboard.press('Enter')
  const oneTime = await page.getByRole('dialog', { name: 'One-time password of Dr New' }).locator('output').innerText()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('row').filter({ hasText: 'Nora New' }).filter({ hasText: 'One-time password' }).waitFor()
  // The only administrator stays one, whatever is chosen.
  await page.getByLabel(`Role of ${READER}`).selectOption('auditor')
  await page.getByText('This is the last active administrator').waitFor()
  await expect.poll(() => page.getByLabel(`Role of ${READER}`).inputValue()).toBe('administrator')

  await page.keyboard.press('Control+l')
  await page.getByRole('button', { name: 'Sign in as someone else' }).click()
  await page.getByLabel('Name', { exact: true }).fill('dr new')
  await page.getByLabel('Password').fill(oneTime)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Choose your own password' }).waitFor()
  await page.getByLabel('The password that you were given').fill(oneTime)
  await page.getByLabel('New password', { exact: true }).fill('pebble ladder music 7')
  await page.getByLabel('New password again').fill('pebble ladder music 7')
  await page.keyboard.press('Enter')

  // They begin at the work list, wherever the one before them was.
  await page.getByRole('link', { name: 'Work list' }).waitFor()
  expect(new URL(page.url()).hash).toBe('#/')
  // An auditor, at the address of a page that is not theirs.
  await page.evaluate(() => {
    location.hash = '#/admin/accounts'
  })
  await page.getByRole('region', { name: 'Data sets', exact: true }).waitFor()
  expect(await page.getByRole('link', { name: 'Accounts' }).count()).toBe(0)
  for (const name of ['Open sample scans', 'Open files', 'New account']) {
    expect(await page.getByRole('button', { name }).count(), name).toBe(0)
  }
})

test('a page whose account is deactivated is locked at once', async ({ page }) => {
  const app = await startApp()
  const name = 'Dr Brief'
  const oneTime = await app.core.accounts.administration.add({ name, fullName: name, role: 'radiologist' }, READER)
  await visitUnsigned(page, app.server.newAddress())
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('Password').fill(oneTime)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Choose your own password' }).waitFor()
  await app.core.accounts.administration.setActive(name, false, READER)
  await page.getByText('The session has ended').waitFor()
})
