import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { PASSWORD, READER } from '../support/accounts.ts'
import { test } from '../support/browser.ts'
import { ask } from '../support/core.ts'
import { writeSmallSet } from '../support/small-set.ts'
import { type App, row, startApp, visit } from './app.ts'
import { expectGood } from './good.ts'

const NOT_RUN = 'not run: the shared data folder is not there (GYRUS_SHARED)'
const SLOW = 240_000

async function openDataSets(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Admin' }).click()
  await page
    .getByRole('navigation', { name: 'Parts of the admin panel' })
    .getByRole('link', { name: 'Data sets' })
    .click()
}

/** Hands a folder over by the page's own button. */
async function chooseSet(page: Page, folder: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: /Choose (the|another) folder/ }).click(),
  ])
  await chooser.setFiles(folder)
}

async function importByPath(app: App, path: string, name: string): Promise<void> {
  await ask(app.core, 'datasets.import', { name, path })
  await expect.poll(() => app.core.datasetImport.status.state, { timeout: 120_000 }).toBe('done')
}

const staged = (app: App) => readdirSync(app.core.folder.incoming).filter((name) => name.startsWith('staged-'))

test('a folder is handed over, its names are mapped, and the version can be looked at', { timeout: SLOW }, async ({
  page,
  skip,
}) => {
  const app = await startApp()
  const set = writeSmallSet(join(app.folder, 'scans'), { notumor: 'controls' })
  if (!set) return skip(NOT_RUN)
  writeFileSync(join(set.folder, 'Training', 'glioma', 'text.jpg'), 'no image')
  writeFileSync(join(set.folder, 'Training', 'glioma', '.hidden.jpg'), 'no image')
  await visit(page, app)
  await openDataSets(page)
  await page.getByText('There is no data set yet').waitFor()
  await expectGood(page)
  await page.getByRole('link', { name: 'Import a data set' }).click()
  await page.getByLabel('Name of the data set').fill('small')
  await chooseSet(page, set.folder)
  await page.getByText('One name is not known').waitFor({ timeout: 60_000 })
  await expectGood(page)
  const start = page.getByRole('button', { name: 'Import', exact: true })
  expect(await start.isDisabled()).toBe(true)

  // What was said stays while another screen is open.
  await page.getByRole('link', { name: 'Compute' }).click()
  await page.getByRole('heading', { name: 'Training engine' }).waitFor()
  await page.goBack()
  await page.getByLabel('Label of controls').selectOption('No tumour')
  await page.getByText('42 images will be copied').waitFor()
  await start.click()
  await page.getByText('Imported as small@1.').waitFor({ timeout: 120_000 })
  const line = row(page, 'small@1')
  await line.filter({ hasText: /41.*11.*10.*10.*10/ }).waitFor()
  await line.filter({ hasText: 'scans (handed over by a browser)' }).waitFor()
  await expectGood(page)
  await expect.poll(() => staged(app)).toEqual([])

  await page.getByRole('link', { name: 'small@1' }).click()
  await page.getByText('Frozen: never changes').waitFor()
  await page.getByRole('img', { name: /Images of each class, by side: Training 20, Testing 21/ }).waitFor()
  await page.getByText('As a table').click()
  await page.getByRole('row', { name: 'Glioma 5 6' }).waitFor()
  await row(page, 'Training/glioma/text.jpg').filter({ hasText: 'not an image' }).waitFor()
  await page.getByText('controls → No tumour').waitFor()
  await page.getByText('Nothing is in the way of training.').waitFor()
  const pictures = page.getByRole('img', { name: /\.jpg$/ })
  await expect.poll(() => pictures.count()).toBe(32)
  await pictures.last().scrollIntoViewIfNeeded()
  const shown = () => pictures.evaluateAll((all) => all.map((one) => (one as HTMLImageElement).naturalWidth > 0))
  await expect.poll(shown, { timeout: 60_000 }).toEqual(Array(32).fill(true))
  await expectGood(page)

  // The same content once more says so.
  await page.getByRole('link', { name: 'All data sets' }).click()
  await page.getByRole('link', { name: 'Import a data set' }).click()
  await page.getByLabel('Name of the data set').fill('small')
  await chooseSet(page, set.folder)
  await page.getByLabel('Label of controls').selectOption('No tumour')
  await start.click()
  await page.getByText('Nothing new: small@1').waitFor({ timeout: 120_000 })
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByText('Nothing new').waitFor({ state: 'detached' })
})

test('leaks are found, looked at, decided on, and frozen as the next version', { timeout: SLOW }, async ({
  page,
  skip,
}) => {
  const app = await startApp()
  const set = writeSmallSet(join(app.folder, 'scans'))
  if (!set) return skip(NOT_RUN)
  await importByPath(app, set.folder, 'leaky')
  const before = readFileSync(join(app.core.folder.datasets, 'leaky', '1', 'dataset.json'))
  await visit(page, app)
  await openDataSets(page)
  await page.getByRole('link', { name: 'leaky@1' }).click()
  await page.getByRole('button', { name: 'Compare' }).click()
  await page.getByText('There is no other version').waitFor()
  await page.getByRole('button', { name: 'Leakage audit' }).click()
  await page.getByText('was not looked through yet').waitFor()
  await page.getByRole('button', { name: 'Run the audit' }).click()
  await page.getByText('Looked through').waitFor({ timeout: 120_000 })
  await page.getByText('A result on this test split says little').waitFor()
  const { found } = await ask(app.core, 'datasets.audited', { name: 'leaky', version: 1 })
  expect(found?.exact.groups).toBeGreaterThanOrEqual(1)
  await row(page, 'Test images with a near-copy')
    .filter({ hasText: `${found?.testWithNearCopy.n} of 21` })
    .waitFor()
  const group = page.getByRole('article').filter({ hasText: set.copy })
  await group.getByText(set.original).waitFor()
  await group.getByText('same file').first().waitFor()
  await expectGood(page)

  await group.getByRole('checkbox', { name: `Leave out ${set.copy}` }).check()
  await page.getByText('1 image left out').waitFor()
  await page.getByRole('button', { name: 'Forget the decisions' }).click()
  const act = group.getByLabel(/^What to do with group/)
  await act.selectOption('Merge: all are of one patient')
  await page.getByText(/0 images left out, 0 put on one side, [2-9]\d* merged/).waitFor()
  await act.selectOption('Keep as it is')
  await page.getByText('0 decisions').waitFor()
  await page.getByRole('button', { name: 'Keep only the first one of each' }).click()
  const { near } = found ?? { near: { acrossSplits: 0 } }
  await page.getByText(`Decided for ${near.acrossSplits} group`).waitFor()
  await page.getByRole('button', { name: 'Freeze as the next version of leaky@1' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Freeze' }).click()
  await page.getByText('Imported as leaky@2.').waitFor({ timeout: 120_000 })
  await page.getByRole('link', { name: 'Open it' }).click()
  await page.getByText('Version 1, curated:').waitFor()

  await page.getByRole('button', { name: 'Compare' }).click()
  await page.getByText('What is different in version 2, as against version 1').waitFor()
  const second = await ask(app.core, 'datasets.get', { name: 'leaky', version: 2 })
  const gone = 41 - second.images
  expect(gone).toBeGreaterThanOrEqual(near.acrossSplits)
  await page.getByRole('button', { name: `Removed ${gone}`, exact: true }).waitFor()
  await page.getByRole('table', { name: 'Removed' }).getByRole('row').nth(gone).waitFor()
  await expectGood(page)
  expect(readFileSync(join(app.core.folder.datasets, 'leaky', '1', 'dataset.json'))).toEqual(before)
  const manifest = JSON.parse(readFileSync(second.path, 'utf8'))
  expect(manifest.decisions[0]).toMatchObject({ act: 'keep-one' })
  expect(manifest.origin).toMatchObject({ kind: 'curated', version: 1, dropped: gone, moved: 0 })
})

test('an import that was cut short is told at the next start, and nothing half is left', { timeout: SLOW }, async ({
  page,
  skip,
}) => {
  const app = await startApp()
  const set = writeSmallSet(join(app.folder, 'scans'))
  if (!set) return skip(NOT_RUN)
  await ask(app.core, 'datasets.import', { name: 'short', path: set.folder })
  await app.restart()
  await visit(page, app)
  await openDataSets(page)
  await page.getByText('Gyrus ended while “short” was being imported').waitFor()
  await expectGood(page)
  expect(await ask(app.core, 'datasets.list', {})).toEqual({ sets: [] })
  expect(readdirSync(app.core.folder.incoming)).toEqual([])
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByText('Gyrus ended').waitFor({ state: 'detached' })
  await app.restart()
  expect(await ask(app.core, 'datasets.importStatus', {})).toEqual({ state: 'idle' })

  // There is nothing signed to learn from, which is told where the import was asked for.
  await visit(page, app)
  await openDataSets(page)
  await page.getByRole('link', { name: 'Import a data set' }).click()
  await page.getByLabel('Signed cases of this Gyrus').check()
  await page.getByLabel('Signed since').fill('2026-01-02')
  await page.getByLabel('Name of the data set').fill('Not a name')
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByText('cannot be the name of a data set').waitFor()
  await expectGood(page)
  await page.getByLabel('Name of the data set').fill('signed')
  await page.getByLabel('Name of the data set').press('Enter')
  await page.getByText('signed was not imported. No signed case').waitFor()
  await expectGood(page)
})

test('pictures of data sets go to those who oversee, and by a hash of the set only', { timeout: SLOW }, async ({
  page,
  skip,
}) => {
  const app = await startApp()
  const set = writeSmallSet(join(app.folder, 'scans'))
  if (!set) return skip(NOT_RUN)
  await importByPath(app, set.folder, 'a')
  for (const role of ['radiologist', 'auditor'] as const) {
    const { administration } = app.core.accounts
    const oneTime = await administration.add({ name: role, fullName: role, role }, READER)
    const caller = { shell: 'loopback', connection: `of ${role}` } as const
    await app.core.accounts.signIn(caller, role, oneTime)
    await app.core.accounts.changePassword(caller, role, oneTime, PASSWORD)
  }
  const { glioma } = await ask(app.core, 'datasets.samples', { name: 'a', version: 1, perClass: 1 })
  const sha256 = glioma[0]?.sha256 ?? ''
  const get = async (path: string) => {
    const response = await page.request.get(new URL(path, page.url()).href)
    return [response.status(), response.headers()['content-type']?.split(';')[0]]
  }
  await visit(page, app, 'auditor')
  expect(await get(`data-sets/a/1/${sha256}`)).toEqual([200, 'image/webp'])
  expect(await get(`data-sets/a/1/${'0'.repeat(64)}`)).toEqual([404, 'application/json'])
  expect(await get(`data-sets/a/2/${sha256}`)).toEqual([404, 'application/json'])
  expect((await get(`data-sets/a/1/..%2f..%2f..%2fgyrus.sqlite`))[0]).toBe(404)
  await openDataSets(page)
  await row(page, 'a@1').waitFor()
  // An auditor looks and changes nothing.
  expect(await page.getByRole('link', { name: 'Import a data set' }).count()).toBe(0)
  await page.getByRole('link', { name: 'a@1' }).click()
  await page.getByText('Sample sheet').waitFor()
  await visit(page, app, 'radiologist')
  expect((await get(`data-sets/a/1/${sha256}`))[0]).toBe(403)
})
