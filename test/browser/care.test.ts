import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { strFromU8, unzipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { expect, vi } from 'vitest'
import { keptScan } from '../../src/main/core/care/places.ts'
import { caseCode } from '../../src/shared/case-code.ts'
import { READER, signInRole } from '../support/accounts.ts'
import { test } from '../support/browser.ts'
import { makeDataFolder, type Patient } from '../support/care.ts'
import { ask } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { type App, openSection, PASSWORD, row, startApp, visit, visitUnsigned } from './app.ts'

async function expectAccessible(page: Page): Promise<void> {
  await page.waitForTimeout(250)
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1366)
}

interface Made {
  app: App
  mueller: Patient
  other: string
  /** Where backups may go. */
  dir: string
}

/** A Gyrus with a patient of two cases, one of them signed, and another case. */
async function startWithCases(): Promise<Made> {
  const app = await startApp()
  const { mueller, other } = await makeDataFolder(app.core.folder.root)
  const caseId = mueller.cases[0] ?? ''
  const verdictId = (await app.core.store.getCase(caseId)).verdicts[0]?.id ?? 0
  await app.core.store.sign({ caseId, verdictId, reader: 'Dr A' })
  const dir = join(app.folder, 'backups')
  mkdirSync(dir)
  return { app, mueller, other, dir }
}

async function openCare(page: Page): Promise<void> {
  await openSection(page, 'Data care')
  await page.getByRole('heading', { name: 'Backups' }).waitFor()
}

test('backups: none, one now, verified sound and not sound, how to restore, and one that fails', async ({ page }) => {
  const { app, dir, mueller } = await startWithCases()
  await visit(page, app)
  await page.getByRole('link', { name: 'Backups: No backup was made yet' }).click()
  await page.getByText('when Gyrus started').waitFor()
  // In a browser no folder can be named: the page says where it is set, and offers no button that could not work.
  await page.getByText(`npm run -s gyrus -- backup --daily <folder> --data-dir "${app.core.folder.root}"`).waitFor()
  expect(await page.getByRole('button', { name: /Back up now|Choose folder/ }).count()).toBe(0)
  await expectAccessible(page)

  await app.core.store.setBackups({ folder: dir, daily: 14, weekly: 13 }, READER)
  await page.evaluate(() => dispatchEvent(new Event('focus')))
  await page.getByRole('button', { name: 'Back up now' }).click()
  const backup = page.getByRole('table', { name: 'Backups that the record knows of' }).getByRole('row').nth(1)
  await backup.getByText('3 stored scans').waitFor()
  await backup.getByText('sound when it was made').waitFor()
  await page.getByText('(just now)').waitFor()
  expect(await page.getByRole('link', { name: /^Backups:/ }).count()).toBe(0)
  await backup.getByRole('button', { name: /^Verify/ }).click()
  await backup.getByText('sound, verified').waitFor()
  await expectAccessible(page)

  await backup.getByRole('button', { name: /^Restore…/ }).click()
  const { path } = (await app.core.store.loggedBackups())[0] ?? { path: '' }
  const command = `npm run -s gyrus -- restore "${path}" --data-dir "${app.core.folder.root}" --replace`
  expect(await page.getByRole('dialog').locator('code').innerText()).toBe(command)
  await expectAccessible(page)
  await page.keyboard.press('Escape')

  writeFileSync(keptScan(dir, mueller.scans[0] ?? ''), 'x')
  await backup.getByRole('button', { name: /^Verify/ }).click()
  await backup.getByText(/is missing or was changed/).waitFor()
  await page.getByRole('link', { name: 'Backups: The newest backup was found not to be sound' }).waitFor()

  await page.getByRole('spinbutton', { name: 'newest days' }).fill('3')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Saved. The next backup goes by it.').waitFor()
  expect(await app.core.store.backupSettings()).toMatchObject({ folder: dir, daily: 3, weekly: 13 })

  renameSync(path, `${path}.moved`)
  await page.reload()
  await backup.getByText('not in reach').waitFor()
  expect(await backup.locator('.problem').count()).toBe(0)
  await page.getByText('(just now) – not in reach').waitFor()
  await page.getByRole('link', { name: 'Backups: The newest backup was found not to be sound' }).waitFor()
  renameSync(`${path}.moved`, path)

  renameSync(dir, `${dir}.away`)
  await page.getByRole('button', { name: 'Back up now' }).click()
  await page.getByText('The folder for backups is not there').waitFor()
  await page.getByRole('link', { name: 'Backups: The last backup did not come to its end.' }).waitFor()
  await expectAccessible(page)
})

test('rules: what would go is shown before they are set, and a clock that jumped stops them until it is confirmed', async ({
  page,
}) => {
  // The department was last at work 70 days ago.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 70 * 86_400_000 })
  const { app, mueller } = await startWithCases().finally(() => void vi.useRealTimers())
  await visit(page, app)
  await openCare(page)
  expect(await page.getByRole('button', { name: 'Remove now' }).count()).toBe(0)
  await page.getByLabel('Remove the images of signed cases').check()
  await page.getByRole('spinbutton', { name: 'months after they were signed' }).fill('2')
  await page.getByRole('button', { name: 'Save…' }).click()
  await page.getByText('the images of 1 case would be removed: 1 file').waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Cancel' }).click()
  expect((await app.core.store.retentionSettings()).rules.imagesMonths).toBeNull()
  // What was chosen is still chosen.
  expect(await page.getByLabel('Remove the images of signed cases').isChecked()).toBe(true)
  await page.getByRole('button', { name: 'Save…' }).click()
  await page.getByRole('button', { name: 'Set them' }).click()
  await page.getByText('carried out every day from tomorrow on').waitFor()

  await page.getByRole('button', { name: 'What would go now?' }).click()
  await page.getByText('the images of 1 case would be removed').waitFor()
  const run = async () => {
    await page.getByRole('button', { name: 'Remove now…' }).click()
    await page.getByRole('button', { name: 'Remove for good' }).click()
  }
  await run()
  await page.getByText('nothing is removed by a rule').waitFor()
  await expectAccessible(page)
  expect(await app.core.store.imageRemoval(mueller.cases[0] ?? '')).toBeNull()
  await page.getByRole('button', { name: 'The date is right' }).click()
  await page.getByText('nothing is removed by a rule').waitFor({ state: 'detached' })
  await run()
  await page.getByText(/Last carried out .*: 0 cases erased, 1 image of other cases removed/).waitFor()
  await expectAccessible(page)

  // The case tells why its image is not there.
  await page.getByRole('link', { name: 'Work list' }).click()
  await row(page, 'MUELLER').filter({ hasText: 'Signed' }).dblclick()
  await page.getByText('was removed on').waitFor()
  await page.getByText('keeps images of signed cases for 2 months').waitFor()
})

test('one patient: looked up, exported, kept by a hold, and erased in two steps', async ({ page }) => {
  const { app, mueller, other } = await startWithCases()
  await visit(page, app)
  await openCare(page)
  const lookUp = async (name: string) => {
    await page.getByRole('searchbox').fill(name)
    await page.getByRole('button', { name: 'Look up' }).click()
  }
  await lookUp('nobody')
  await page.getByText('There is no case of this patient.').waitFor()
  await expectAccessible(page)
  await lookUp(caseCode(other))
  await page.getByText('1 case, 0 signed').waitFor()
  await lookUp('PAT-4711')
  await page.getByText('2 cases, 1 signed').waitFor()
  await expectAccessible(page)

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export (ZIP)' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^gyrus-patient-\d{4}-\d\d-\d\d\.zip$/)
  const files = unzipSync(readFileSync(await download.path()))
  const names = mueller.scans.map((sha256) => `files/${sha256}.png`).sort()
  expect(Object.keys(files).sort()).toEqual([...names, 'patient.json'])
  const { cases } = JSON.parse(strFromU8(files['patient.json'] ?? new Uint8Array()))
  expect(cases).toMatchObject([{ case: { patient_name: 'MUELLER^ERIKA' } }, { case: { patient_id: 'PAT-4711' } }])

  await page.getByRole('button', { name: 'Place a hold…' }).click()
  await page.getByLabel('Reason').fill('court, 12/2026')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Place the hold' }).click()
  await page.getByText('2 under a legal hold').waitFor()
  expect(await page.getByRole('button', { name: 'Erase…' }).isDisabled()).toBe(true)
  await page.getByRole('button', { name: /^Lift the hold on patient PAT-4711/ }).click()
  await page.getByLabel('Reason').fill('closed')
  await page.getByRole('button', { name: 'Lift the hold', exact: true }).click()
  await page.getByText('2 under a legal hold').waitFor({ state: 'detached' })

  await page.getByRole('button', { name: 'Erase…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Erase everything of patient PAT-4711' })
  await dialog.getByText('of 2 cases: name, ID').waitFor()
  await dialog.getByText(/^2 images \(/).waitFor()
  await dialog.getByText('2 notes of the erasure').waitFor()
  expect(await dialog.getByRole('button', { name: 'Go on…' }).isDisabled()).toBe(true)
  await dialog.getByLabel('Reason').fill('asked for on 3 November')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Go on…' }).click()
  await dialog.getByLabel('Type PAT-4711').fill('PAT-47')
  expect(await dialog.getByRole('button', { name: 'Erase for good' }).isDisabled()).toBe(true)
  await dialog.getByLabel('Type PAT-4711').fill('PAT-4711')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Erase for good' }).click()
  await page.getByText('2 cases and 2 files were erased.').waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Close' }).last().click()
  expect(await app.core.store.erasedAmong([...mueller.cases, other])).toEqual(mueller.cases)
  expect((await app.core.store.verifyRecord({})).broken).toBeNull()
  await page.getByRole('link', { name: 'Work list' }).click()
  await row(page, 'other.png').waitFor()
  expect(await page.getByText('MUELLER').count()).toBe(0)
})

test('an erasure names the batches whose folders may tell the patient, and leads to them', async ({ page }) => {
  const app = await startApp()
  const folder = join(app.folder, 'Mueller, Erika')
  mkdirSync(folder)
  await writePicture(folder, 'one.png', 1)
  await ask(app.core, 'batches.start', { paths: [folder], options: {} })
  await visit(page, app)
  await row(page, 'one.png').getByText('Unread').waitFor()
  const [{ id } = { id: '' }] = (await ask(app.core, 'cases.list', { query: {} })).rows
  await openCare(page)
  await page.getByRole('searchbox').fill(caseCode(id))
  await page.getByRole('button', { name: 'Look up' }).click()
  await page.getByRole('button', { name: 'Erase…' }).click()
  await page.getByLabel('Reason').fill('asked for')
  await page.getByRole('button', { name: 'Go on…' }).click()
  await page.getByLabel(/^Type /).fill(caseCode(id))
  await page.getByRole('button', { name: 'Erase for good' }).click()
  const link = page.getByRole('link', { name: /^Mueller, Erika, \d{4}-/ })
  await link.waitFor()
  await expectAccessible(page)
  await link.click()
  await page.getByRole('heading', { name: 'Mueller, Erika' }).waitFor()
})

test('an auditor reads it and is offered nothing; a radiologist does not get there', async ({ page }) => {
  const { app, mueller, dir } = await startWithCases()
  const { store } = app.core
  await store.setBackups({ folder: dir, daily: 14, weekly: 13 }, READER)
  await store.setRetention({ imagesMonths: 6, casesYears: 10, unsigned: false }, READER)
  await store.placeHold({ caseId: mueller.cases[0] ?? '', scope: 'patient', by: READER, reason: 'court' })
  for (const role of ['auditor', 'radiologist'] as const) await signInRole(app.core, role)
  await visitUnsigned(page, app.server.newAddress())
  const signIn = async (name: string) => {
    await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByLabel('Password').fill(PASSWORD)
    await page.keyboard.press('Enter')
  }
  await signIn('the auditor')
  await openCare(page)
  await page.getByText('Images of signed cases go 6 months after they were signed.').waitFor()
  await page.getByText('patient PAT-4711: 2 cases, and later ones').waitFor()
  await page.getByRole('button', { name: 'What would go now?' }).click()
  await page.getByText('Nothing is due now.').waitFor()
  const offered = await page.getByRole('main').getByRole('button').allInnerTexts()
  expect(offered).toEqual(['What would go now?'])
  // The mark is for who can do something about it.
  expect(await page.getByRole('link', { name: /^Backups:/ }).count()).toBe(0)
  await expectAccessible(page)

  await page.keyboard.press('Control+l')
  await page.getByRole('button', { name: 'Sign in as someone else' }).click()
  await signIn('the radiologist')
  await page.getByRole('heading', { name: 'Work list' }).waitFor()
  // The address of a page of auditors leads to one that a radiologist may see.
  await page.evaluate(() => {
    location.hash = '#/admin/care'
  })
  await page.getByText('The admin panel is for administrators and auditors.').waitFor()
  await page.getByRole('heading', { name: 'Work list' }).waitFor()
  expect(new URL(page.url()).hash).toBe('#/')
  expect(await page.getByRole('link', { name: 'Admin' }).count()).toBe(0)
})

test('what cannot be loaded is told, with a way to try again', async ({ page }) => {
  const { app } = await startWithCases()
  await visit(page, app)
  const asked = '**/api/{backups,retention}.status'
  await page.route(asked, (route) =>
    route.fulfill({
      status: 500,
      json: {
        failure: { code: 'database-locked', message: 'Another program holds the database.', action: 'Close it.' },
      },
    }),
  )
  await page.reload()
  await openCare(page)
  await expect.poll(() => page.getByText('This could not be loaded. Another program holds').count()).toBe(2)
  await expectAccessible(page)
  await page.unroute(asked)
  await page.getByRole('button', { name: 'Try again' }).first().click()
  await page.getByText('when Gyrus started').waitFor()
})
