import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { WorkerProcess } from '../department/support/worker.ts'
import { READER } from '../support/accounts.ts'
import { test } from '../support/browser.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { startApp, visit } from './app.ts'
import { accessFaults, expectGood } from './good.ts'
import { makeStation, startPostgres } from './in-department.ts'

const SAMPLE = join(import.meta.dirname, '..', '..', 'resources', 'samples', 'sample-01.jpg')

test('where nobody reads, a case says so and can be looked at, and who switches off the last reader is asked', {
  timeout: 180_000,
}, async ({ page, skip }) => {
  const server = await startPostgres(skip)
  const settings = JSON.stringify({ database: await server.createDatabase('gyrus'), files: temporaryFolder() })
  const app = await startApp((dataDir) => makeStation(dataDir, settings, 'reading-room-1'))
  await visit(page, app)
  const at = (hash: string) => page.goto(`${new URL('/', page.url()).href}#${hash}`)
  await at('/admin/compute')
  const part = page.getByRole('region', { name: 'Workstations' })
  const nobody = 'No workstation of the department that takes cases is open.'
  await part.getByRole('row').filter({ hasText: 'reading-room-1' }).getByText('Works').waitFor({ timeout: 30_000 })
  expect(await part.getByText(nobody).count()).toBe(0)

  await at('/admin/settings')
  const limits = page.getByRole('group', { name: 'What this workstation takes' })
  await limits.getByLabel('It reads cases').uncheck()
  await limits.getByRole('button', { name: 'Keep' }).click()
  const sure = page.getByRole('dialog', { name: 'Nobody would read then' })
  await sure.getByText('No other workstation that takes cases is open').waitFor()
  expect(await accessFaults(page)).toEqual([])
  await sure.getByRole('button', { name: 'Cancel' }).click()
  expect(await ask(app.core, 'department.limits', {})).toMatchObject({ cases: true })
  await limits.getByRole('button', { name: 'Keep' }).click()
  await sure.getByRole('button', { name: 'Take none all the same' }).click()
  await page.getByText('It counts from now on').waitFor()

  await at('/admin/compute')
  await part.getByText(nobody).waitFor({ timeout: 30_000 })
  await expectGood(page)

  void openPaths(app.core, SAMPLE)
  await expect.poll(() => app.core.store.pendingCases()).toHaveLength(1)
  const [{ id } = { id: '' }] = await app.core.store.pendingCases()
  await at('/')
  await page.getByText('waits: nobody takes cases').waitFor({ timeout: 30_000 })
  await at(`/case/${id}`)
  const opinion = page.getByRole('region', { name: 'Second opinion' })
  await opinion.getByText(nobody).waitFor({ timeout: 30_000 })
  expect(await opinion.getByText('Being analysed').count()).toBe(0)
  await page.getByRole('img', { name: /sample-01\.jpg/ }).waitFor()
  await expectGood(page)
  await page.setViewportSize({ width: 1366, height: 768 })

  const second = join(temporaryFolder(), 'data')
  makeStation(second, settings, 'reading-room-2')
  await WorkerProcess.start(second, onTestFinished)
  await opinion.getByText(/analysed in/).waitFor({ timeout: 60_000 })
  expect(await page.getByText(nobody).count()).toBe(0)
})

test('a workstation whose shared folder is gone says on every screen that it takes no work, until it is there again', {
  timeout: 180_000,
}, async ({ page, skip }) => {
  const server = await startPostgres(skip)
  const files = temporaryFolder()
  const settings = JSON.stringify({ database: await server.createDatabase('gyrus'), files })
  const app = await startApp((dataDir) => makeStation(dataDir, settings, 'reading-room-1'))
  await visit(page, app)
  const mark = page.getByRole('button', { name: 'This workstation takes no work of the department' })
  expect(await mark.count()).toBe(0)
  const kept = join(files, 'record.json')
  const { id: record } = await app.core.store.recordMark()
  rmSync(kept)
  await mark.waitFor({ timeout: 30_000 })
  await mark.click()
  const dialog = page.getByRole('dialog', { name: 'This workstation takes no work of the department' })
  await dialog.getByText(`The files of the department’s record are no longer in ${files}`).waitFor()
  expect(await accessFaults(page)).toEqual([])
  writeFileSync(kept, JSON.stringify({ record }))
  await dialog.getByText('It takes work again.').waitFor({ timeout: 30_000 })
  await page.keyboard.press('Escape')
  expect(await mark.count()).toBe(0)
})

test('batches of other workstations count on in the list and on their page, and one whose workstation is closed says so', {
  timeout: 180_000,
}, async ({ page, skip }) => {
  const server = await startPostgres(skip)
  const settings = JSON.stringify({ database: await server.createDatabase('gyrus'), files: temporaryFolder() })
  const app = await startApp((dataDir) => makeStation(dataDir, settings, 'reading-room-1'))
  const second = join(temporaryFolder(), 'data')
  makeStation(second, settings, 'reading-room-2')
  const { core: other, close } = await openTestCore(second)
  await visit(page, app)
  const at = (hash: string) => page.goto(`${new URL('/', page.url()).href}#${hash}`)
  await at('/batches')
  const options = { subFolders: true, filter: '', skipSeen: false }
  // It runs, without a change of its state, until all of it is said to be uploaded.
  const id = await other.batches.openUpload({ name: 'handed over', options }, READER)
  const upload = async (seed: number) => {
    const path = await writePicture(temporaryFolder(), `${seed}.png`, seed)
    await (await other.batches.upload(id, { path }, { actor: READER, source: 'file' })).received
  }
  const row = page.getByRole('row').filter({ hasText: 'handed over' })
  await upload(1)
  await row.getByText('1 of 1').waitFor({ timeout: 30_000 })
  await upload(2)
  await row.getByText('2 of 2').waitFor({ timeout: 30_000 })
  await at(`/batch/${id}`)
  await page.getByText('2 of 2').waitFor()
  await upload(3)
  await page.getByText('3 of 3').waitFor({ timeout: 30_000 })
  other.batches.uploaded(id)

  const folder = temporaryFolder()
  await writePicture(folder, 'left.png', 4)
  const left = await other.batches.add({ paths: [folder], origin: 'folder', options }, READER)
  await other.batches.pause(left, READER)
  await close()
  await app.core.batches.resume(left, READER)
  await at('/batches')
  await page.getByRole('cell', { name: 'Waits for reading-room-2' }).waitFor({ timeout: 30_000 })
  await expectGood(page)
  await page.setViewportSize({ width: 1366, height: 768 })
  await at(`/batch/${left}`)
  await page.getByText('Waits for reading-room-2, which is not open.').waitFor()
  await expectGood(page)
})
