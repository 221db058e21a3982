/** Retakes the pictures in docs/images from the app as it is: real server, real engine, the sample scans. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openCore, RENDERER_DIR } from '../src/main/compose.ts'
import { startLoopback } from '../src/main/loopback/server.ts'
import { launchAnyBrowser } from './browser.ts'
import { ensureRenderer } from './renderer.ts'

const OUT = join(import.meta.dirname, '..', 'docs', 'images')
const SIZE = { width: 1366, height: 768 }
const ACCOUNT = { name: 'Dr Reader', fullName: 'Reader', password: 'lantern orbit cello 9' }

await ensureRenderer()
const dataDir = mkdtempSync(join(tmpdir(), 'gyrus-screenshots-'))
const { core, close } = await openCore(dataDir)
const server = await startLoopback({
  core,
  rendererDir: RENDERER_DIR,
  port: 0,
  uploads: core.folder.incoming,
})
const browser = await launchAnyBrowser()
const page = await browser.newPage({ viewport: SIZE })
try {
  await page.goto(server.newAddress())
  await takeTour(page)
} finally {
  await browser.close()
  await server.close()
  await close()
  rmSync(dataDir, { recursive: true, force: true })
}

async function takeTour(page: Page): Promise<void> {
  await setUp(page)
  const openSamples = page.getByRole('button', { name: 'Open sample scans' })
  await openSamples.waitFor()
  await take(page, 'welcome')

  await openSamples.click()
  await page.getByText('12 unread').waitFor()
  await page.keyboard.press('ArrowDown')
  await page.getByText('files analysed').waitFor({ state: 'detached', timeout: 60_000 })
  await take(page, 'work-list')

  await page.keyboard.press('Enter')
  await page.getByText('Side markers').waitFor()
  // The thumbnails say nothing when they are there.
  await page.waitForTimeout(1000)
  await take(page, 'review')
}

/** As on the first day: the page makes the first account. */
async function setUp(page: Page): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill(ACCOUNT.name)
  await page.getByLabel('Full name').fill(ACCOUNT.fullName)
  await page.getByLabel('Password', { exact: true }).fill(ACCOUNT.password)
  await page.getByLabel('Password again').fill(ACCOUNT.password)
  await page.keyboard.press('Enter')
}

async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(OUT, `${name}.png`) })
}
