import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { test } from '../support/browser.ts'
import { ask, openPaths } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { type App, openFiles, row, startApp, visit } from './app.ts'

/** File names in the order of the list. */
const names = (page: Page) => page.getByRole('row').getByRole('link').allInnerTexts()

async function appWithCases() {
  const app = await startApp()
  for (const [seed, name] of ['beta.png', 'alpha.jpg', 'gamma.png'].entries())
    await openPaths(app.core, await writePicture(app.folder, name, seed + 1))
  writeFileSync(join(app.folder, 'text.jpg'), 'no image at all')
  await openPaths(app.core, join(app.folder, 'text.jpg'))
  return app
}

test('newest first; a click on a column sorts, a second one turns round', async ({ page }) => {
  await visit(page, await appWithCases())
  await expect.poll(() => names(page)).toEqual(['text.jpg', 'gamma.png', 'alpha.jpg', 'beta.png'])
  const header = page.getByRole('columnheader', { name: 'Received' })
  expect(await header.getAttribute('aria-sort')).toBe('descending')
  await header.getByRole('button').click()
  await expect.poll(() => names(page)).toEqual(['beta.png', 'alpha.jpg', 'gamma.png', 'text.jpg'])
  expect(await header.getAttribute('aria-sort')).toBe('ascending')
})

test('every column sorts', async ({ page }) => {
  await visit(page, await appWithCases())
  await expect.poll(() => names(page)).toHaveLength(4)
  for (const header of await page.getByRole('columnheader').all()) {
    await header.getByRole('button').click()
    await expect.poll(() => header.getAttribute('aria-sort')).not.toBe('none')
    // The arrow that says how is there to be seen, in narrow columns too.
    await expect.poll(async () => (await header.locator('svg').boundingBox())?.width).toBeGreaterThan(10)
    await expect.poll(() => names(page)).toHaveLength(4)
  }
})

test('columns that no file fills take no room, and come when one does', async ({ page }) => {
  const app = await appWithCases()
  await visit(page, app)
  const heads = () => page.getByRole('columnheader').allInnerTexts()
  const plain = ['Status', 'File', 'Source', 'AI label', 'Conf.', 'Reader', 'Verdict', 'Model', 'Received']
  await expect.poll(heads).toEqual(plain)
  expect(await page.getByRole('grid').getAttribute('aria-colcount')).toBe('9')

  // No file that Gyrus reads yet says anything of itself; the record can hold it.
  const sqlite = new SQLite(app.core.folder.database)
  sqlite
    .prepare("update cases set patient_name = ?, description = ? where file_name = 'beta.png'")
    .run('DOE^JANE', 'MR HEAD T1C')
  sqlite.close()
  await openPaths(app.core, await writePicture(app.folder, 'delta.png', 9))
  const all = ['Status', 'Patient', 'Description', ...plain.slice(2)]
  await expect.poll(heads).toEqual(all)
  await expect.poll(() => names(page)).toEqual(['delta.png', 'text.jpg', 'gamma.png', 'alpha.jpg', 'MR HEAD T1C'])
  await page.getByRole('row').filter({ hasText: 'DOE^JANE' }).waitFor()
  // Not by what is found: nothing moves while the reader types.
  await page.getByRole('searchbox').fill('gamma')
  await expect.poll(() => names(page)).toEqual(['gamma.png'])
  expect(await heads()).toEqual(all)
})

test('search and filters narrow the list, and say so when nothing is left', async ({ page }) => {
  await visit(page, await appWithCases())
  await page.keyboard.press('/')
  await page.keyboard.type('alp')
  await expect.poll(() => names(page)).toEqual(['alpha.jpg'])
  await page.keyboard.press('Escape')
  await expect.poll(() => names(page)).toHaveLength(4)

  await page.getByRole('button', { name: 'Status', exact: true }).and(page.locator('[aria-haspopup]')).click()
  await page.getByRole('menuitemcheckbox', { name: 'Failed' }).click()
  await page.keyboard.press('Escape')
  await expect.poll(() => names(page)).toEqual(['text.jpg'])

  await page.getByRole('searchbox').fill('alp')
  await page.getByText('No case matches').waitFor()
  const clear = page.getByRole('button', { name: 'Clear filters' }).last()
  expect((await clear.boundingBox())?.height).toBeLessThan(48)
  await clear.click()
  await expect.poll(() => names(page)).toHaveLength(4)
})

test('keys go on being typed into the search when it finds something again', async ({ page }) => {
  await visit(page, await appWithCases())
  await page.keyboard.press('/')
  await page.keyboard.type('alx')
  await page.getByText('No case matches').waitFor()
  await page.keyboard.press('Backspace')
  await expect.poll(() => names(page)).toEqual(['alpha.jpg'])
  await page.keyboard.type('pha')
  await expect(page.getByRole('searchbox').inputValue()).resolves.toBe('alpha')
  await expect.poll(() => names(page)).toEqual(['alpha.jpg'])
})

test('files that are opened come in at the top, whatever was selected before', async ({ page }) => {
  const app = await appWithCases()
  await visit(page, app)
  await page.keyboard.press('End')
  await openFiles(page, ...(await Promise.all([1, 2].map((n) => writePicture(app.folder, `late-${n}.png`, 40 + n)))))
  await row(page, 'late-2.png').waitFor()
  await expect.poll(() => page.getByRole('row', { selected: true }).innerText()).toContain('late-')
})

test('a failed file says why and what to do, can be tried again where that may help, and can be dismissed', async ({
  page,
}) => {
  const app = await appWithCases()
  await visit(page, app)
  const failed = page.getByRole('row').filter({ hasText: 'text.jpg' })
  await failed.getByText('not an image').waitFor()
  await failed.getByText('Open a DICOM, JPEG, PNG, TIFF or WebP file.').waitFor()
  // It would be read no better.
  expect(await failed.getByRole('button').allInnerTexts()).toEqual(['Dismiss'])

  const whole = readFileSync(join(app.folder, 'beta.png'))
  writeFileSync(join(app.folder, 'half.png'), whole.subarray(0, whole.length / 2))
  const [opened] = await openPaths(app.core, join(app.folder, 'half.png'))
  const id = String(opened?.caseId)
  const half = page.getByRole('row').filter({ hasText: 'half.png' })
  await half.getByRole('button', { name: 'Try again: half.png' }).click()
  await page.getByText('half.png is being analysed again').waitFor()
  // The row says so before and after. A scan that is being read cannot be taken off the list.
  await expect.poll(async () => (await ask(app.core, 'cases.get', { id })).state).toBe('failed')
  await half.getByText('cut off').waitFor()
  await half.getByRole('button', { name: 'Dismiss' }).click()
  await half.waitFor({ state: 'detached' })

  await failed.dblclick()
  await page.getByRole('alert').getByText('This scan could not be read').waitFor()
  expect(await page.getByRole('alert').innerText()).toContain('Open a DICOM, JPEG')
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await page.getByText('text.jpg is off the work list. It stays on record').waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => names(page)).toEqual(['gamma.png', 'alpha.jpg', 'beta.png'])
})

test('a long list is fetched as it is looked at, and is as the reader left it after a case', async ({ page }) => {
  const app = await startApp()
  const folder = join(app.folder, 'many')
  mkdirSync(folder)
  for (let n = 0; n < 130; n++) await writePicture(folder, `scan ${String(n).padStart(3, '0')}.png`, n)
  await openPaths(app.core, folder)
  await visit(page, app)
  await page.getByRole('columnheader', { name: 'File' }).getByRole('button').click()
  await expect.poll(async () => (await names(page))[0]).toBe('scan 000.png')
  expect((await names(page)).length).toBeLessThan(60)

  await page.keyboard.press('End')
  const chosen = page.getByRole('row', { selected: true })
  await expect.poll(() => chosen.innerText()).toContain('scan 129.png')
  await page.keyboard.press('PageUp')
  await expect.poll(() => chosen.innerText()).toMatch(/scan 1[01]\d/)
  const name = /scan \d+\.png/.exec(await chosen.innerText())?.[0] ?? ''
  await page.keyboard.press('Enter')
  await expect.poll(() => page.title()).toContain(name)
  await page.keyboard.press('Escape')
  await expect.poll(() => chosen.innerText()).toContain(name)
  expect(await chosen.isVisible()).toBe(true)
})

test('controls in a file name do not turn its letters round', async ({ page }) => {
  const app = await startApp()
  await openPaths(app.core, await writePicture(app.folder, 'a\u202egpj.png'))
  await visit(page, app)
  await expect.poll(() => names(page)).toEqual(['a\ufffdgpj.png'])
})

test('a new case comes in at the top by itself, and what the reader chose stays chosen', async ({ page }) => {
  const app = await appWithCases()
  await visit(page, app)
  await expect.poll(() => names(page)).toHaveLength(4)
  await page.keyboard.press('ArrowDown')
  await openPaths(app.core, await writePicture(app.folder, 'delta.png', 9))
  await expect.poll(() => names(page)).toEqual(['delta.png', 'text.jpg', 'gamma.png', 'alpha.jpg', 'beta.png'])
  await expect.poll(() => page.getByRole('row', { selected: true }).innerText()).toContain('gamma.png')
})

/** As many cases as make the list longer than the screen, named `scan 000.png` and on. */
async function manyCases(app: App, from: number, to: number): Promise<void> {
  const folder = join(app.folder, `from ${from}`)
  mkdirSync(folder)
  for (let n = from; n < to; n++) await writePicture(folder, `scan ${String(n).padStart(3, '0')}.png`, n)
  await openPaths(app.core, folder)
}

test('new cases do not push the selected one out of sight', async ({ page }) => {
  const app = await startApp()
  await manyCases(app, 0, 4)
  await visit(page, app)
  await expect.poll(() => names(page)).toHaveLength(4)
  await page.keyboard.press('ArrowDown')
  const chosen = page.getByRole('row', { selected: true })
  const name = /scan \d+\.png/.exec(await chosen.innerText())?.[0] ?? ''
  await manyCases(app, 100, 140)
  await page.getByText('44 cases').waitFor()
  await expect.poll(() => chosen.innerText()).toContain(name)
  await expect.poll(() => onScreen(chosen)).toBe(true)
  await page.keyboard.press('Enter')
  await expect.poll(() => page.title()).toContain(name)
})

test('Enter shows a selected case that is out of sight, and opens it only then', async ({ page }) => {
  const app = await startApp()
  await manyCases(app, 0, 60)
  await visit(page, app)
  await page.getByText('60 cases').waitFor()
  await page.keyboard.press('ArrowDown')
  const chosen = page.getByRole('row', { selected: true })
  const name = /scan \d+\.png/.exec(await chosen.innerText())?.[0] ?? ''
  await page.mouse.move(700, 400)
  await page.mouse.wheel(0, 1500)
  await expect.poll(() => chosen.count()).toBe(0)
  await manyCases(app, 100, 103)
  await page.getByText('63 cases').waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(() => chosen.innerText()).toContain(name)
  expect(await onScreen(chosen)).toBe(true)
  expect(page.url()).not.toContain('#/case/')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.title()).toContain(name)
})

test('a case that was selected before its row came stays selected when others come in', async ({ page }) => {
  const app = await startApp()
  await manyCases(app, 0, 130)
  await visit(page, app)
  await page.getByText('130 cases').waitFor()
  await page.keyboard.press('End')
  const chosen = page.getByRole('row', { selected: true })
  await expect.poll(() => chosen.innerText()).toMatch(/scan \d+/)
  const name = /scan \d+\.png/.exec(await chosen.innerText())?.[0] ?? ''
  await manyCases(app, 200, 203)
  await page.getByText('133 cases').waitFor()
  await expect.poll(() => chosen.innerText()).toContain(name)
  await expect.poll(() => onScreen(chosen)).toBe(true)
})

/** Whether a row is whole on the screen, below the list's head. */
async function onScreen(row: Locator): Promise<boolean> {
  const [box, grid] = [await row.boundingBox(), await row.page().getByRole('grid').boundingBox()]
  if (!box || !grid) return false
  return box.y >= grid.y + 40 - 1 && box.y + box.height <= grid.y + grid.height + 1
}
