import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { test } from '../support/browser.ts'
import { ask, openPaths } from '../support/core.ts'
import { type App, row, startApp, visit, waitForImage, writeQuarters } from './app.ts'

async function openCase(page: Page): Promise<App> {
  const app = await startApp()
  await openPaths(app.core, await writeQuarters(join(app.folder, 'quarters.png'), [[0], [80], [160], [240]]))
  await visit(page, app)
  await row(page, 'quarters.png').dblclick()
  await waitForImage(page)
  return app
}

/** Where no image is needed. */
async function openList(page: Page): Promise<App> {
  const app = await startApp()
  await visit(page, app)
  await page.getByText('drop files and folders').waitFor()
  return app
}

async function openDialog(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Keys' }).click()
  await page.getByRole('dialog', { name: 'Keys and mouse' }).waitFor()
}

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

const keyOf = (page: Page, action: string) => page.getByRole('button', { name: new RegExp(`^${action}: .*Change$`) })

async function record(page: Page, action: string, key: string): Promise<void> {
  await keyOf(page, action).click()
  await page.keyboard.press(key)
}

async function dragFromMiddle(page: Page, dx: number, dy: number, button: 'left' | 'middle' | 'right') {
  const box = await page.locator('[data-page-keys]').boundingBox()
  if (!box) throw new Error('no image')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down({ button })
  await page.mouse.move(x + dx, y + dy, { steps: 5 })
  await page.mouse.up({ button })
}

test('a key that was changed works at once, shows wherever it is named, and is there after a restart', async ({
  page,
}) => {
  const app = await openCase(page)
  await openDialog(page)
  await record(page, 'Invert', '7')
  await record(page, 'Save the verdict', 'F2')
  await record(page, 'Next case', '6')
  await closeDialog(page)

  await page.keyboard.press('i')
  await page.keyboard.press('7')
  await page.getByText('inverted').waitFor()
  const invert = page.getByRole('button', { name: 'Invert' })
  expect(await invert.getAttribute('title')).toBe('Invert (7)')
  expect(await invert.getAttribute('aria-keyshortcuts')).toBe('7')
  expect(await invert.innerText()).toMatch(/Invert\s+7/)
  await page.keyboard.press('6')
  await page.getByText('This is the last case').waitFor()
  await page.keyboard.press('ArrowRight')
  await page.getByText('This is the last case').waitFor()

  await page.keyboard.press('t')
  await page.keyboard.press('c')
  await page.keyboard.type('76: typed')
  const save = page.getByRole('button', { name: 'Save', exact: true })
  expect(await save.innerText()).toMatch(/Save\s+F2/)
  await page.keyboard.press('F2')
  await page.getByText('Verdict saved').waitFor()
  await page.getByText('76: typed').first().waitFor()

  await app.restart()
  await visit(page, app)
  await row(page, 'quarters.png').dblclick()
  await waitForImage(page)
  await page.keyboard.press('7')
  await page.getByText('inverted').waitFor()
})

test('a taken key is swapped or left; a reserved one is refused; Escape leaves all as it was', async ({ page }) => {
  const app = await openList(page)
  await openDialog(page)
  await record(page, 'Invert', 'a')
  const group = page.getByRole('region', { name: 'Viewing the image' })
  await group.getByText('A is taken by “Agree”').waitFor()
  await page.keyboard.press('Escape')
  await group.getByText('A is taken by').waitFor({ state: 'detached' })
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('I')

  await record(page, 'Invert', 'a')
  await page.getByRole('button', { name: 'Swap: it gets I' }).click()
  await expect.poll(() => keyOf(page, 'Agree').innerText()).toBe('I')
  expect(await keyOf(page, 'Invert').innerText()).toBe('A')

  // An action without a key of its own has none to give.
  await record(page, 'Previous case', 'n')
  await page.getByRole('button', { name: 'Take it: it gets none' }).click()
  await expect.poll(() => keyOf(page, 'Next unread').innerText()).toBe('none')

  for (const key of ['Enter', 'Control+w', 'ArrowLeft', 'Alt+q']) {
    await record(page, 'Pan', key)
    await group.getByText('cannot be chosen').waitFor()
    expect(await keyOf(page, 'Pan').innerText()).toBe('P')
  }
  await keyOf(page, 'Pan').click()
  await page.keyboard.press('Escape')
  expect(await keyOf(page, 'Pan').innerText()).toBe('P')
  await keyOf(page, 'Pan').click()
  await page.keyboard.press('Tab')
  expect(await keyOf(page, 'Pan').innerText()).toBe('P')
  await expect
    .poll(async () => (await ask(app.core, 'preferences.get', {})).keys)
    .toEqual({ invert: 'a', agree: 'i', previous: 'n', 'next-unread': null })
})

test('one key or all of it can be put back', async ({ page }) => {
  const app = await openList(page)
  await openDialog(page)
  await record(page, 'Invert', 'a')
  await page.getByRole('button', { name: 'Swap' }).click()
  await record(page, 'Zoom', '7')
  await page.getByRole('combobox', { name: 'Left drag' }).selectOption('Nothing')

  await page.getByRole('button', { name: 'Reset Zoom to Z' }).click()
  await expect.poll(() => keyOf(page, 'Zoom').innerText()).toBe('Z')
  // What it had went to another action meanwhile.
  await page.getByRole('button', { name: 'Reset Invert to I' }).click()
  await page.getByRole('button', { name: 'Swap: it gets A' }).click()
  await expect.poll(() => keyOf(page, 'Agree').innerText()).toBe('A')

  await page.getByRole('button', { name: 'Reset all' }).click()
  await page.getByRole('button', { name: 'Reset', exact: true }).click()
  await expect.poll(() => page.getByRole('combobox', { name: 'Left drag' }).inputValue()).toBe('window')
  expect(await page.getByRole('button', { name: 'Reset all' }).isDisabled()).toBe(true)
  await expect
    .poll(() => ask(app.core, 'preferences.get', {}))
    .toEqual({ keys: {}, mouse: { left: 'window', middle: 'pan', right: 'zoom' } })
})

test('the mouse buttons do what the reader chose', async ({ page }) => {
  await openCase(page)
  const zoom = page.getByText(/^Zoom \d/)
  const values = page.getByText(/^W \d/)
  const [zoomed, window] = [await zoom.innerText(), await values.innerText()]
  await openDialog(page)
  await page.getByRole('combobox', { name: 'Left drag' }).selectOption('Zoom')
  await page.getByRole('combobox', { name: 'Middle drag' }).selectOption('Nothing')
  await page.getByRole('combobox', { name: 'Right drag' }).selectOption('Window/level')
  await closeDialog(page)
  expect(await page.getByRole('button', { name: 'Zoom' }).getAttribute('aria-pressed')).toBe('true')

  await dragFromMiddle(page, 60, 60, 'middle')
  expect([await zoom.innerText(), await values.innerText()]).toEqual([zoomed, window])
  await dragFromMiddle(page, 0, 60, 'right')
  await expect.poll(() => values.innerText()).not.toBe(window)
  expect(await zoom.innerText()).toBe(zoomed)
  await dragFromMiddle(page, 0, 60, 'left')
  await expect.poll(() => zoom.innerText()).not.toBe(zoomed)

  // A tool that is chosen stays while other roles change.
  await page.keyboard.press('l')
  await openDialog(page)
  await page.getByRole('combobox', { name: 'Middle drag' }).selectOption('Pan')
  await closeDialog(page)
  expect(await page.getByRole('button', { name: 'Length' }).getAttribute('aria-pressed')).toBe('true')
})

test('what is changed in one window is in force in the other', async ({ page }) => {
  const app = await openList(page)
  const other = await page.context().newPage()
  await visit(other, app)
  await openDialog(other)
  await openDialog(page)
  await record(other, 'Invert', '7')
  await expect.poll(() => keyOf(page, 'Invert').innerText()).toBe('7')
})

test('keys that cannot be kept are taken back, and the reader is told', async ({ page }) => {
  const app = await openList(page)
  await openDialog(page)
  await app.server.close()
  await record(page, 'Invert', '7')
  await page.getByRole('region', { name: 'Notifications' }).getByText('Gyrus does not answer').waitFor()
  await expect.poll(() => keyOf(page, 'Invert').innerText()).toBe('I')
})
