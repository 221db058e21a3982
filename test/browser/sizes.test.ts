import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import { expect } from 'vitest'
import { test } from '../support/browser.ts'
import { startApp, visit } from './app.ts'
import { layoutFaults } from './layout/index.ts'
import { type Stop, TOUR } from './tour.ts'
import { furnish } from './tour-data.ts'

interface Size {
  name: string
  width: number
  height: number
  scale: number
  smallestText: number
  wideTables?: boolean
}

/** The smallest screen, by itself and enlarged to 200 %, and one of 3840 by 2160 pixels both ways: scaled by the system, and at 100 %. */
const SIZES: readonly Size[] = [
  { name: '1366', width: 1366, height: 768, scale: 1, smallestText: 13 },
  { name: 'enlarged', width: 683, height: 384, scale: 2, smallestText: 13, wideTables: true },
  { name: '4k-scaled', width: 1920, height: 1080, scale: 2, smallestText: 13 },
  { name: '4k', width: 3840, height: 2160, scale: 1, smallestText: 19 },
]

/** Where `node scripts/screens.ts` wants pictures, and of which size. */
const { GYRUS_SCREENS: PICTURES, GYRUS_SCREENS_SIZE: ONE } = process.env
const CHOSEN = SIZES.filter(({ name }) => !ONE || name === ONE)

async function resize(page: Page, session: CDPSession, { width, height, scale }: Size): Promise<void> {
  await page.setViewportSize({ width, height })
  await session.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: scale, mobile: false })
  // One frame, in which what follows the size is told of it.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50))))
}

async function take(session: CDPSession, name: string): Promise<void> {
  if (!PICTURES) return
  const { data } = await session.send('Page.captureScreenshot', { format: 'png' })
  mkdirSync(PICTURES, { recursive: true })
  writeFileSync(join(PICTURES, `${name}.png`), Buffer.from(data, 'base64'))
}

async function faultsOf(page: Page, session: CDPSession, stop: Stop): Promise<string[]> {
  const found: string[] = []
  for (const size of CHOSEN) {
    await resize(page, session, size)
    const faults = await layoutFaults(page, size)
    found.push(...faults.map((fault) => `${stop.name} at ${size.name}: ${fault}`))
    await take(session, `${stop.name}-${size.name}`)
  }
  return found
}

/** Keys that are pressed before it has gone are its own. */
async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

test('every screen is whole at 1366 × 768 and on a screen of 3840 × 2160', { timeout: 600_000 }, async ({ page }) => {
  page.setDefaultTimeout(60_000)
  const app = await startApp()
  await visit(page, app)
  const session = await page.context().newCDPSession(page)
  await page.getByText('drop files and folders').waitFor()
  const empty: Stop = { name: 'first-launch', open: () => Promise.resolve() }
  const faults = await faultsOf(page, session, empty)
  const data = await furnish(app)
  for (const stop of TOUR) {
    // Where most is to be seen, so that what leads there is.
    await resize(page, session, SIZES.at(-1) as Size)
    await stop.open(page, data)
    // Pictures of cases come when they come.
    if (PICTURES) await page.waitForTimeout(500)
    faults.push(...(await faultsOf(page, session, stop)))
    if (await page.getByRole('dialog').count()) await closeDialog(page)
  }
  expect(faults).toEqual([])
})

test('what is wrong with a screen is found', async ({ page }) => {
  await page.setContent(`
    <div id="app">
      <p style="width: 20rem; overflow: hidden; white-space: nowrap">A line that is longer than its box, and is cut off by it.</p>
      <p style="position: absolute; top: 200px">Under</p><p style="position: absolute; top: 202px">Over</p>
      <p style="font-size: 9px">Small</p>
      <p>${'So many words in one line that the eye does not find the next one. '.repeat(2)}</p>
      <div style="width: 10rem; overflow-x: auto"><div style="width: 30rem">Wide</div></div>
      <button style="position: absolute; top: 400px; left: 2000px">Away</button>
      <button style="position: absolute; top: 500px">Below</button>
      <div style="position: absolute; top: 490px; width: 200px; height: 60px; background: #fff"></div>
    </div>`)
  const faults = await layoutFaults(page, { smallestText: 13 })
  for (const part of ['cut off: <p> “A line', 'lies on', 'text of 9.0 px', 'a line of 133', 'scrolls sideways'])
    expect(faults.join('\n')).toContain(part)
  expect(faults.join('\n')).toMatch(/the page scrolls|out of reach: <button> “Away”/)
  expect(faults.join('\n')).toContain('covered by <div> “”: <button> “Below”')
})
