import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { caseCode } from '../../src/shared/case-code.ts'
import { test } from '../support/browser.ts'
import { ask } from '../support/core.ts'
import { tamper } from '../support/spoil.ts'
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
  // What an entry tells stands there in words; as it was recorded, only where it is opened.
  await row(page, 'Case analysed')
    .first()
    .getByText(/^\D+ [>.\d]+ · model efl0-2$/)
    .waitFor()
  expect(await page.getByRole('table').innerText()).not.toMatch(/[{}]|[0-9a-f]{32}/)

  await page.getByRole('button', { name: 'What' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Case received' }).click()
  await page.keyboard.press('Escape')
  await page.getByText('12 entries').waitFor()
  await row(page, 'Case received')
    .first()
    .getByText(/^Sample · \d+ kB$/)
    .waitFor()
  await row(page, 'Case received').first().getByRole('button', { name: 'all that it says' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('"source":"sample"').waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('"source":"sample"').waitFor({ state: 'detached' })
  await row(page, 'Case received').first().getByTitle('Only entries about').click()
  await page.getByText('1 entry').waitFor()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.getByText('30 entries').waitFor()

  // By the code that a report prints; and what to do where a patient is looked for.
  const [first] = (await ask(app.core, 'cases.list', { query: {} })).rows
  const about = page.getByRole('searchbox', { name: 'Only entries about one thing' })
  await about.fill(caseCode(first?.id ?? ''))
  await page.getByText(/^\d entries found$/).waitFor()
  await row(page, 'Case received').waitFor()
  await row(page, 'Case analysed').waitFor()
  expect(await row(page, 'Signed in').count()).toBe(0)
  await about.fill('MUELLER')
  await page.getByText('Entries name no patients and no files.').waitFor()
  await about.fill('')
  await page.getByText('30 entries').waitFor()

  await page.getByText('Stored scans too').click()
  await page.getByRole('button', { name: 'Verify' }).click()
  await page.getByText('Sound: 30 entries, 61 records that they bind, and 12 stored scans.').waitFor()
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
  await page.getByText('Sign nothing more here').waitFor()
  await page
    .getByText(`npm run -s gyrus -- audit verify --head <folder> --data-dir "${app.core.folder.root}"`)
    .waitFor()
  const broken = (await page.getByText(/^Broken at entry \d+\.$/).innerText()).replace(/\D/g, '')
  await page.getByRole('button', { name: `Show entry ${broken}` }).click()
  await page.getByText('11 entries found').waitFor()
  const entry = page.getByRole('cell', { name: `Entry ${broken}`, exact: true })
  await entry.getByText('"source":"sample"').waitFor()
  expect(await entry.evaluate((cell) => cell.getBoundingClientRect().bottom <= innerHeight)).toBe(true)
  await row(page, 'Audit trail verified').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await row(page, 'Audit trail verified').first().getByText(`not sound, at entry ${broken}`).waitFor()
})
