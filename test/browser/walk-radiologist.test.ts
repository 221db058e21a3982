import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { BANNER } from '../../src/shared/labels.ts'
import { signInRole } from '../support/accounts.ts'
import { test } from '../support/browser.ts'
import { ask } from '../support/core.ts'
import { textOf } from '../support/pdf.ts'
import { type App, chooseFolder, downloaded, row, startApp, visit, waitForImage } from './app.ts'

const SAMPLES = join(import.meta.dirname, '..', '..', 'resources', 'samples')
const NAMES = ['sample-02.png', 'sample-03.png', 'sample-04.jpg', 'sample-05.png', 'sample-06.png']
const WHO = 'the radiologist'

function writeStudy(app: App): string {
  const study = join(app.folder, 'Tuesday list')
  mkdirSync(study)
  for (const name of NAMES) copyFileSync(join(SAMPLES, name), join(study, name))
  return study
}

const names = (page: Page) => page.getByRole('gridcell').getByRole('link').allInnerTexts()

/** The files of the batch, those first that need eyes. */
async function classify(page: Page, app: App): Promise<string[]> {
  await chooseFolder(page, writeStudy(app))
  await page.getByText(`${NAMES.length} images to open`).waitFor()
  await page.getByRole('button', { name: 'Start' }).click()
  await page.getByRole('heading', { name: 'Tuesday list' }).waitFor()
  await page.getByText(`${NAMES.length} of ${NAMES.length}`).waitFor()
  await page.getByText('Completed').waitFor()
  const id = page.url().slice(-36)
  const { rows } = await ask(app.core, 'batches.files', { id, query: { labels: [], states: [], confidenceUpTo: null } })
  const attention = rows.map((file) => file.attention ?? -1)
  expect(attention).toEqual(attention.toSorted((a, b) => b - a))
  expect(new Set(attention).size).toBeGreaterThan(1)
  const expected = rows.map(({ path }) => path.split('/').at(-1) as string)
  await expect.poll(() => names(page)).toEqual(expected)
  return expected
}

/** Agrees with the open case, signs it, and saves its report. */
async function readAndSign(page: Page): Promise<string> {
  await waitForImage(page)
  await page.keyboard.press('a')
  await page.keyboard.press('Control+s')
  await page.getByText('On record: Agree').waitFor()
  await page.keyboard.press('s')
  await page.keyboard.press('s')
  await page.getByRole('region', { name: 'Signature' }).getByText(`Signed by ${WHO}`).waitFor()
  await page.keyboard.press('e')
  const { content } = await downloaded(page, () => page.getByRole('button', { name: 'Save as PDF' }).click())
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  return (await textOf(content)).join(' ')
}

test('a radiologist classifies a folder, reads what needs eyes first, signs, reports, finds it again, exports', async ({
  page,
}) => {
  const app = await startApp()
  await signInRole(app.core, 'radiologist')
  await visit(page, app, WHO)
  const [first = ''] = await classify(page, app)

  await page.getByRole('grid').press('Enter')
  const report = await readAndSign(page)
  expect(report).toContain(BANNER)
  expect(report).toContain(WHO)
  await page.keyboard.press('Escape')
  await row(page, first).filter({ hasText: 'Signed' }).waitFor()

  const csv = await downloaded(page, () => page.getByRole('button', { name: 'Export CSV' }).click())
  const lines = csv.content.toString('utf8').trim().split('\r\n')
  expect(lines).toHaveLength(NAMES.length + 1)
  expect(lines.find((line) => line.includes(first))).toMatch(new RegExp(`,signed,.*,agree,,${WHO},`))
  expect(lines.filter((line) => line.includes(',signed,'))).toHaveLength(1)
  const xlsx = await downloaded(page, () => page.getByRole('button', { name: 'Export Excel' }).click())
  expect(xlsx.content.subarray(0, 2).toString()).toBe('PK')

  // Another day, by what the paper says: the batch, and the file's hash.
  await page.getByRole('link', { name: 'Work list' }).click()
  await page.getByRole('button', { name: 'Open folder' }).waitFor()
  const hash = createHash('sha256')
    .update(readFileSync(join(SAMPLES, first)))
    .digest('hex')
  await page.keyboard.press('/')
  await page.keyboard.type(`batch:tuesday hash:${hash.slice(0, 12)}`)
  await page.keyboard.press('Enter')
  await expect.poll(() => names(page)).toEqual([first])
  await row(page, first).filter({ hasText: 'Signed' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('region', { name: 'Signature' }).getByText(`Signed by ${WHO}`).waitFor()
}, 120_000)
