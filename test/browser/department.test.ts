import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { ensureTool } from '../../scripts/tools.ts'
import { ensureS3Server, KEYS, S3Server } from '../department/support/s3.ts'
import { PostgresServer } from '../department/support/server.ts'
import { WorkerProcess } from '../department/support/worker.ts'
import { signIn } from '../support/accounts.ts'
import { test } from '../support/browser.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { openPaths } from '../support/core.ts'
import { importMade, makeSet } from '../train/support.ts'
import { startApp, startNewApp, visit, visitUnsigned } from './app.ts'
import { accessFaults, expectGood } from './good.ts'
import { makeStation, startPostgres } from './in-department.ts'

const SAMPLE = join(import.meta.dirname, '..', '..', 'resources', 'samples', 'sample-01.jpg')

test('the administrator of a department sees who works, who is not heard of, and the queue', {
  timeout: 180_000,
}, async ({ page, skip }) => {
  const server = await startPostgres(skip)
  const files = temporaryFolder()
  const settings = JSON.stringify({ database: await server.createDatabase('gyrus'), files })
  const app = await startApp((dataDir) => makeStation(dataDir, settings, 'reading-room-1'))
  const second = join(temporaryFolder(), 'data')
  makeStation(second, settings, 'reading-room-2')
  const worker = await WorkerProcess.start(second, onTestFinished)
  await visit(page, app)
  await page.goto(`${new URL('/', page.url()).href}#/admin/compute`)
  const part = page.getByRole('region', { name: 'Workstations' })
  const row = (name: string) => part.getByRole('row').filter({ hasText: name })
  await row('reading-room-1').getByText('does the chores').waitFor()
  await row('reading-room-2').getByText('Works').waitFor({ timeout: 20_000 })
  await row('reading-room-2').getByText('Last layers').waitFor({ timeout: 20_000 })
  await part.getByText('Being analysed').waitFor()
  await expectGood(page)
  await worker.kill()
  await row('reading-room-2').getByText('Not heard of').waitFor({ timeout: 60_000 })
  expect(await part.getByRole('button').count()).toBe(0)
  // What this one takes is set where it joined.
  await row('reading-room-1').getByText('Works').waitFor()
  await page.goto(`${new URL('/', page.url()).href}#/admin/settings`)
  const limits = page.getByRole('group', { name: 'What this workstation takes' })
  await limits.getByLabel('It reads cases').uncheck()
  await limits.getByLabel('It trains models').uncheck()
  await limits.scrollIntoViewIfNeeded()
  await expectGood(page)
  await limits.getByRole('button', { name: 'Keep' }).click()
  // The other one was killed.
  await page.getByRole('button', { name: 'Take none all the same' }).click()
  await page.getByText('It counts from now on').waitFor()
  await page.goto(`${new URL('/', page.url()).href}#/admin/compute`)
  await row('reading-room-1').getByText('Rests').waitFor({ timeout: 30_000 })
})

test('a training that is asked for on one workstation is followed there while another one does it', {
  timeout: 240_000,
}, async ({ page, skip }) => {
  const server = await startPostgres(skip)
  const settings = JSON.stringify({ database: await server.createDatabase('gyrus'), files: temporaryFolder() })
  const app = await startApp((dataDir) => makeStation(dataDir, settings, 'reading-room-1'))
  await importMade(app.core, await makeSet(join(temporaryFolder(), 'set'), 24, 2))
  await visit(page, app)
  await page.goto(`${new URL('/', page.url()).href}#/admin/training/.new`)
  await page.getByRole('radio', { name: /^Last layer only/ }).check()
  const onGpu = page.getByRole('checkbox', { name: 'Only on a workstation with a GPU' })
  await onGpu.scrollIntoViewIfNeeded()
  await expectGood(page)
  expect(await onGpu.isChecked()).toBe(false)
  await page.getByRole('button', { name: 'Start training' }).click()
  await page.getByText('The next one that has time').waitFor()
  await expectGood(page)
  const second = join(temporaryFolder(), 'data')
  makeStation(second, settings, 'gpu-room')
  await WorkerProcess.start(second, onTestFinished)
  await page.getByRole('progressbar').waitFor({ timeout: 60_000 })
  // It is another machine that is busy.
  await page.getByRole('heading', { name: 'This machine' }).waitFor({ state: 'detached' })
  await page.goto(`${new URL('/', page.url()).href}#/admin/training`)
  await page.getByRole('row').filter({ hasText: 'small@1' }).getByText('gpu-room').waitFor()
  await page.getByRole('row').filter({ hasText: 'small@1' }).getByRole('link').click()
  await page.getByText('Trained to the end.').waitFor({ timeout: 150_000 })
  await page.getByText('gpu-room').waitFor()
})

test('an administrator joins a department on the settings screen, after the address was tried', {
  timeout: 120_000,
}, async ({ page, skip }) => {
  const server = await startPostgres(skip)
  const database = await server.createDatabase('gyrus')
  const app = await startApp()
  await page.setViewportSize({ width: 1366, height: 768 })
  await visit(page, app)
  await page.goto(`${new URL('/', page.url()).href}#/admin/settings`)
  const setting = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Department' }) })
  await setting.getByText('This workstation alone', { exact: true }).waitFor()
  await setting.getByRole('button', { name: 'Join a department' }).click()
  await setting.getByLabel('Address of the database').fill('postgres://gyrus@127.0.0.1:1/gyrus')
  await setting.getByLabel('Shared folder or store').fill(temporaryFolder())
  await setting.getByRole('button', { name: 'Only try' }).click()
  const answer = setting.getByRole('alert')
  await answer.getByText('does not answer').waitFor({ timeout: 30_000 })
  // Also below the fields of a small screen.
  const { y = 0, height = 0 } = (await answer.boundingBox()) ?? {}
  expect(y + height).toBeLessThanOrEqual(768)
  await expectGood(page)
  await setting.getByLabel('Address of the database').fill(database)
  await setting.getByRole('button', { name: 'Only try' }).click()
  await setting.getByRole('status').getByText('There is no record yet').waitFor()
  await setting.getByRole('button', { name: 'Keep', exact: true }).click()
  await setting.getByText('This counts from the next start of Gyrus on.').waitFor()
  await setting.getByText(database.replace('postgres://', '')).waitFor()
  expect(await setting.getByText('this workstation’s own record').count()).toBe(1)
  // A password is in no field in clear, and what is kept need not be given again.
  await setting.getByRole('button', { name: 'Change' }).click()
  const [address, password] = [
    setting.getByLabel('Address of the database'),
    setting.getByLabel('Password of the database user'),
  ]
  expect(await address.inputValue()).toBe(database)
  await address.fill(database.replace('@', ':p@s/s@'))
  await address.blur()
  expect(await address.inputValue()).toBe(database)
  expect(await password.inputValue()).toBe('p@s/s')
  await address.fill(database.replace('@', ':p%40ss@'))
  await address.blur()
  expect(await address.inputValue()).toBe(database)
  expect(await password.inputValue()).toBe('p@ss')
  expect(await password.getAttribute('type')).toBe('password')
  await setting.getByRole('button', { name: 'Keep', exact: true }).click()
  await password.waitFor({ state: 'detached' })
  const kept = () => JSON.parse(readFileSync(join(app.folder, 'data', 'department.json'), 'utf8')).database
  expect(kept()).toBe(database.replace('@', ':p%40ss@'))
  await setting.getByRole('button', { name: 'Change' }).click()
  expect(await password.inputValue()).toBe('')
  await setting.getByRole('button', { name: 'Keep', exact: true }).click()
  await password.waitFor({ state: 'detached' })
  expect(kept()).toBe(database.replace('@', ':p%40ss@'))
  // Left is only what was asked for twice.
  await setting.getByRole('button', { name: 'Leave' }).click()
  const sure = page.getByRole('dialog', { name: 'Leave the department?' })
  await sure.getByRole('button', { name: 'Stay' }).click()
  await setting.getByText(database.replace('postgres://', '')).waitFor()
  await setting.getByRole('button', { name: 'Leave' }).click()
  await sure.getByRole('button', { name: 'Leave', exact: true }).click()
  await setting.getByText('This workstation alone', { exact: true }).waitFor()
})

test('who starts in a department for the first time is told that its record is new, and whose it is', {
  timeout: 120_000,
}, async ({ page, skip }) => {
  const server = await startPostgres(skip)
  const database = await server.createDatabase('gyrus')
  const settings = JSON.stringify({ database, files: temporaryFolder() })
  const app = await startNewApp((dataDir) => makeStation(dataDir, settings, 'reading-room-1'))
  await visitUnsigned(page, app.server.newAddress())
  await page.getByText(`This is the department’s record in 127.0.0.1:${server.port}/gyrus`).waitFor()
  await expectGood(page)
  await signIn(app.core)
  await visit(page, app)
  // Backups and encryption are the database's.
  await page.goto(`${new URL('/', page.url()).href}#/admin/settings`)
  await page.getByRole('heading', { name: 'Department' }).waitFor()
  expect(await page.getByRole('heading', { name: 'Encryption' }).count()).toBe(0)
})

test('a record that was moved elsewhere says so on every screen', async ({ page }) => {
  const app = await startApp()
  const detail = { from: 'sqlite', to: 'postgresql', place: 'db.example:5432/gyrus', rows: 1, entries: 1, head: null }
  await app.core.store.log({ actor: 'reader', act: 'record.left', subject: 'gyrus', detail })
  await app.restart()
  await visit(page, app)
  const notice = page.getByText('This record was moved to db.example:5432/gyrus')
  await notice.waitFor()
  await expectGood(page)
  await page.goto(`${new URL('/', page.url()).href}#/admin/settings`)
  await page.getByRole('heading', { name: 'Department' }).waitFor()
  expect(await notice.count()).toBe(1)
})

test('an administrator joins a department with a store of files, whose key is shown to nobody', {
  timeout: 180_000,
}, async ({ page, skip }) => {
  const [found, program] = [ensureTool('postgres'), ensureS3Server()]
  if (found.path === undefined) return skip(found.reason)
  if (program.path === undefined) return skip(program.reason)
  const server = await PostgresServer.start({ program: found.path }, onTestFinished)
  const s3 = await S3Server.start(program, onTestFinished)
  const app = await startApp()
  await visit(page, app)
  await page.goto(`${new URL('/', page.url()).href}#/admin/settings`)
  const setting = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Department' }) })
  await setting.getByRole('button', { name: 'Join a department' }).click()
  await setting.getByLabel('Address of the database').fill(await server.createDatabase('gyrus'))
  expect(await setting.getByLabel('Secret key').count()).toBe(0)
  await setting.getByLabel('Shared folder or store').fill(s3.address('dept'))
  await setting.getByLabel('Access key').fill(KEYS.filesKey)
  await setting.getByLabel('Secret key').fill('wrong')
  await setting.getByRole('button', { name: 'Only try' }).click()
  await setting.getByRole('alert').getByText('refuses this workstation').waitFor({ timeout: 30_000 })
  await setting.scrollIntoViewIfNeeded()
  await expectGood(page)
  await setting.getByLabel('Secret key').fill(KEYS.filesSecret)
  await setting.getByRole('button', { name: 'Only try' }).click()
  await setting.getByRole('status').getByText('There is no record yet').waitFor()
  await setting.getByRole('button', { name: 'Keep', exact: true }).click()
  await setting.getByText('This counts from the next start of Gyrus on.').waitFor()
  await setting.getByText(s3.address('dept')).waitFor()
  expect(await page.content()).not.toContain(KEYS.filesSecret)
  await setting.getByRole('button', { name: 'Change' }).click()
  await setting.getByLabel('Shared folder or store').fill(s3.address('dept'))
  expect(await setting.getByLabel('Secret key').inputValue()).toBe('')
})

test('what is read while the record is away is shown as not yet in it, until it is', { timeout: 180_000 }, async ({
  page,
  skip,
}) => {
  const server = await startPostgres(skip)
  const settings = JSON.stringify({ database: await server.createDatabase('gyrus'), files: temporaryFolder() })
  const app = await startApp((dataDir) => makeStation(dataDir, settings, 'reading-room-1'))
  await visit(page, app)
  const mark = page.getByRole('button', { name: /Not yet in the record: 1 case/ })
  expect(await mark.count()).toBe(0)
  await server.stop()
  // At once, though nothing waits for it.
  const away = page.getByRole('button', { name: 'The department’s database does not answer' })
  await away.waitFor({ timeout: 10_000 })
  await openPaths(app.core, SAMPLE)
  await mark.waitFor({ timeout: 60_000 })
  await mark.click()
  const dialog = page.getByRole('dialog', { name: 'Not yet in the department’s record' })
  await dialog
    .getByRole('row')
    .filter({ hasText: 'sample-01.jpg' })
    .getByText(/tumour|Glioma|Meningioma/)
    .waitFor()
  expect(await accessFaults(page)).toEqual([])
  await server.start()
  await dialog.getByText('All of it is in the record now.').waitFor({ timeout: 60_000 })
  await page.keyboard.press('Escape')
  await page.getByRole('row').filter({ hasText: 'sample-01.jpg' }).waitFor({ timeout: 60_000 })
  expect(await mark.count()).toBe(0)
  await away.waitFor({ state: 'detached' })
})

test('a workstation alone notices nothing of departments', async ({ page }) => {
  const app = await startApp()
  await visit(page, app)
  await page.goto(`${new URL('/', page.url()).href}#/admin/compute`)
  await page.getByRole('region', { name: 'Reading engine' }).getByText('Reads scans').waitFor()
  expect(await page.getByRole('region', { name: 'Workstations' }).count()).toBe(0)
})
