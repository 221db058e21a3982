import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { displayWindow } from '../../src/main/engine/preprocess/display.ts'
import { SCOPE_NAMES, SERIES_RULE } from '../../src/shared/series.ts'
import { test } from '../support/browser.ts'
import { ask, openPaths } from '../support/core.ts'
import { multiFrameFile, type RealSlice, realSlices, type SeriesOptions, seriesFiles } from '../support/stacks.ts'
import { type App, row, startApp, visit, waitForImage, writeQuarters } from './app.ts'
import { expectGood } from './good.ts'
import { expectPixels, placeShown, stackSlider, type Window } from './stack-screen.ts'

const slices = await realSlices()
const NOT_HERE = 'not run: the shared data folder is not there (GYRUS_SHARED)'

/** Files of a series in the app's record, put together. */
async function openSeries(app: App, real: RealSlice[], options: SeriesOptions): Promise<void> {
  const folder = join(app.folder, `series-${options.number}`)
  mkdirSync(folder)
  for (const [at, file] of seriesFiles(real, options).entries()) {
    writeFileSync(join(folder, `IM${String(at).padStart(4, '0')}.dcm`), file)
  }
  await openPaths(app.core, folder)
  await app.core.series.settle()
}

async function openFrames(page: Page, real: RealSlice[]): Promise<App> {
  const app = await startApp()
  writeFileSync(join(app.folder, 'frames.dcm'), multiFrameFile(real))
  await openPaths(app.core, join(app.folder, 'frames.dcm'))
  await visit(page, app)
  await row(page, 'Frames, Test').dblclick()
  await waitForImage(page)
  return app
}

const windowOf = ({ image }: RealSlice): Window => displayWindow(image)

test('frames of one file are scrolled by wheel, keys and strip, each as its pixels are under the same window', async ({
  page,
  skip,
}) => {
  if (!slices) return skip(NOT_HERE)
  await openFrames(page, slices)
  // It opens at the frame that was read, the middle one, in its window.
  await page.getByText('Frame 16 of 32').first().waitFor()
  await page.getByText('The answer is that of frame 16 of 32; no other was analysed.').waitFor()
  const window = windowOf(slices[15] as RealSlice)
  await expectPixels(page, slices[15] as RealSlice, window)

  await page.mouse.move(560, 300)
  for (const _ of [1, 2, 3]) await page.mouse.wheel(0, 120)
  await expect.poll(() => placeShown(page)).toBe(19)
  await expectPixels(page, slices[18] as RealSlice, window)
  await page.mouse.wheel(0, -120)
  await expect.poll(() => placeShown(page)).toBe(18)

  for (const [key, place] of [
    ['ArrowDown', 19],
    ['ArrowUp', 18],
    ['PageUp', 15],
    ['PageDown', 18],
    ['Home', 1],
    ['ArrowUp', 1],
    ['End', 32],
    ['ArrowDown', 32],
  ] as const) {
    await page.keyboard.press(key)
    await expect.poll(() => placeShown(page), { message: key }).toBe(place)
  }
  await expectPixels(page, slices[31] as RealSlice, window)

  const strip = await stackSlider(page).boundingBox()
  if (!strip) throw new Error('no strip')
  await page.mouse.move(strip.x + (strip.width * 4.5) / 32, strip.y + strip.height / 2)
  await page.mouse.down()
  await expect.poll(() => placeShown(page)).toBe(5)
  await page.mouse.move(strip.x + (strip.width * 11.5) / 32, strip.y + strip.height / 2, { steps: 4 })
  await page.mouse.up()
  await expect.poll(() => placeShown(page)).toBe(12)
  await expectPixels(page, slices[11] as RealSlice, window)

  await page.getByRole('button', { name: 'Show frame 16' }).click()
  await expect.poll(() => placeShown(page)).toBe(16)
})

test('window, zoom, flips and rotation stay while scrolling, a length stays with its slice', async ({ page, skip }) => {
  if (!slices) return skip(NOT_HERE)
  await openFrames(page, slices)
  const read = () => page.locator('.overlay .corner.right').first().innerText()
  await page.keyboard.press('w')
  for (const arrow of ['Right', 'Up']) await page.keyboard.press(`Shift+Arrow${arrow}`)
  await page.keyboard.press('z')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('h')
  await page.keyboard.press('o')
  await page.getByText('flipped left–right · rotated 90°').waitFor()
  await page.getByText('Side markers: left P, right A, top L, bottom R').waitFor()
  await page.keyboard.press('l')
  await page.keyboard.press('Shift+ArrowRight')
  const label = page.getByText(/^[\d.]+ mm$/)
  await label.waitFor()
  const before = await read()

  await page.keyboard.press('ArrowDown')
  await expect.poll(() => placeShown(page)).toBe(17)
  await label.waitFor({ state: 'detached' })
  expect(await read()).toBe(before)
  await page.getByText('flipped left–right · rotated 90°').waitFor()
  await page.keyboard.press('ArrowUp')
  await label.waitFor()
  expect(await read()).toBe(before)
  await page.keyboard.press('r')
  await expect.poll(read).not.toBe(before)
})

test('a drag with the scroll tool scrolls, and one image has nothing of a stack', async ({ page, skip }) => {
  if (!slices) return skip(NOT_HERE)
  const app = await openFrames(page, slices)
  await page.keyboard.press('g')
  const box = await page.locator('[data-page-keys]').boundingBox()
  if (!box) throw new Error('no image')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x, y + 90, { steps: 6 })
  await page.mouse.up()
  await expect.poll(() => placeShown(page)).toBeGreaterThan(18)
  const there = await placeShown(page)
  await page.keyboard.press('Shift+ArrowUp')
  await expect.poll(() => placeShown(page)).toBe(there - 1)

  await openPaths(app.core, await writeQuarters(join(app.folder, 'one.png'), [[0], [80], [160], [240]]))
  await page.keyboard.press('Escape')
  await row(page, 'one.png').dblclick()
  await waitForImage(page)
  expect(await stackSlider(page).count()).toBe(0)
  // The arrows and the wheel go from case to case.
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => page.title()).toContain('Frames, Test')
})

test('a stack plays at the rate that was chosen, to and fro, and stops at any scroll', async ({ page, skip }) => {
  if (!slices) return skip(NOT_HERE)
  await openFrames(page, slices.slice(10, 16))
  await page.getByLabel('Slices a second').selectOption('20/s')
  await page.getByRole('button', { name: 'At the ends: From the start' }).click()
  await page.getByRole('button', { name: 'At the ends: To and fro' }).waitFor()
  await page.keyboard.press('f')
  const seen = new Set<number>()
  await expect
    .poll(async () => {
      seen.add(await placeShown(page))
      return seen.size
    })
    .toBe(6)
  await page.getByRole('button', { name: 'Pause' }).waitFor()
  await page.keyboard.press('Home')
  await page.getByRole('button', { name: 'Play' }).waitFor()
  await expect.poll(() => placeShown(page)).toBe(1)
  await page.waitForTimeout(400)
  expect(await placeShown(page)).toBe(1)
  await page.reload()
  await waitForImage(page)
  expect(await page.getByLabel('Slices a second').inputValue()).toBe('20')

  // Who asked the system for little motion sees it once.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.keyboard.press('End')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('f')
  await expect.poll(() => placeShown(page)).toBe(6)
  await page.getByRole('button', { name: 'Play' }).waitFor()
})

test('a series opens at the slice that decided; its strip, keys, table and panel tell the slices apart', async ({
  page,
  skip,
}) => {
  const real = slices?.slice(7, 21)
  if (!real) return skip(NOT_HERE)
  const app = await startApp()
  await openSeries(app, real, { number: 1, length: 14, apart: 8 })
  const { rows } = await ask(app.core, 'cases.list', { query: {}, offset: 0, limit: 10 })
  const series = await ask(app.core, 'cases.series', { id: rows[0]?.id ?? '' })
  if (!series?.deciding) throw new Error('no series')
  const { key, counted, deciding } = series
  await visit(page, app)
  await row(page, '14 slices').dblclick()
  await waitForImage(page)
  await expect.poll(() => placeShown(page)).toBe(key + 1)
  const window = windowOf(real[key] as RealSlice)
  await expectPixels(page, real[key] as RealSlice, window)
  await page.getByText(`14 slices, ${counted} counted`).waitFor()
  await page.getByText(SERIES_RULE.text).waitFor()
  for (const caution of series.cautions) await page.getByText(caution).waitFor()
  expect(await page.getByRole('table', { name: 'Probabilities of the slices' }).getByRole('row').count()).toBe(15)
  await expectGood(page)

  // A slice that does not count says why, to the eye and to the keyboard.
  await page.keyboard.press('Home')
  await expectPixels(page, real[0] as RealSlice, window)
  const reason = SCOPE_NAMES[series.slices[0]?.scope ?? 'counted']
  expect(await stackSlider(page).getAttribute('aria-valuetext')).toContain(`Not counted: ${reason}`)
  await page.getByText(`Slice 1 of 14 · 0.0 mm · Not counted: ${reason}`).waitFor()
  await page.getByRole('region', { name: 'Slice 1 alone' }).getByText('not counted').waitFor()

  await page.keyboard.press('k')
  await expect.poll(() => placeShown(page)).toBe(key + 1)
  const suspicious = series.slices.filter(({ scope, label }) => scope === 'counted' && label !== 'notumor')
  const next = suspicious.find(({ place }) => place > key)
  if (next) {
    await page.keyboard.press('.')
    await expect.poll(() => placeShown(page)).toBe(next.place + 1)
    await page.keyboard.press(',')
    await expect.poll(() => placeShown(page)).toBe(key + 1)
  }
  await page.keyboard.press('End')
  await page.keyboard.press('.')
  await page.getByText('No slice below is called a tumour.').waitFor()
  await page
    .getByRole('button', { name: `${deciding.length > 1 ? 'slices' : 'slice'} ${(deciding[0] ?? 0) + 1}` })
    .click()
  await expect.poll(() => placeShown(page)).toBe(key + 1)
  const alone = page.getByRole('region', { name: `Slice ${key + 1} alone` })
  await alone.getByText('one of those that decided').waitFor()

  // By keyboard alone, on the strip itself.
  await stackSlider(page).focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => placeShown(page)).toBe(key + 2)
})

test('a slice’s own case leads to its series, there', async ({ page, skip }) => {
  const real = slices?.slice(10)
  if (!real) return skip(NOT_HERE)
  const app = await startApp()
  await openSeries(app, real, { number: 1, length: 6, apart: 8 })
  const { rows } = await ask(app.core, 'cases.list', { query: {}, offset: 0, limit: 10 })
  const series = await ask(app.core, 'cases.series', { id: rows[0]?.id ?? '' })
  const led = async (place: number) => {
    await page.goto(`${new URL('/', page.url()).href}#/case/${series?.slices[place]?.caseId}`)
    await expect.poll(() => page.url()).toContain(`#/case/${series?.id}?slice=${place + 1}`)
    await waitForImage(page)
    await expect.poll(() => placeShown(page)).toBe(place + 1)
  }
  await visit(page, app)
  await led(4)
  const window = windowOf(real[4] as RealSlice)
  await expectPixels(page, real[4] as RealSlice, window)
  // In the series that is on the screen already, too.
  await led(1)
  await expectPixels(page, real[1] as RealSlice, window)
})

test('a series that the model does not judge says why, and is scrolled all the same', async ({ page, skip }) => {
  const real = slices?.slice(0, 4)
  if (!real) return skip(NOT_HERE)
  const app = await startApp()
  await openSeries(app, real, { number: 1, length: 4, apart: 8 })
  await visit(page, app)
  await row(page, 'T1 series 1').dblclick()
  await waitForImage(page)
  await page.getByText('none of its 4 slices is within what it knows').waitFor()
  await page.getByText('4 slices, 0 counted').waitFor()
  await page.keyboard.press('Home')
  const window = windowOf(real[1] as RealSlice)
  await expectPixels(page, real[0] as RealSlice, window)
  await page.keyboard.press('ArrowDown')
  await expectPixels(page, real[1] as RealSlice, window)
  await expectGood(page)
})

test('a slice that cannot be had says why, and the others go on', async ({ page, skip }) => {
  if (!slices) return skip(NOT_HERE)
  const app = await startApp()
  await openSeries(app, slices.slice(12, 22), { number: 1, length: 10, apart: 8 })
  const { rows } = await ask(app.core, 'cases.list', { query: {}, offset: 0, limit: 10 })
  const series = await ask(app.core, 'cases.series', { id: rows[0]?.id ?? '' })
  const broken = await ask(app.core, 'cases.get', { id: series?.slices[3]?.caseId ?? '' })
  const sha256 = broken.scan?.sha256 ?? ''
  writeFileSync(join(app.folder, 'data', 'scans', sha256.slice(0, 2), sha256), 'something else')
  await visit(page, app)
  await page.goto(`${page.url()}#/case/${series?.id}?slice=3`)
  await waitForImage(page)
  const window = windowOf(slices[14] as RealSlice)
  await expectPixels(page, slices[14] as RealSlice, window)
  await page.keyboard.press('ArrowDown')
  const alert = page.getByRole('alert')
  await alert.getByText('Slice 4 of 10').waitFor()
  await alert.getByText('The image could not be shown').waitFor()
  await expectGood(page)
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => placeShown(page)).toBe(5)
  await alert.waitFor({ state: 'detached' })
  await expectPixels(page, slices[16] as RealSlice, window)
})

test('a prior series lies beside, goes in step by mm or by itself, and its window with the other or not', async ({
  page,
  skip,
}) => {
  const real = slices?.slice(10)
  if (!real) return skip(NOT_HERE)
  const app = await startApp()
  await openSeries(app, real, { number: 2, length: 9, apart: 4, studyDate: '20250303' })
  await openSeries(app, real, { number: 1, length: 5, apart: 8 })
  await visit(page, app)
  await row(page, 'T1 series 1').dblclick()
  await waitForImage(page)
  await page.keyboard.press('Home')
  await page.keyboard.press('b')
  const dialog = page.getByRole('dialog', { name: 'Compare with another series' })
  await dialog.getByRole('button', { name: '2025-03-03' }).waitFor()
  await expectGood(page)
  await dialog.getByRole('button', { name: '2025-03-03' }).click()
  const beside = page.getByRole('region', { name: 'Series beside' })
  const place = async () => Number(/Slice (\d+)/.exec(await beside.locator('.slice').innerText())?.[1])
  await expect.poll(place).toBe(1)
  await page.getByRole('button', { name: 'In step: by mm from here' }).waitFor()
  await expectGood(page)

  // 8 mm on here are two slices of 4 mm there.
  for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowDown')
  await expect.poll(() => placeShown(page)).toBe(4)
  await expect.poll(place).toBe(7)
  // Each by itself, to where it fits, and in step from there.
  await page.keyboard.press('j')
  await page.mouse.move(736, 300)
  await page.mouse.wheel(0, 120)
  await expect.poll(place).toBe(8)
  expect(await placeShown(page)).toBe(4)
  await page.keyboard.press('j')
  await page.keyboard.press('ArrowUp')
  await expect.poll(place).toBe(6)
  expect(await placeShown(page)).toBe(3)

  const windows = () => page.getByText(/^W \d/).allInnerTexts()
  const [own, others] = await windows()
  await page.getByRole('button', { name: 'One window' }).click()
  await page.keyboard.press('w')
  for (const _ of [1, 2, 3, 4]) await page.keyboard.press('Shift+ArrowRight')
  await expect.poll(async () => (await windows())[0]).not.toBe(own)
  await expect.poll(async () => (await windows())[1]).not.toBe(others)
  // That somebody looked at it is on record.
  const { rows } = await ask(app.core, 'cases.list', { query: {}, offset: 0, limit: 10 })
  const prior = rows.find(({ description }) => description?.startsWith('T1 series 2'))
  expect(JSON.stringify(await ask(app.core, 'cases.timeline', { id: prior?.id ?? '' }))).toContain('opened')
  await page.getByRole('button', { name: 'Close the other series' }).click()
  await beside.waitFor({ state: 'detached' })
  expect(await placeShown(page)).toBe(3)
})

test('series of one study in one scanner’s system go together by place, others by share of the stack', async ({
  page,
  skip,
}) => {
  const real = slices?.slice(10)
  if (!real) return skip(NOT_HERE)
  const app = await startApp()
  const one = { frameOfReference: 7, patient: 'A' }
  await openSeries(app, real, { ...one, number: 1, length: 6, apart: 4 })
  await openSeries(app, real, { ...one, number: 3, length: 3, apart: 8 })
  await visit(page, app)
  await row(page, 'T1 series 1').dblclick()
  await waitForImage(page)
  await page.keyboard.press('b')
  await page.getByRole('dialog').getByRole('button', { name: 'T1 series 3' }).click()
  await page.getByRole('button', { name: 'In step: by mm in the scanner' }).waitFor()
  const beside = page.getByRole('region', { name: 'Series beside' })
  for (const [key, there] of [
    ['End', 3],
    ['Home', 1],
  ] as const) {
    await page.keyboard.press(key)
    await expect
      .poll(async () => Number(/Slice (\d+)/.exec(await beside.locator('.slice').innerText())?.[1]), { message: key })
      .toBe(there)
  }
})

test('where an impression comes first the strip tells no probabilities, and jumps nowhere', async ({ page, skip }) => {
  const real = slices?.slice(10)
  if (!real) return skip(NOT_HERE)
  const app = await startApp()
  await ask(app.core, 'reading.set', { on: true })
  await openSeries(app, real, { number: 1, length: 4, apart: 8 })
  const { rows } = await ask(app.core, 'cases.list', { query: {}, offset: 0, limit: 10 })
  const series = await ask(app.core, 'cases.series', { id: rows[0]?.id ?? '' })
  await visit(page, app)
  await row(page, '4 slices').dblclick()
  await waitForImage(page)
  await page.getByRole('slider', { name: 'their probabilities are shown after your impression' }).waitFor()
  await expect.poll(() => placeShown(page)).toBe((series?.key ?? 0) + 1)
  expect(await page.getByText(/slices? [\d–]+ decided/).count()).toBe(0)
  await page.keyboard.press('k')
  await page.getByText('impression').first().waitFor()
  await page.keyboard.press('Home')
  await expect.poll(() => placeShown(page)).toBe(1)
  await page.keyboard.press('k')
  expect(await placeShown(page)).toBe(1)
  await expectGood(page)
})
