import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import SQLite from 'better-sqlite3'
import { expect } from 'vitest'
import { BANNER } from '../../src/shared/labels.ts'
import { test } from '../support/browser.ts'
import { ask } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { textOf } from '../support/pdf.ts'
import { type App, chooseFolder, READER, row, startApp, visit, waitForImage } from './app.ts'

async function writeStudy(app: App, pictures: number, name = 'study'): Promise<string> {
  const folder = join(app.folder, name)
  mkdirSync(join(folder, 'sub'), { recursive: true })
  for (let seed = 0; seed < pictures; seed++) await writePicture(folder, `${100 + seed}.png`, seed)
  await writePicture(join(folder, 'sub'), 'deep_t1ce.png', 999)
  return folder
}

/** Has the core classify a folder by its path, as the desktop shell does. */
async function startByPath(app: App, folder: string): Promise<string> {
  const input = { paths: [folder], options: { subFolders: true, filter: '', skipSeen: true } }
  return (await ask(app.core, 'batches.start', input)).id
}

/** Has the record wait with answers, until what is returned is called. */
function holdAnswers({ core: { store } }: App): () => void {
  const held = Promise.withResolvers<void>()
  const complete = store.complete.bind(store)
  store.complete = (results) => held.promise.then(() => complete(results))
  return () => {
    store.complete = complete
    held.resolve()
  }
}

test('a folder is opened as a batch, read in its order, and agreed with where it was opened', async ({ page }) => {
  const app = await startApp()
  const folder = await writeStudy(app, 5)
  writeFileSync(join(folder, 'broken.jpg'), 'no image')
  await visit(page, app)
  await chooseFolder(page, folder)
  await page.getByText('7 images to open').waitFor()
  await page.getByLabel('With its sub-folders').uncheck()
  await page.getByText('6 images to open').waitFor()
  await page.getByLabel('Only names like').fill('*_t1ce*')
  await page.getByText('0 images to open').waitFor()
  expect(await page.getByRole('button', { name: 'Start' }).isDisabled()).toBe(true)
  await page.getByLabel('Only names like').fill('')
  await page.getByRole('button', { name: 'Start' }).click()

  await page.getByText('Completed').waitFor()
  await page.getByText('6 of 6 · 1 failed').waitFor()
  await page.getByText(BANNER).waitFor()
  await row(page, '100.png').waitFor()
  await row(page, 'broken.jpg').filter({ hasText: 'not an image' }).waitFor()
  const found = page.getByRole('region', { name: 'What was found' })
  await found.getByRole('row', { name: 'Failed 1' }).waitFor()

  // Nothing was opened: there is nothing to agree with.
  await page.getByRole('button', { name: 'Select opened' }).click()
  expect(await page.getByRole('button', { name: 'Agree with selected' }).isDisabled()).toBe(true)
  const names = () => page.getByRole('gridcell').getByRole('link').allInnerTexts()
  const order = await names()
  await page.getByRole('grid').press('Enter')
  await waitForImage(page)
  await page
    .getByText(order[0] as string)
    .first()
    .waitFor()
  await page.keyboard.press('ArrowRight')
  await page.waitForFunction((name) => document.title.startsWith(name), order[1] as string)
  await waitForImage(page)
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { name: 'study' }).waitFor()
  await page.getByText('Opened by you').nth(1).waitFor()
  await page.getByRole('button', { name: 'Select opened' }).click()
  await page.getByRole('button', { name: 'Agree with selected (2)' }).click()
  await page.getByText('Agreed with 2 cases.').waitFor()
  await row(page, order[0] as string)
    .filter({ hasText: `${READER} Agree` })
    .waitFor()

  // Agreed with, they are drafts of this reader, who signs them here, too.
  expect(await page.getByRole('button', { name: 'Sign selected' }).isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'Select opened' }).click()
  expect(await page.getByRole('button', { name: 'Agree with selected' }).isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'Sign selected (2)' }).click()
  await page.getByText('Signed 2 cases.').waitFor()
  await row(page, order[0] as string)
    .filter({ hasText: 'Signed' })
    .waitFor()
  expect(await names()).toEqual(order)
})

test('files are filtered by label, status and confidence, and a batch is exported', async ({ page }) => {
  const app = await startApp()
  const folder = await writeStudy(app, 4)
  writeFileSync(join(folder, 'broken.jpg'), 'no image')
  const id = await startByPath(app, folder)
  await visit(page, app)
  await page.getByRole('link', { name: 'Batches' }).click()
  await page
    .getByRole('row', { name: /study Completed/ })
    .getByText('6 of 6')
    .waitFor()
  await page.getByRole('link', { name: 'study' }).click()
  await page.getByText('6 files').waitFor()
  await page.getByRole('button', { name: 'Status' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Failed' }).click()
  await page.keyboard.press('Escape')
  await page.getByText('1 file', { exact: true }).waitFor()
  expect(await page.getByRole('gridcell').getByRole('link').allInnerTexts()).toEqual(['broken.jpg'])
  await page.getByRole('button', { name: 'Clear filters' }).click()

  // Answers that are known beforehand.
  const sqlite = new SQLite(app.core.folder.database)
  const change = sqlite.prepare(`update batch_files set label = ?, confidence = ?, calm = ? where path like ?`)
  for (const [file, label, confidence, calm] of [
    ['100.png', 'glioma', 0.99, 0.01],
    ['101.png', 'glioma', 0.7, 0.2],
    ['102.png', 'meningioma', 0.6, 0.3],
    ['103.png', 'notumor', 0.97, 0.9],
    ['deep_t1ce.png', 'notumor', 0.96, 0.8],
  ] as const)
    change.run(label, confidence, calm, `%${file}`)
  sqlite.close()
  await page.reload()
  const shown = () => page.getByRole('gridcell').getByRole('link').allInnerTexts()
  await expect.poll(shown).toEqual(['100.png', '101.png', '102.png', 'deep_t1ce.png', '103.png', 'broken.jpg'])
  const found = page.getByRole('region', { name: 'What was found' })
  for (const [label, files] of [
    ['Glioma', 2],
    ['Meningioma', 1],
    ['Pituitary tumour', 0],
    ['No tumour', 2],
    ['Failed', 1],
  ] as const) {
    const line = found.getByRole('row', { name: `${label} ${files}` })
    await line.waitFor()
    expect(Number(await line.locator('rect').getAttribute('width'))).toBeCloseTo((100 * files) / 6)
  }
  // A bar shows its files; once more, all of them. By the keyboard, too.
  const bar = (name: string) => found.getByRole('button', { name, exact: true })
  await bar('Glioma').click()
  await expect.poll(shown).toEqual(['100.png', '101.png'])
  expect(await bar('Glioma').getAttribute('aria-pressed')).toBe('true')
  await bar('Failed').press('Enter')
  await expect.poll(shown).toEqual(['broken.jpg'])
  expect(await bar('Glioma').getAttribute('aria-pressed')).toBe('false')
  await bar('Failed').press('Space')
  await expect.poll(shown).toHaveLength(6)
  expect(await found.locator('[aria-pressed=true]').count()).toBe(0)
  const pictures = row(page, '.png').locator('img')
  await expect
    .poll(() => pictures.evaluateAll((all) => all.map((one) => (one as HTMLImageElement).naturalWidth > 0)))
    .toEqual(Array(5).fill(true))
  await page.getByRole('button', { name: 'AI label' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Glioma' }).click()
  await page.keyboard.press('Escape')
  await expect.poll(shown).toEqual(['100.png', '101.png'])
  await page.getByLabel('Confidence', { exact: true }).selectOption('At most 0.75')
  await expect.poll(shown).toEqual(['101.png'])
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.getByLabel('Confidence', { exact: true }).selectOption('At most 0.95')
  await expect.poll(shown).toEqual(['101.png', '102.png'])
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect.poll(shown).toHaveLength(6)

  // What is selected stays so where rows move.
  await page.getByRole('grid').press('ArrowDown')
  await expect.poll(() => row(page, '101.png').getAttribute('aria-selected')).toBe('true')
  const again = new SQLite(app.core.folder.database)
  again.exec(`update batch_files set calm = 0.85 where path like '%100.png'`)
  again.close()
  const [other] = (await ask(app.core, 'cases.list', { query: { search: '103' } })).rows
  await ask(app.core, 'cases.review', { id: other?.id ?? '', verdict: 'agree' })
  await expect.poll(async () => (await shown())[0]).toBe('101.png')
  await expect.poll(() => row(page, '101.png').getAttribute('aria-selected')).toBe('true')
  await page.getByLabel('Order').selectOption('As in the folder')
  await expect.poll(() => page.getByRole('gridcell').getByRole('link').first().innerText()).toBe('100.png')

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).click(),
  ])
  expect(download.suggestedFilename()).toBe(`batch-${new Date().toISOString().slice(0, 10)}-${id.slice(-8)}.csv`)
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\r\n')
  expect(lines).toHaveLength(7)
  expect(lines.slice(1).every((line) => line.endsWith(BANNER))).toBe(true)
  const [summary] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export Summary (PDF)' }).click(),
  ])
  const [first = '', ...rest] = await textOf(readFileSync(await summary.path()))
  expect(first).toContain(BANNER)
  expect(rest.join(' ')).toContain('broken.jpg')
  // Each table can be fetched once.
  expect((await page.request.get(download.url())).status()).toBe(404)
})

test('what came of trying again is told, with the reasons', async ({ page }) => {
  const app = await startApp()
  const folder = await writeStudy(app, 1)
  for (const name of ['bad.png', 'worse.jpg']) writeFileSync(join(folder, name), 'no image')
  writeFileSync(join(folder, 'empty.png'), '')
  await startByPath(app, folder)
  await visit(page, app)
  await page.getByRole('link', { name: 'Batches' }).click()
  await page.getByRole('row', { name: /study Completed/ }).waitFor()
  await page.getByRole('button', { name: 'Retry failed' }).click()
  const told = /^3 were tried again, 3 failed again\. 2 × This is not an image.* 1 × The file is empty/
  await page.getByText(told).waitFor()
  await page.getByRole('link', { name: 'study' }).click()
  await page.getByRole('main').getByText(told).waitFor()
})

test('a running batch is paused, resumed and ended from its page', async ({ page }) => {
  const app = await startApp()
  const folder = await writeStudy(app, 300)
  await visit(page, app)
  await page.getByRole('link', { name: 'Batches' }).click()
  await page.getByText('No folder has been classified').waitFor()
  // A folder is through in a second, before a busy page has its buttons. 256 of its files are begun at once.
  let goOn = holdAnswers(app)
  await startByPath(app, folder)
  await page.getByRole('link', { name: 'study' }).click()
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByText('Pausing…').waitFor()
  await page.getByText('The files that were begun are finished first, then it pauses.').waitFor()
  goOn()
  await page.getByText('Paused').waitFor()
  await page.getByText('are finished first').waitFor({ state: 'detached' })
  goOn = holdAnswers(app)
  await page.getByRole('button', { name: 'Resume' }).click()
  await page.getByText('Running').waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByText('What was analysed is kept').waitFor()
  await page.getByRole('button', { name: 'End it' }).click()
  goOn()
  await page.getByText('Cancelled').waitFor()
  expect(await page.getByRole('button', { name: 'Resume' }).count()).toBe(0)
})

test('a folder that is handed over says of how many files from the start, and its question closes when it has ended', async ({
  page,
}) => {
  const app = await startApp()
  const folder = await writeStudy(app, 8)
  await visit(page, app)
  const held = Promise.withResolvers<void>()
  await page.route('**/upload', async (route) => {
    await held.promise
    await route.continue()
  })
  await chooseFolder(page, folder)
  await page.getByRole('button', { name: 'Start' }).click()
  await page.getByText('0 of 9', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('dialog', { name: 'End this batch?' }).waitFor()
  held.resolve()
  await page.getByText('Completed').waitFor()
  await page.getByText('9 of 9').waitFor()
  expect(await page.getByRole('dialog').count()).toBe(0)
})

test('both screens can be used by everyone', async ({ page }) => {
  const app = await startApp()
  const folder = await writeStudy(app, 3)
  const id = await startByPath(app, folder)
  await visit(page, app)
  for (const hash of ['#/batches', `#/batch/${id}`]) {
    await page.evaluate((to) => {
      location.hash = to
    }, hash)
    await page.getByText('Completed').waitFor()
    await page.getByText('4 of 4').waitFor()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id: rule, nodes }) => `${rule}: ${nodes[0]?.html}`)).toEqual([])
    // All that a reader works with is in sight at 1366 × 768.
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    expect(wide).toBe(false)
  }
})
