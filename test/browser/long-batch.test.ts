import SQLite from 'better-sqlite3'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { test } from '../support/browser.ts'
import { type App, row, startApp, visit } from './app.ts'

const BATCH = '01890000-0000-7000-8000-00000000beef'
const FILES = 100_000
const ROW = 52
const WINDOW = 100

/** Files as the record has them, without their cases: 100,000 are not analysed for a list. */
async function fill(app: App): Promise<void> {
  const sqlite = new SQLite(app.core.folder.database)
  sqlite.exec(`insert into batches (id, name, origin, options, state, created_at, created_by, changed_at, listed)
    values ('${BATCH}', 'long', 'folder', '{}', 'completed', '2026-01-01T00:00:00.000Z', 'Dr A', '2026-01-01T00:00:00.000Z', 1);
    with recursive n(i) as (select 1 union all select i + 1 from n where i < ${FILES})
    insert into batch_files (batch_id, seq, root, path, state, label, confidence, calm)
    select '${BATCH}', i, 0, '/scans/' || printf('%06d', i) || '.png', 'analysed', 'glioma', 0.9, i / ${FILES}.0 from n`)
  sqlite.close()
}

const scrollTo = (page: Page, index: number) =>
  page.getByRole('grid').evaluate((grid, top) => grid.scrollTo({ top }), index * ROW)

const name = (index: number) => `${String(index).padStart(6, '0')}.png`

/** MB of JavaScript that the page still needs. */
async function heap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize / 1024 ** 2
}

/** Looks at each of some windows, until its rows are there. */
async function walk(page: Page, first: number, windows: number): Promise<void> {
  for (let at = first; at < first + windows; at++) {
    await scrollTo(page, at * WINDOW)
    await row(page, name(at * WINDOW + 1)).waitFor()
  }
}

test('a batch of 100,000 files is scrolled through to its end, and costs the page no memory', async ({ page }) => {
  const app = await startApp()
  await fill(app)
  await visit(page, app)
  await page.evaluate((hash) => location.assign(hash), `#/batch/${BATCH}`)
  await page.getByText('100,000 files').waitFor()
  await row(page, name(1)).waitFor()
  await page.keyboard.press('End')
  await row(page, name(FILES)).waitFor()
  expect(await row(page, name(FILES)).getAttribute('aria-rowindex')).toBe(String(FILES + 1))
  await page.keyboard.press('ArrowUp')
  await scrollTo(page, FILES / 2)
  await row(page, name(FILES / 2 + 1)).waitFor()

  // More windows than are kept: the page holds no more than before, and asks again for what it dropped.
  await walk(page, 0, 45)
  const before = await heap(page)
  await walk(page, 45, 60)
  expect((await heap(page)) - before).toBeLessThan(2)
  const again = page.waitForRequest((request) => request.url().endsWith('/api/batches.files'))
  await walk(page, 0, 1)
  expect((await again).postDataJSON()).toMatchObject({ after: null, skip: 0 })
}, 180_000)
