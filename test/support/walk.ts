import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { RequestInput, RequestName, RequestOutput } from '../../src/shared/contract.ts'
import { BANNER } from '../../src/shared/labels.ts'
import { textOf } from './pdf.ts'

const SAMPLES = join(import.meta.dirname, '..', '..', 'resources', 'samples')
const NAMES = ['sample-02.png', 'sample-03.png', 'sample-04.jpg', 'sample-05.png', 'sample-06.png']

/** What a radiologist's walk through the app needs of the shell that shows it. */
export interface Walked {
  page: Page
  /** Who is signed in. */
  who: string
  /** A folder of the test's own. */
  folder: string
  chooseFolder(folder: string): Promise<void>
  ask<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>>
  /** The file that is saved by what this begins. */
  saved(begin: () => Promise<void>): Promise<Buffer>
}

function writeStudy(folder: string): string {
  const study = join(folder, 'Tuesday list')
  mkdirSync(study)
  for (const name of NAMES) copyFileSync(join(SAMPLES, name), join(study, name))
  return study
}

const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text })
const names = (page: Page) => page.getByRole('gridcell').getByRole('link').allInnerTexts()

/** The files of the batch, those first that need eyes. */
async function classify({ page, folder, chooseFolder, ask }: Walked): Promise<string[]> {
  await chooseFolder(writeStudy(folder))
  await page.getByRole('button', { name: 'Start' }).click()
  await page.getByRole('heading', { name: 'Tuesday list' }).waitFor()
  await page.getByText(`${NAMES.length} of ${NAMES.length}`).waitFor()
  await page.getByText('Completed').waitFor()
  const id = page.url().slice(-36)
  const { rows } = await ask('batches.files', { id, query: { labels: [], states: [], confidenceUpTo: null } })
  const attention = rows.map((file) => file.attention ?? -1)
  expect(attention).toEqual(attention.toSorted((a, b) => b - a))
  expect(new Set(attention).size).toBeGreaterThan(1)
  const expected = rows.map(({ path }) => path.split(/[\\/]/).at(-1) as string)
  await expect.poll(() => names(page)).toEqual(expected)
  return expected
}

/** Agrees with the open case, signs it, and saves its report. */
async function readAndSign({ page, who, saved }: Walked): Promise<string> {
  await page.getByText('Side markers').waitFor()
  await page.keyboard.press('a')
  await page.keyboard.press('Control+s')
  await page.getByText('On record: Agree').waitFor()
  await page.keyboard.press('s')
  await page.keyboard.press('s')
  await page.getByRole('region', { name: 'Signature' }).getByText(`Signed by ${who}`).waitFor()
  await page.keyboard.press('e')
  const content = await saved(() => page.getByRole('button', { name: 'Save as PDF' }).click())
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  return (await textOf(content)).join(' ')
}

/** Classifies a folder, reads what needs eyes first, signs, reports, finds it again, exports: in a browser or in Electron. */
export async function walkAsRadiologist(walked: Walked): Promise<void> {
  const { page, who, saved } = walked
  const [first = ''] = await classify(walked)

  await page.getByRole('grid').press('Enter')
  const report = await readAndSign(walked)
  expect(report).toContain(BANNER)
  expect(report).toContain(who)
  await page.keyboard.press('Escape')
  await row(page, first).filter({ hasText: 'Signed' }).waitFor()

  const csv = await saved(() => page.getByRole('button', { name: 'Export CSV' }).click())
  const lines = csv.toString('utf8').trim().split('\r\n')
  expect(lines).toHaveLength(NAMES.length + 1)
  expect(lines.find((line) => line.includes(first))).toMatch(new RegExp(`,signed,.*,agree,,${who},`))
  expect(lines.filter((line) => line.includes(',signed,'))).toHaveLength(1)
  const xlsx = await saved(() => page.getByRole('button', { name: 'Export Excel' }).click())
  expect(xlsx.subarray(0, 2).toString()).toBe('PK')

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
  await page.getByRole('region', { name: 'Signature' }).getByText(`Signed by ${who}`).waitFor()
}
