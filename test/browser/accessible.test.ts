import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { signInRole } from '../support/accounts.ts'
import { test } from '../support/browser.ts'
import { newCase } from '../support/cases.ts'
import { openPaths } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { tamper } from '../support/spoil.ts'
import {
  type App,
  chooseFolder,
  openFiles,
  openSection,
  PASSWORD,
  READER,
  row,
  startApp,
  startNewApp,
  visit,
  visitUnsigned,
  waitForImage,
} from './app.ts'
import { expectGood } from './good.ts'

async function appWithCases(): Promise<App> {
  const app = await startApp()
  const long = `${'a very long file name '.repeat(11)}.png`
  for (const [seed, name] of ['one.png', 'two.png', long].entries())
    await openPaths(app.core, await writePicture(app.folder, name, seed + 1))
  writeFileSync(join(app.folder, 'text.jpg'), 'no image at all')
  await openPaths(app.core, join(app.folder, 'text.jpg'))
  return app
}

test('setting up, signing in, locked, and a password that has to be changed', async ({ page }) => {
  const fresh = await startNewApp()
  await visitUnsigned(page, fresh.server.newAddress())
  await page.getByRole('heading', { name: 'Set up Gyrus' }).waitFor()
  // All of it is to be seen at once on the smallest screen.
  expect(await page.getByRole('main').evaluate((main) => main.scrollHeight - main.clientHeight)).toBe(0)
  await page.getByLabel('Name', { exact: true }).fill('-')
  await page.getByLabel('Full name').fill('x')
  for (const label of ['Password', 'Password again']) await page.getByLabel(label, { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByText('cannot be the name').waitFor()
  await expectGood(page)

  const app = await startApp()
  const oneTime = await app.core.accounts.administration.add({ name: 'b', fullName: 'B', role: 'auditor' }, READER)
  await visitUnsigned(page, app.server.newAddress())
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await expectGood(page)
  await page.getByLabel('Name', { exact: true }).fill('b')
  await page.getByLabel('Password').fill(oneTime)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Choose your own password' }).waitFor()
  await expectGood(page)
  await page.keyboard.press('Control+l')
  await page.getByRole('heading', { name: 'Locked' }).waitFor()
  await expectGood(page)
})

test('the accounts, their dialogs, and the menu of one’s own', async ({ page }) => {
  const app = await startApp()
  const { administration } = app.core.accounts
  const name = 'n'.repeat(40)
  await administration.add({ name, fullName: 'a very long full name '.repeat(4), role: 'radiologist' }, READER)
  await administration.addToken({ name, purpose: 'what it is for '.repeat(8), days: 3 }, READER)
  await visit(page, app)
  await openSection(page, 'Accounts')
  await page.getByRole('rowheader', { name }).first().waitFor()
  await expectGood(page)
  for (const button of ['New account', 'New token', `Deactivate ${name}`]) {
    await page.getByRole('button', { name: button }).click()
    await page.getByRole('dialog').waitFor()
    await expectGood(page)
    await page.keyboard.press('Escape')
  }
  await page.getByRole('button', { name: /^Account: / }).click()
  await page.getByRole('menuitem').first().waitFor()
  await expectGood(page)
  await page.getByRole('menuitem', { name: 'Change password' }).click()
  await page.getByRole('dialog', { name: 'Change password' }).waitFor()
  await expectGood(page)
})

test('first launch', async ({ page }) => {
  await visit(page, await startApp())
  await page.getByText('drop files and folders').waitFor()
  await expectGood(page)
})

test('the work list, its menus and dialogs', async ({ page }) => {
  await visit(page, await appWithCases())
  await row(page, 'one.png').waitFor()
  await expectGood(page)

  await page.locator('[aria-haspopup]').filter({ hasText: 'AI label' }).click()
  await page.getByRole('menuitemcheckbox').first().waitFor()
  await expectGood(page)
  await page.keyboard.press('Escape')

  await page.locator('[aria-haspopup]').filter({ hasText: 'Received' }).click()
  await page.getByText('Up to and including').waitFor()
  await expectGood(page)
  await page.keyboard.press('Escape')

  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys and mouse' }).waitFor()
  await expectGood(page)
  await page.getByRole('button', { name: 'Invert: I. Change' }).click()
  await expectGood(page)
  await page.keyboard.press('a')
  await page.getByRole('button', { name: 'Swap: it gets I' }).waitFor()
  await expectGood(page)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Reset all' }).click()
  await page.getByText('Reset all keys and mouse buttons?').waitFor()
  await expectGood(page)
  await page.keyboard.press('Escape')

  await page.getByRole('searchbox').fill('zzz')
  await page.getByText('No case matches').waitFor()
  await expectGood(page)
})

test('the review: undecided, disagreeing, decided, help, model card, maximised', async ({ page }) => {
  await visit(page, await appWithCases())
  await row(page, 'two.png').dblclick()
  await waitForImage(page)
  await expectGood(page)

  await page.keyboard.press('h')
  await page.keyboard.press('d')
  await page.getByText('What is it, in your opinion?').waitFor()
  await page.keyboard.press('5')
  await expectGood(page)
  await page.keyboard.press('1')
  await page.keyboard.press('2')
  await page.keyboard.press('Control+s')
  await page.getByRole('region', { name: 'Verdicts on record' }).waitFor()
  await expectGood(page)

  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()
  await expectGood(page)
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Model card' }).click()
  await page.getByText('Intended use').waitFor()
  await expectGood(page)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  await page.keyboard.press('m')
  await page.getByRole('button', { name: 'Restore' }).waitFor()
  await expectGood(page)
})

test('the review of a failed case and of one that is not there', async ({ page }) => {
  await visit(page, await appWithCases())
  await row(page, 'text.jpg').dblclick()
  await page.getByText('This scan could not be read').waitFor()
  await expectGood(page)

  await page.evaluate(() => {
    location.hash = '#/case/01a20b86-4415-7652-baa7-ec2261ff2f60'
  })
  await page.getByText('This case cannot be shown').waitFor()
  await expectGood(page)
})

test('the audit trail, verified, an entry of it, and broken', async ({ page }) => {
  const app = await appWithCases()
  await visit(page, app)
  await row(page, 'one.png').waitFor()
  await page.getByRole('link', { name: 'Audit' }).click()
  await row(page, 'Case received').first().waitFor()
  await expectGood(page)
  await page.getByRole('button', { name: 'Verify' }).click()
  await page.getByText('Sound:').waitFor()
  await expectGood(page)
  await page.getByRole('button', { name: /^Entry 3:/ }).click()
  await page.getByText('As recorded').waitFor()
  await expectGood(page)
  tamper(app.core.folder.database, (sqlite) => sqlite.exec(`update cases set file_name = 'x.png' where rowid = 1`))
  await page.getByRole('button', { name: 'Verify' }).click()
  await page.getByText('Sign nothing more here').waitFor()
  await expectGood(page)
})

test('the report and the history of a case, and a case that waits for the engine', async ({ page }) => {
  const app = await appWithCases()
  await visit(page, app)
  await row(page, 'one.png').dblclick()
  await waitForImage(page)
  for (const [key, name] of [
    ['e', 'Report of this case'],
    ['y', 'History'],
  ] as const) {
    await page.keyboard.press(key)
    await page.getByRole('dialog', { name }).waitFor()
    await expectGood(page)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog', { name }).waitFor({ state: 'detached' })
  }
  const waiting = newCase({ fileName: 'waiting.png' })
  await app.core.store.receive([waiting])
  await page.evaluate((id) => {
    location.hash = `#/case/${id}`
  }, waiting.id)
  await page.getByText('The image appears when').waitFor()
  await expectGood(page)
})

test('files on their way in, a folder to choose from, toasts, and no connection', async ({ page }) => {
  const app = await appWithCases()
  const folder = join(app.folder, 'study')
  mkdirSync(folder)
  for (const seed of [4, 5]) await writePicture(folder, `${seed}.png`, seed)
  await visit(page, app)
  await row(page, 'one.png').waitFor()
  await chooseFolder(page, folder)
  await page.getByText('2 images to open').waitFor()
  await expectGood(page)
  await page.keyboard.press('Escape')

  // Held up, so that there is something to be seen.
  const held = Promise.withResolvers<void>()
  await page.route('**/upload', (route) => held.promise.then(() => route.continue()))
  await openFiles(page, join(folder, '4.png'))
  await page.getByRole('progressbar').first().waitFor()
  await expectGood(page)
  held.resolve()
  await row(page, '4.png').waitFor()

  await row(page, 'one.png').dblclick()
  await waitForImage(page)
  await page.keyboard.press('Control+z')
  await page.getByText('There is nothing to undo').waitFor()
  await expectGood(page)
  await app.restart(async () => {
    await page.getByText('was it started again').waitFor()
    await expectGood(page)
  })
})

test('an auditor without any case is told so, and offered nothing', async ({ page }) => {
  const app = await startApp()
  await signInRole(app.core, 'auditor')
  await visit(page, app, 'the auditor')
  await page.getByText('No cases yet').waitFor()
  await expectGood(page)
  expect(await page.getByRole('main').getByRole('button').count()).toBe(0)
})
