import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { tamper } from '../support/audit.ts'
import { test } from '../support/browser.ts'
import { row, startApp, visit } from './app.ts'

test('the audit trail is listed, filtered, verified and exported', async ({ page }) => {
  const app = await startApp()
  await visit(page, app)
  await page.getByRole('button', { name: 'Open sample scans' }).click()
  await page.getByText('12 unread').waitFor()
  await row(page, 'glioma').first().dblclick()
  await page.getByText('Side markers').waitFor()
  await page.goBack()
  await page.getByRole('link', { name: 'Audit' }).click()
  await page.getByRole('heading', { name: 'Audit trail' }).waitFor()
  // Started, an account with two sessions, twelve received and analysed, one opened and its answer looked at.
  await page.getByText('30 entries').waitFor()
  expect(await row(page, 'Case opened').count()).toBe(1)

  await page.getByRole('button', { name: 'What' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Case received' }).click()
  await page.keyboard.press('Escape')
  await page.getByText('12 entries').waitFor()
  await row(page, 'Case received').first().getByRole('button').click()
  await page.getByText('1 entry').waitFor()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.getByText('30 entries').waitFor()

  await page.getByText('Stored scans too').click()
  await page.getByRole('button', { name: 'Verify' }).click()
  await page.getByText('Sound: 30 entries, 49 records that they bind, and 12 stored scans.').waitFor()
  // The verification itself is on record.
  await row(page, 'Audit trail verified').waitFor()

  await page.getByRole('button', { name: 'Export' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'JSON' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^gyrus-audit-\d{4}-\d\d-\d\d\.json$/)
  // The export is on record before it is made.
  expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toHaveLength(32)

  tamper(app.core.folder.database, (sqlite) => sqlite.exec(`update cases set file_name = 'x.png' where rowid = 3`))
  await page.getByRole('button', { name: 'Verify' }).click()
  await page.getByText('Broken at entry').waitFor()
  await page.getByText('What the entry tells of was changed afterwards.').waitFor()
})
