import { spawnSync } from 'node:child_process'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { signInRole } from '../support/accounts.ts'
import { test } from '../support/browser.ts'
import { ask, openPaths } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { fillDisk, mountSmallDisk } from '../support/mount.ts'
import { makeSet } from '../train/support.ts'
import { type App, row, startApp, visit } from './app.ts'
import { expectGood } from './good.ts'

const SLOW = 240_000

async function openPart(page: Page, app: App, name: string): Promise<void> {
  await visit(page, app)
  await page.getByRole('link', { name: 'Admin' }).click()
  await page.getByRole('navigation', { name: 'Parts of the admin panel' }).getByRole('link', { name }).click()
}

/** Freezes a small set that a network can learn. */
async function frozen(app: App, each: number): Promise<string> {
  const { root, patients } = await makeSet(join(app.folder, 'set'), each, 2)
  await ask(app.core, 'datasets.import', { name: 'small', path: root, patients })
  await importEnds(app)
  return root
}

const importEnds = (app: App) =>
  expect.poll(() => app.core.datasetImport.status.state, { timeout: 120_000 }).not.toBe('running')

async function chooseSet(page: Page, folder: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: /Choose (the|another) folder/ }).click(),
  ])
  await chooser.setFiles(folder)
}

async function startTraining(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'New training' }).click()
  await page.getByRole('radio', { name: /^Last layer only/ }).check()
  await page.getByText('Changes of the recipe').click()
  await page.getByLabel('Image size, px').fill('96')
  await page.getByRole('button', { name: 'Start training' }).click()
}

test('a table says what the images are, and a column that it lacks is named', { timeout: SLOW }, async ({ page }) => {
  const app = await startApp()
  const { root } = await makeSet(join(app.folder, 'set'), 3, 1)
  const rows = readdirSync(join(root, 'Training', 'glioma')).map((file) => `Training/glioma/${file},glioma`)
  const none = readdirSync(join(root, 'Training', 'notumor')).map((file) => `Training/notumor/${file},healthy`)
  const table = join(root, 'labels.csv')
  writeFileSync(table, ['file,diagnosis', ...rows, ...none].join('\n'))
  await openPart(page, app, 'Data sets')
  await page.getByRole('link', { name: 'Import a data set' }).click()
  await page.getByLabel('Name of the data set').fill('by-table')
  await chooseSet(page, root)
  await page.getByLabel('Labels from').selectOption('labels.csv')
  await page
    .getByText(/labels\.csv.*class/)
    .first()
    .waitFor()
  await expectGood(page)
  expect(await page.getByRole('button', { name: 'Import', exact: true }).isDisabled()).toBe(true)

  writeFileSync(table, ['file,class', ...rows, ...none].join('\n'))
  await chooseSet(page, root)
  await page.getByLabel('Labels from').selectOption('labels.csv')
  await page.getByLabel('Label of healthy').selectOption('No tumour')
  await page.getByText('6 images will be copied').waitFor()
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByText('Imported as by-table@1.').waitFor({ timeout: 120_000 })
  await row(page, 'by-table@1')
    .filter({ hasText: /6.*3.*0.*3.*0/ })
    .waitFor()
})

test('signed cases become a set from the screen; drafts do not', { timeout: SLOW }, async ({ page }) => {
  const app = await startApp()
  for (const seed of [1, 2, 3]) {
    await openPaths(app.core, await writePicture(app.folder, `${seed}.png`, seed))
  }
  const { rows } = await ask(app.core, 'cases.list', { query: {} })
  expect(rows.map(({ state }) => state)).toEqual(Array(3).fill('analysed'))
  for (const { id, fileName } of rows) {
    const { verdicts } = await ask(app.core, 'cases.review', { id, verdict: 'agree' })
    if (fileName !== '3.png') await ask(app.core, 'cases.sign', { id, verdict: verdicts[0]?.id as number })
  }
  await openPart(page, app, 'Data sets')
  await page.getByRole('link', { name: 'Import a data set' }).click()
  await page.getByLabel('Signed cases of this Gyrus').check()
  await page.getByLabel('Name of the data set').fill('signed')
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByText('Imported as signed@1.').waitFor({ timeout: 120_000 })
  await row(page, 'signed@1').waitFor()
  expect(await ask(app.core, 'datasets.get', { name: 'signed' })).toMatchObject({ images: 2 })
})

test('an import is cancelled; one for which the disk has no room says so, and goes on when there is', {
  timeout: SLOW,
}, async ({ page, skip }) => {
  let problem: string | null = null
  const app = await startApp((dataDir) => {
    problem = mountSmallDisk(dataDir, 16_000)
  })
  skip(problem !== null, problem ?? '')
  const { root } = await makeSet(join(app.folder, 'set'), 40, 20)
  await openPart(page, app, 'Data sets')
  await ask(app.core, 'datasets.import', { name: 'cancelled', path: root })
  await page.getByRole('progressbar').waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByText('The import of cancelled was cancelled.').waitFor()
  expect(await ask(app.core, 'datasets.list', {})).toEqual({ sets: [] })

  const filler = join(app.folder, 'data', 'filler')
  fillDisk(filler, 200)
  await ask(app.core, 'datasets.import', { name: 'large', path: root })
  await page.getByRole('alert').getByText('large was not imported. The disk is full.').waitFor({ timeout: 120_000 })
  await expectGood(page)
  expect(readdirSync(app.core.folder.incoming)).toEqual([])
  rmSync(filler)
  await ask(app.core, 'datasets.import', { name: 'large', path: root })
  await page.getByText('Imported as large@1.').waitFor({ timeout: 120_000 })
})

test('a training whose engine is killed says so, and goes on when it is resumed; readings go on meanwhile', {
  timeout: SLOW,
}, async ({ page }) => {
  const app = await startApp()
  await frozen(app, 40)
  await openPart(page, app, 'Training')
  await startTraining(page)
  await page.getByRole('progressbar').waitFor()
  spawnSync('pkill', ['-KILL', '--newest', '--parent', String(process.pid), '--full', 'engine/main'])
  await page.getByText('Failed.').waitFor({ timeout: 60_000 })
  await expectGood(page)
  expect(await ask(app.core, 'engine.status', {})).toMatchObject({ state: 'ready' })
  await page.getByRole('button', { name: 'Resume' }).click()
  await page.getByText('Trained to the end.').waitFor({ timeout: 150_000 })
})

test('a set whose files were taken away is named where it would be trained on, and its pictures say so', {
  timeout: SLOW,
}, async ({ page }) => {
  const app = await startApp()
  await frozen(app, 12)
  rmSync(app.core.folder.datasetFiles, { recursive: true })
  await openPart(page, app, 'Training')
  await page.getByRole('link', { name: 'New training' }).click()
  await page.getByText('Of 56 stored copies 56 are gone').waitFor()
  expect(await page.getByRole('button', { name: 'Start training' }).isDisabled()).toBe(true)
  await expectGood(page)
  await page.getByRole('link', { name: 'Data sets', exact: true }).click()
  await page.getByRole('link', { name: 'small@1' }).click()
  await page.getByText('Frozen: never changes').waitFor()
  await page.getByText('Of 56 stored copies 56 are gone').waitFor()
  await page.getByText('cannot be shown').first().waitFor({ state: 'attached' })
  await expectGood(page)
})

test('two administrators at once: the second sees what the first began, and is told who', { timeout: SLOW }, async ({
  page,
}) => {
  const app = await startApp()
  await signInRole(app.core, 'administrator')
  const { root } = await makeSet(join(app.folder, 'set'), 60, 20)
  await openPart(page, app, 'Data sets')
  await ask(app.core, 'datasets.import', { name: 'first', path: root })
  await page.getByRole('progressbar').waitFor()
  await expect(ask(app.core, 'datasets.import', { name: 'second', path: root })).rejects.toThrow('dataset-import-busy')
  await page.getByText('Imported as first@1.').waitFor({ timeout: 120_000 })
  expect((await ask(app.core, 'datasets.list', {})).sets.map(({ name }) => name)).toEqual(['first'])
})
