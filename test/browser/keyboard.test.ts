import { expect } from 'vitest'
import { test } from '../support/browser.ts'
import { openPaths } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { row, startApp, visit, waitForImage } from './app.ts'

test('a reader needs no mouse from the list to the saved verdict', async ({ page }) => {
  const app = await startApp()
  for (const seed of [1, 2, 3]) await openPaths(app.core, await writePicture(app.folder, `scan ${seed}.png`, seed))
  await visit(page, app)
  await row(page, 'scan 3.png').waitFor()

  await page.keyboard.press('ArrowDown')
  await expect.poll(() => row(page, 'scan 2.png').getAttribute('aria-selected')).toBe('true')
  await page.keyboard.press('Enter')
  await waitForImage(page)
  expect(await page.title()).toContain('scan 2.png')

  await page.keyboard.press('d')
  await page.keyboard.press('2')
  await page.keyboard.press('c')
  await page.keyboard.type('a d t n: typed, not pressed')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Verdict saved').waitFor()
  // On to the next unread, going on from the top at the end of the list.
  await expect.poll(() => page.title()).toContain('scan 1.png')

  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => page.title()).toContain('scan 2.png')
  await page.getByText('a d t n: typed, not pressed').waitFor()

  await page.keyboard.press('n')
  await expect.poll(() => page.title()).toMatch(/scan [13]\.png/)
  await page.keyboard.press('Escape')
  await row(page, 'scan 2.png').filter({ hasText: 'Draft' }).waitFor()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => row(page, 'scan 2.png').getAttribute('aria-selected')).toBe('true')
})

test('a verdict begun is kept when the reader moves on by accident', async ({ page }) => {
  const app = await startApp()
  for (const seed of [1, 2]) await openPaths(app.core, await writePicture(app.folder, `scan ${seed}.png`, seed))
  await visit(page, app)
  await row(page, 'scan 2.png').dblclick()
  await waitForImage(page)

  await page.keyboard.press('a')
  await page.keyboard.press('c')
  await page.keyboard.type('half a sent')
  await page.keyboard.press('Escape')
  await page.keyboard.press('ArrowRight')
  await page.getByText('is kept with its case').waitFor()
  expect(await page.getByRole('textbox', { name: 'Comment' }).inputValue()).toBe('')

  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => page.getByRole('textbox', { name: 'Comment' }).inputValue()).toBe('half a sent')
  expect(await page.getByRole('radio', { name: 'Agree', exact: true }).isChecked()).toBe(true)
})

test('what was pressed with the mouse does not keep the keys', async ({ page }) => {
  const app = await startApp()
  for (const seed of [1, 2]) await openPaths(app.core, await writePicture(app.folder, `scan ${seed}.png`, seed))
  await visit(page, app)
  await row(page, 'scan 2.png').dblclick()
  await waitForImage(page)
  await page.getByRole('button', { name: 'Invert' }).click()
  await page.getByRole('radio', { name: 'Agree', exact: true }).click()
  await page.keyboard.press('Enter')
  await page.getByText('Verdict saved').waitFor()
  await expect.poll(() => page.title()).toContain('scan 1.png')
  await page.getByRole('radio', { name: 'Agree', exact: true }).click()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => page.title()).toContain('scan 2.png')
  await page.getByRole('region', { name: 'Verdicts on record' }).getByText('Agree').waitFor()
})

test('Escape closes the help and nothing behind it', async ({ page }) => {
  const app = await startApp()
  await openPaths(app.core, await writePicture(app.folder, 'scan.png'))
  await visit(page, app)
  await row(page, 'scan.png').dblclick()
  await waitForImage(page)
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()
  await page.keyboard.press('a')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(page.url()).toContain('#/case/')
  expect(await page.getByText('Not saved yet').count()).toBe(0)
})
