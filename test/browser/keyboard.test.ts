import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { test } from '../support/browser.ts'
import { ask, openPaths } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { row, startApp, visit, waitForImage } from './app.ts'

const NAMES = ['Glioma', 'Meningioma', 'Pituitary tumour', 'No tumour']

/** What the AI says of the open case. */
const opinion = async (page: Page) =>
  (await page.getByRole('list', { name: 'Confidence for each label' }).getByRole('listitem').first().innerText())
    .split('\n')[0]
    ?.trim() ?? ''

/** A digit that stands for something else than what the AI says. */
const otherDigit = async (page: Page) => ((await opinion(page)) === NAMES[0] ? '2' : '1')

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
  await page.keyboard.press(await otherDigit(page))
  await page.keyboard.press('c')
  await page.keyboard.type('a d t n: typed, not pressed')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Verdict saved').waitFor()
  // On to the next unread, going on from the top at the end of the list.
  await expect.poll(() => page.title()).toContain('scan 1.png')

  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => page.title()).toContain('scan 2.png')
  await page.getByText('a d t n: typed, not pressed', { exact: true }).waitFor()

  await page.keyboard.press('n')
  await expect.poll(() => page.title()).toMatch(/scan [13]\.png/)
  await page.keyboard.press('Escape')
  await row(page, 'scan 2.png')
    .filter({ hasText: /Read\b/ })
    .waitFor()
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

test('a digit always means the same label, and that of the AI cannot be chosen', async ({ page }) => {
  const app = await startApp()
  await openPaths(app.core, await writePicture(app.folder, 'scan.png'))
  await visit(page, app)
  await row(page, 'scan.png').dblclick()
  await waitForImage(page)
  await page.keyboard.press('d')
  const said = await opinion(page)
  for (const [index, name] of NAMES.entries()) {
    const radio = page.getByRole('radio', { name })
    expect(await radio.getAttribute('aria-keyshortcuts')).toBe(String(index + 1))
    await page.keyboard.press(String(index + 1))
    expect(await radio.isDisabled()).toBe(name === said)
    expect(await radio.isChecked()).toBe(name !== said)
  }
})

test('what is said of a saved verdict goes with its case, and with the next change', async ({ page }) => {
  const app = await startApp()
  for (const seed of [1, 2]) await openPaths(app.core, await writePicture(app.folder, `scan ${seed}.png`, seed))
  await visit(page, app)
  await row(page, 'scan 2.png').dblclick()
  await waitForImage(page)
  const saved = page.getByText(/^Verdict saved/)
  await page.keyboard.press('a')
  await page.keyboard.press('Control+s')
  await saved.waitFor()
  await page.getByText(/^On record: Agree, Dr Test, \d\d:\d\d$/).waitFor()
  await page.keyboard.press('t')
  await page.getByText('Not saved yet').waitFor()
  expect(await saved.count()).toBe(0)
  await page.keyboard.press('Control+s')
  await saved.waitFor()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => page.title()).toContain('scan 1.png')
  expect(await saved.count()).toBe(0)

  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => page.title()).toContain('scan 2.png')
  await page.keyboard.press('a')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.title()).toContain('scan 1.png')
  await page.getByText('Verdict saved for scan 2.png.').waitFor()
})

test('a comment says which keys save it, and lets go of the keys when it is saved', async ({ page }) => {
  const app = await startApp()
  for (const seed of [1, 2]) await openPaths(app.core, await writePicture(app.folder, `scan ${seed}.png`, seed))
  await visit(page, app)
  await row(page, 'scan 2.png').dblclick()
  await waitForImage(page)
  const next = page.getByRole('button', { name: 'Save and next unread' })
  expect(await next.innerText()).toContain('↵')
  expect(await next.innerText()).not.toContain('Ctrl')

  await page.keyboard.press('a')
  await page.keyboard.press('c')
  await expect.poll(() => next.innerText()).toContain('Ctrl ↵')
  await page.keyboard.type('seen')
  await page.keyboard.press('Control+s')
  await page.getByText('On record: Agree').waitFor()
  await page.keyboard.press('n')
  await expect.poll(() => page.title()).toContain('scan 1.png')
  expect(await page.getByText('Not saved yet').count()).toBe(0)

  // The last unread one stays open.
  await waitForImage(page)
  await page.keyboard.press('a')
  await page.keyboard.press('c')
  await page.keyboard.type('seen')
  await page.keyboard.press('Control+Enter')
  // Said once the next one was looked for; until then the comment keeps the keys.
  await page.getByText('No unread case is left in this list').waitFor()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => page.title()).toContain('scan 2.png')
})

/** Tab until what has the keys is called so; round again where the page has not got it yet. */
async function tabTo(page: Page, name: string): Promise<void> {
  const until = Date.now() + 10_000
  while (Date.now() < until) {
    await page.keyboard.press('Tab')
    const called = await page.evaluate(() => {
      const { activeElement: at } = document
      return at?.getAttribute('aria-label') ?? at?.textContent ?? ''
    })
    if (called.replace(/\s+/g, ' ').trim().startsWith(name)) return
  }
  throw new Error(`Tab does not come to “${name}”`)
}

test('sorting, filters, files, batches, the model card and the history need no mouse either', async ({ page }) => {
  const app = await startApp()
  const study = join(app.folder, 'study')
  mkdirSync(study)
  for (const seed of [1, 2, 3]) await writePicture(study, `scan ${seed}.png`, seed)
  await ask(app.core, 'scans.open', { paths: [study] })
  await visit(page, app)
  await row(page, 'scan 3.png').waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.role)).toBe('grid')

  // Listened for before the keys come to it: the browser is told to hand over its dialog, which takes a moment.
  const chooser = page.waitForEvent('filechooser')
  await tabTo(page, 'Open files')
  await page.keyboard.press('Enter')
  await (await chooser).setFiles(await writePicture(app.folder, 'own.png', 9))
  await row(page, 'own.png').waitFor()

  await tabTo(page, 'Verdict')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Agree')
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Disagree')
  for (const key of ['Enter', 'Escape']) await page.keyboard.press(key)
  await page.getByText('No case matches').waitFor()
  await tabTo(page, 'Clear filters')
  await page.keyboard.press('Enter')
  await row(page, 'own.png').waitFor()

  const file = page.getByRole('columnheader', { name: 'File' })
  await tabTo(page, 'File')
  await page.keyboard.press('Enter')
  await expect.poll(() => file.getAttribute('aria-sort')).toBe('ascending')

  await page.reload()
  await row(page, 'own.png').waitFor()
  await tabTo(page, 'Batches')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Batches' }).waitFor()
  await tabTo(page, 'study')
  await page.keyboard.press('Enter')
  await row(page, 'scan 1.png').waitFor()
  await tabTo(page, 'Files of the batch')
  await page.keyboard.press('Enter')
  await waitForImage(page)

  for (const [name, dialog] of [
    ['Model card', 'Intended use'],
    ['History', 'Case received'],
  ] as const) {
    await tabTo(page, name)
    await page.keyboard.press('Enter')
    await page.getByText(dialog).waitFor()
    await page.keyboard.press('Escape')
    await page.getByText(dialog).waitFor({ state: 'detached' })
    // The keys go on where they were.
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent?.trim())).toBe(name)
  }
})
