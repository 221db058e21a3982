import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { LINE_COLOUR } from '../../src/renderer/region/line-colour.ts'
import { REGION_WORDS } from '../../src/shared/region-words.ts'
import { test } from '../support/browser.ts'
import { ask, openPaths } from '../support/core.ts'
import { type App, READER, startApp, visit, waitForImage } from './app.ts'
import { expectGood } from './good.ts'
import { marksOf, through, writeMarked } from './heat-picture.ts'

const SAMPLE = join(import.meta.dirname, '../../resources/samples/sample-01.jpg')
const OUT = process.env.GYRUS_SHOTS

const panel = (page: Page) => page.getByRole('region', { name: 'Brain region' })
const button = (page: Page, name: RegExp) => panel(page).getByRole('button', { name })
const drawn = (page: Page) => page.locator('canvas.region')

async function shoot(page: Page, name: string): Promise<void> {
  if (!OUT) return
  mkdirSync(OUT, { recursive: true })
  await page.screenshot({ path: join(OUT, `region-${name}.png`) })
}

async function openCase(page: Page, app: App, path: string): Promise<string> {
  const [outcome] = await openPaths(app.core, path)
  await visit(page, app)
  await page.goto(`${new URL('/', app.server.newAddress()).href}#/case/${outcome?.caseId}`)
  await waitForImage(page)
  return outcome?.caseId as string
}

/** Shares of the places, px (CSS) of the view, where the canvas has the line’s colour within 2 px. */
async function lineAt(page: Page, places: [number, number][]): Promise<number> {
  const colour = [1, 3, 5].map((at) => Number.parseInt(LINE_COLOUR.slice(at, at + 2), 16))
  return page.evaluate(
    ([places, colour]) => {
      const canvas = document.querySelector<HTMLCanvasElement>('canvas.region')
      const context = canvas?.getContext('2d')
      if (!canvas || !context) return 0
      const ratio = canvas.width / canvas.clientWidth
      const met = places.filter(([x, y]) => {
        const reach = Math.ceil(2 * ratio)
        const { data } = context.getImageData(x * ratio - reach, y * ratio - reach, 2 * reach + 1, 2 * reach + 1)
        for (let i = 0; i < data.length; i += 4)
          if ([0, 1, 2].every((at) => Math.abs((data[i + at] as number) - (colour[at] as number)) < 30)) return true
        return false
      })
      return met.length / places.length
    },
    [places, colour] as const,
  )
}

/** Share of the view that is covered at all. */
const covered = (page: Page) =>
  page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas.region')
    const context = canvas?.getContext('2d')
    if (!canvas || !context || canvas.width === 0) return 0
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
    let n = 0
    for (let i = 3; i < data.length; i += 4) if ((data[i] as number) > 40) n += 1
    return n / (data.length / 4)
  })

test('the outline lies over the image by key, and goes where the image goes', async ({ page }) => {
  const app = await startApp()
  const id = await openCase(page, app, await writeMarked(app.folder))
  const { outline } = await ask(app.core, 'cases.region', { id })
  expect(outline.length).toBeGreaterThan(20)
  const followed = async () => {
    const marks = await marksOf(page)
    return (
      marks &&
      lineAt(
        page,
        outline.map((point) => through(marks, point)),
      )
    )
  }
  await page.keyboard.press('0')
  await page.getByText('Thin line: brain region').waitFor()
  await expect.poll(followed).toBeGreaterThan(0.9)
  for (const keys of [
    ['z', 'Shift+ArrowDown', 'Shift+ArrowDown'],
    ['p', 'Shift+ArrowRight'],
    ['h'],
    ['o'],
    ['v'],
    ['r'],
  ]) {
    for (const key of keys) await page.keyboard.press(key)
    await expect.poll(followed).toBeGreaterThan(0.9)
  }
  // Where the image is given all of the window its tools have both.
  await page.keyboard.press('m')
  await expect.poll(followed).toBeGreaterThan(0.9)
  await page.getByRole('toolbar', { name: 'Image tools' }).getByRole('button', { name: 'Outline' }).click()
  await expect.poll(() => drawn(page).count()).toBe(0)
})

test('the asymmetry map by mouse: in the place of a heat map, with what it is, and the figures on record', async ({
  page,
}) => {
  const app = await startApp()
  await page.setViewportSize({ width: 1366, height: 768 })
  const id = await openCase(page, app, SAMPLE)
  const { region } = await ask(app.core, 'cases.get', { id })
  if (!region?.found || region.asymmetry === null) throw new Error('the sample has two sides')
  await panel(page).waitFor()
  await shoot(page, 'folded')
  expect((await panel(page).boundingBox())?.height).toBeLessThan(40)
  await page.keyboard.press('Space')
  await button(page, /^Asymmetry/).click()
  await page.getByText(REGION_WORDS.note, { exact: true }).waitFor()
  expect(await page.locator('canvas.heat').count()).toBe(0)
  await expect.poll(() => covered(page)).toBeGreaterThan(0.01)
  await page.getByText(`Index ${region.asymmetry.toFixed(2)}`).waitFor()
  await button(page, /^Outline/).click()
  await button(page, /Figures$/).click()
  const table = panel(page).getByRole('table', { name: 'Brain region' })
  await table.getByRole('row', { name: `Asymmetry index ${region.asymmetry.toFixed(2)}` }).waitFor()
  await table.getByRole('row', { name: /^Area \d+ % of the picture; size of pixels not known/ }).waitFor()
  await panel(page).getByText('intensities of MR have no unit').waitFor()
  await expectGood(page)
  await shoot(page, 'asymmetry')
  // The heat map takes its place, and gives it back.
  await page.keyboard.press('Space')
  await expect.poll(() => button(page, /^Asymmetry/).getAttribute('aria-pressed')).toBe('false')
  await page.keyboard.press('9')
  await expect.poll(() => page.locator('canvas.heat').count()).toBe(0)
  await page.getByText(REGION_WORDS.note, { exact: true }).waitFor()
  await page.keyboard.press('9')
  await expect.poll(() => page.getByText(REGION_WORDS.note, { exact: true }).count()).toBe(0)
})

test('a picture without a midline says so; of an old case it is worked out, and said not to be on record', async ({
  page,
}) => {
  const app = await startApp()
  const id = await openCase(page, app, SAMPLE.replace('01.jpg', '09.png'))
  await page.keyboard.press('9')
  await page.getByText('No asymmetry. No midline was found').waitFor()
  const sqlite = new SQLite(join(app.folder, 'data/gyrus.sqlite'))
  sqlite.exec('drop trigger region_features_no_delete')
  sqlite.exec('delete from region_features')
  sqlite.close()
  expect((await ask(app.core, 'cases.get', { id })).region).toBeNull()
  await page.reload()
  await waitForImage(page)
  await button(page, /Figures$/).click()
  await panel(page).getByText('worked out now, and are not on record').waitFor()
  await panel(page)
    .getByRole('row', { name: /^Asymmetry index none/ })
    .waitFor()
  await shoot(page, 'old')
})

test('the asymmetry is kept from a reader whose impression comes first, the outline is not', async ({ page }) => {
  const app = await startApp()
  const [outcome] = await openPaths(app.core, SAMPLE)
  await visit(page, app)
  await page.getByRole('button', { name: `Account: ${READER}` }).click()
  await page.getByRole('menuitemcheckbox', { name: 'My impression before the answer' }).click()
  await page.keyboard.press('Escape')
  await page.goto(`${page.url().split('#')[0]}#/case/${outcome?.caseId}`)
  await waitForImage(page)
  await page.keyboard.press('9')
  await page.getByText('The asymmetry is shown after your impression is recorded.').first().waitFor()
  await page.keyboard.press('0')
  await page.getByText('Thin line: brain region').waitFor()
  await shoot(page, 'kept-folded')
  await button(page, /Figures$/).click()
  await panel(page)
    .getByRole('row', { name: /^Asymmetry index none/ })
    .waitFor()
  expect(await page.getByText(REGION_WORDS.note, { exact: true }).count()).toBe(0)
  await shoot(page, 'kept')
  await page.keyboard.press('5')
  await page.keyboard.press('5')
  await page.getByRole('form', { name: 'Your verdict' }).waitFor()
  await panel(page)
    .getByRole('row', { name: /^Asymmetry index 0\.\d+/ })
    .waitFor()
  await page.keyboard.press('9')
  await page.getByText(REGION_WORDS.note, { exact: true }).waitFor()
})
