import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { auditQuerySchema } from '../../src/shared/audit.ts'
import { signInRole } from '../support/accounts.ts'
import { pagesOf } from '../support/audit.ts'
import { test } from '../support/browser.ts'
import { ask, openPaths } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { type App, downloaded, READER, row, startApp, visit } from './app.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')
const WHO = 'the auditor'
const COMMENT = 'dural tail, follow-up in March'

/** Two cases, a verdict on one of them, and an auditor. @returns a token of theirs for the command line */
async function prepare(app: App): Promise<string> {
  await signInRole(app.core, 'auditor')
  const [outcome] = await openPaths(
    app.core,
    await writePicture(app.folder, 'one.png', 1),
    await writePicture(app.folder, 'two.png', 2),
  )
  await ask(app.core, 'cases.review', { id: outcome?.caseId ?? '', verdict: 'agree', comment: COMMENT })
  const asked = { name: WHO, purpose: 'verify', days: 1 }
  return (await app.core.accounts.administration.addToken(asked, READER)).token
}

const gyrus = (app: App, token: string, ...args: string[]) =>
  spawnSync(process.execPath, [main, 'audit', ...args, '--data-dir', join(app.folder, 'data')], {
    encoding: 'utf8',
    env: { ...process.env, GYRUS_TOKEN: token },
  })

/** What the export in this format holds. */
async function exported(page: Page, format: string): Promise<string> {
  await page.getByRole('button', { name: 'Export' }).click()
  const { content } = await downloaded(page, () => page.getByRole('menuitem', { name: format }).click())
  return content.toString('utf8')
}

/** Changes one letter of the comment where the table of verdicts lies in the file; Gyrus is not running. */
async function alterVerdict(app: App): Promise<void> {
  const file = join(app.folder, 'data', 'gyrus.sqlite')
  const { size, pages } = pagesOf(file, ['verdicts'])
  const bytes = readFileSync(file)
  const found = pages.flatMap((page) => {
    const at = bytes.subarray(page, page + size).indexOf(COMMENT)
    return at < 0 ? [] : [page + at]
  })
  expect(found).toHaveLength(1)
  bytes[found[0] as number] = 'D'.charCodeAt(0)
  writeFileSync(file, bytes)
}

test('an auditor verifies and exports the trail; one altered letter of a verdict is named, here and by the command', async ({
  page,
}) => {
  const app = await startApp()
  const token = await prepare(app)
  const reviewed = (await app.core.store.listAudit(auditQuerySchema.parse({ acts: ['case.reviewed'] }), null, 10))
    .entries[0]?.sequence
  await visit(page, app, WHO)
  await page.getByRole('link', { name: 'Audit' }).click()
  await page.getByRole('heading', { name: 'Audit trail' }).waitFor()
  await page.getByText('Stored scans too').click()
  await page.getByRole('button', { name: 'Verify' }).click()
  await page.getByText(/^Sound: \d+ entries, \d+ records that they bind, and 2 stored scans\.$/).waitFor()

  await page.getByRole('button', { name: 'What' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Case received' }).click()
  await page.keyboard.press('Escape')
  await page.getByText('2 entries').waitFor()
  const xml = await exported(page, 'DICOM audit messages (XML)')
  expect(xml.match(/<AuditMessage>/g)).toHaveLength(2)
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await row(page, 'Audit trail exported').waitFor()
  const entries = JSON.parse(await exported(page, 'JSON')) as { act: string; actor: string }[]
  expect(entries.filter(({ act }) => act === 'audit.exported').map(({ actor }) => actor)).toEqual([WHO, WHO])

  const heads = join(app.folder, 'heads')
  mkdirSync(heads)
  const head = gyrus(app, token, 'head', '--export', heads, '--json')
  expect([head.status, head.stderr]).toEqual([0, ''])
  expect(gyrus(app, token, 'verify', '--head', heads).stdout).toContain('It contains the signed head.')

  // Chosen by an administrator; from then on the page holds the trail against what is there.
  await ask(app.core, 'audit.setHeadsFolder', { folder: heads })
  await page.getByRole('button', { name: 'Verify' }).click()
  await page.getByText('It contains all 2 signed heads of the chosen folder.').waitFor()

  await app.restart(() => alterVerdict(app))
  await visit(page, app, WHO)
  await page.getByRole('link', { name: 'Audit' }).click()
  await page.getByRole('button', { name: 'Verify' }).click()
  await page.getByText(`Broken at entry ${reviewed}.`).waitFor()
  await page.getByText('What the entry tells of was changed afterwards.').waitFor()
  const { status, stdout } = gyrus(app, token, 'verify')
  expect(status).toBe(2)
  expect(stdout).toMatch(new RegExp(`^BROKEN at entry ${reviewed}: .*\\n  case.reviewed `))
}, 120_000)
