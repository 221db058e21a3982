import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import sharp from 'sharp'
import { expect } from 'vitest'
import { BANNER } from '../../src/shared/labels.ts'
import type { ReportOptions } from '../../src/shared/report.ts'
import { turnsOf } from '../../src/shared/view.ts'
import { test } from '../support/browser.ts'
import { openPaths } from '../support/core.ts'
import { textOf } from '../support/pdf.ts'
import { type App, row, shadesAt, startApp, visit, waitForImage, writeQuarters } from './app.ts'

const SIDE = 128
const CENTRES: [number, number][] = [
  [0.25, 0.25],
  [0.75, 0.25],
  [0.25, 0.75],
  [0.75, 0.75],
]

async function openQuarters(page: Page): Promise<App> {
  const app = await startApp()
  await openPaths(app.core, await writeQuarters(join(app.folder, 'quarters.png'), [[0], [80], [160], [240]], SIDE))
  await visit(page, app)
  await row(page, 'quarters.png').dblclick()
  await waitForImage(page)
  return app
}

/** Saves the report of the open case; what was asked for, and what came. */
async function save(
  page: Page,
  confirm: (button: Locator) => Promise<void> = (button) => button.click(),
): Promise<{ asked: ReportOptions & { id: string }; pdf: Buffer; fileName: string }> {
  await page.keyboard.press('e')
  const [request, download] = await Promise.all([
    page.waitForRequest((one) => one.url().endsWith('/api/cases.report')),
    page.waitForEvent('download'),
    confirm(page.getByRole('button', { name: 'Save as PDF' })),
  ])
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  const pdf = readFileSync(await download.path())
  return { asked: request.postDataJSON(), pdf, fileName: download.suggestedFilename() }
}

test('the report shows the image as it is on the screen, whatever was done to it', async ({ page }) => {
  const app = await openQuarters(page)
  for (const keys of ['', 'h', 'o', 'h', 'v', 'oi', 'h', 'ooo']) {
    for (const key of keys) await page.keyboard.press(key)
    const { asked, pdf } = await save(page)
    const shown = (await shadesAt(page, CENTRES, SIDE)).map(([shade]) => shade ?? -1)
    const { png } = await app.core.images.picture(asked.id, asked.view)
    const { data, info } = await sharp(png).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true })
    const drawn = CENTRES.map(([x, y]) => data[Math.floor(y * info.height) * info.width + Math.floor(x * info.width)])
    for (const [i, shade] of shown.entries()) expect(Math.abs((drawn[i] ?? -99) - shade), keys).toBeLessThan(3)
    const { view } = asked
    const changed = view !== null && (turnsOf(view).length > 0 || view.inverted)
    expect(changed).toBe(keys !== '')
    expect((await textOf(pdf))[0]?.includes('CHANGED VIEW')).toBe(changed)
  }
})

test('a report comes as a download, says what it will hold, and remembers the paper', async ({ page }) => {
  await openQuarters(page)
  await page.keyboard.press('h')
  await page.keyboard.press('t')
  await page.getByRole('button', { name: 'Report…' }).click()
  await page.getByText('The report marks the image as flipped left–right.').waitFor()
  await page.getByText('is not saved and will not be in it').waitFor()
  await page.getByRole('radio', { name: 'Letter' }).check()
  await page.keyboard.press('Escape')
  await page.reload()
  await waitForImage(page)
  const { asked, pdf, fileName } = await save(page, async (button) => {
    await expect.poll(() => button.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
  })
  expect(asked.paper).toBe('letter')
  expect(fileName).toMatch(/^gyrus-report-[0-9A-F]{4}-[0-9A-F]{4}\.pdf$/)
  const [text = ''] = await textOf(pdf)
  expect(text).toContain(BANNER)

  // Its code finds the case.
  await page.keyboard.press('Escape')
  await page.getByRole('searchbox').fill(/Case ([0-9A-F]{4}-[0-9A-F]{4})/.exec(text)?.[1] ?? '?')
  await page.getByText('1 found').waitFor()
  await row(page, 'quarters.png').waitFor()
})

test('a report is printed from a tab of its own, and a browser that blocks tabs is told of', async ({ page }) => {
  await openQuarters(page)
  await page.keyboard.press('Control+p')
  const [tab] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('dialog').getByRole('button', { name: 'Print' }).click(),
  ])
  await expect.poll(() => tab.url()).toMatch(/^blob:/)
  await expect.poll(() => tab.evaluate(() => document.contentType)).toBe('application/pdf')
  await tab.close()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.evaluate(() => {
    window.open = () => null
  })
  await page.keyboard.press('Control+p')
  await page.getByRole('dialog').getByRole('button', { name: 'Print' }).click()
  await page.getByText('allowed no new tab').first().waitFor()
})
