import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import SQLite from 'better-sqlite3'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { test } from '../support/browser.ts'
import { ask } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { type App, row, startApp, visit, waitForImage } from './app.ts'

/** A batch of three, and a case of its own; two of the files say whose they are. */
async function fill(app: App): Promise<{ batch: string; hash: string }> {
  const study = join(app.folder, 'Monday list')
  mkdirSync(study)
  for (const seed of [1, 2, 3]) await writePicture(study, `m${seed}.png`, seed)
  const alone = await writePicture(app.folder, 'alone.png', 9)
  const options = { subFolders: true, filter: '', skipSeen: true }
  const { id: batch } = await ask(app.core, 'batches.start', { paths: [study], options })
  await expect.poll(async () => (await ask(app.core, 'batches.get', { id: batch })).batch.state).toBe('completed')
  await ask(app.core, 'scans.open', { paths: [alone] })
  await expect.poll(async () => (await ask(app.core, 'cases.list', { query: {} })).unread).toBe(4)
  const sqlite = new SQLite(app.core.folder.database)
  const name = sqlite.prepare('update cases set patient_name = ?, patient_id = ? where file_name = ?')
  name.run('Łukasz^Anna', 'PAT-4711', 'm1.png')
  name.run('Anders^Bo', 'PAT-0815', 'alone.png')
  sqlite.close()
  return { batch, hash: createHash('sha256').update(readFileSync(alone)).digest('hex') }
}

const names = (page: Page) => page.getByRole('gridcell').getByRole('link').allInnerTexts()
const chip = (page: Page, text: string) => page.getByRole('button', { name: `Remove the filter ${text}` })

async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.press('/')
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}

test('fields that are typed become chips, filter alone and together, and are taken off by mouse and keys', async ({
  page,
}) => {
  const app = await startApp()
  const { batch, hash } = await fill(app)
  await visit(page, app)
  await row(page, 'm1.png').waitFor()
  await type(page, 'patient:lukasz')
  await chip(page, 'Patient: lukasz').waitFor()
  await expect.poll(() => names(page)).toEqual(['m1.png'])
  await chip(page, 'Patient: lukasz').click()
  await expect.poll(() => names(page)).toHaveLength(4)

  await type(page, `hash:${hash.slice(0, 10).toUpperCase()}`)
  await expect.poll(() => names(page)).toEqual(['alone.png'])
  await type(page, 'patient:"anna lukasz"')
  await page.getByText('No case matches').waitFor()
  // Backspace in the empty search takes off the last one.
  await page.keyboard.press('/')
  await page.keyboard.press('Backspace')
  await expect.poll(() => names(page)).toEqual(['m1.png'])
  expect(await chip(page, 'Patient: anna lukasz').count()).toBe(1)
  await page.getByRole('button', { name: 'Clear filters' }).first().click()

  await type(page, 'batch:monday')
  await chip(page, 'Batch: Monday list').waitFor()
  await expect.poll(async () => (await names(page)).toSorted()).toEqual(['m1.png', 'm2.png', 'm3.png'])
  // The address keeps it, over a reload and a case; no patient stands there.
  await type(page, 'patient:4711')
  await expect.poll(() => names(page)).toEqual(['m1.png'])
  expect(page.url()).toContain(`#/?batch=${batch}`)
  expect(page.url()).not.toContain('4711')
  await page.keyboard.press('Enter')
  await waitForImage(page)
  await page.goBack()
  await chip(page, 'Patient: 4711').waitFor()
  await page.reload()
  await chip(page, 'Batch: Monday list').waitFor()
  await expect.poll(async () => (await names(page)).length).toBe(3)
})

test('what cannot be looked for is said, and the words beside it stay', async ({ page }) => {
  const app = await startApp()
  await fill(app)
  await visit(page, app)
  await row(page, 'm1.png').waitFor()
  await type(page, 'hash:12ab batch:tuesday left')
  await page.getByRole('alert').getByText('8 characters or more').waitFor()
  expect(await page.getByLabel('Search the work list').inputValue()).toBe('left hash:12ab batch:tuesday')
  await page.getByLabel('Search the work list').fill('batch:tuesday')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').getByText('begins with “tuesday”').waitFor()
  await page.getByLabel('Search the work list').fill('file:m1.png')
  await page.getByText('“file:” is no field of the search').waitFor()
  await page.getByLabel('Search the work list').fill('m1.png')
  await page.getByText('is no field of the search').waitFor({ state: 'detached' })
})

test('the same by a form, and from the batch itself', async ({ page }) => {
  const app = await startApp()
  const { batch } = await fill(app)
  await visit(page, app)
  await row(page, 'm1.png').waitFor()
  await page.getByRole('button', { name: 'More filters' }).click()
  const form = page.getByRole('dialog', { name: 'More filters' })
  await form.getByLabel('Patient').fill('pat-4711')
  await form.getByLabel('Batch').selectOption(batch)
  await form.getByLabel('File hash').fill('xyz')
  await form.getByText('0–9 and a–f').waitFor()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id: rule, nodes }) => `${rule}: ${nodes[0]?.html}`)).toEqual([])
  await form.getByLabel('File hash').fill('')
  await form.getByLabel('DICOM UID').fill('1.2.x')
  await form.getByText('numbers with dots between them').waitFor()
  await form.getByLabel('DICOM UID').fill('')
  await form.getByRole('button', { name: 'Filter' }).click()
  await expect.poll(() => names(page)).toEqual(['m1.png'])
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.getByRole('link', { name: 'Batches' }).click()
  await page.getByRole('link', { name: 'Monday list' }).click()
  await page.getByRole('link', { name: 'Search its cases' }).click()
  await expect.poll(async () => (await names(page)).toSorted()).toEqual(['m1.png', 'm2.png', 'm3.png'])
})

test('by confidence and day of the study, typed, by the form, and in the address', async ({ page }) => {
  const app = await startApp()
  await fill(app)
  const sqlite = new SQLite(app.core.folder.database)
  const change = sqlite.prepare('update cases set confidence = ?, study_date = ? where file_name = ?')
  change.run(0.6, '2026-11-03', 'm1.png')
  change.run(0.85, '2026-11-04', 'm2.png')
  change.run(0.97, '2026-11-05', 'm3.png')
  sqlite.close()
  await visit(page, app)
  await row(page, 'm1.png').waitFor()
  await type(page, 'confidence:90% study:..2026-11-04')
  await chip(page, 'Confidence: at most 0.90').waitFor()
  await chip(page, 'Study date: until 2026-11-04').waitFor()
  await expect.poll(async () => (await names(page)).toSorted()).toEqual(['m1.png', 'm2.png'])
  expect(page.url()).toContain('confidence=0.9&study=..2026-11-04')
  await page.reload()
  await chip(page, 'Study date: until 2026-11-04').waitFor()
  await page.getByRole('button', { name: 'More filters' }).click()
  const form = page.getByRole('dialog', { name: 'More filters' })
  await form.getByLabel('Confidence').selectOption('at most 0.75')
  await form.getByRole('button', { name: 'Filter' }).click()
  await expect.poll(() => names(page)).toEqual(['m1.png'])
  await chip(page, 'Confidence: at most 0.75').click()
  await expect.poll(async () => (await names(page)).toSorted()).toEqual(['m1.png', 'm2.png'])
  await type(page, 'label:glioma')
  await page.getByRole('alert').getByText('“label:” is no field of the search').waitFor()
  await type(page, 'confidence:sure')
  await page.getByRole('alert').getByText('a number from 0 to 1').waitFor()
})
