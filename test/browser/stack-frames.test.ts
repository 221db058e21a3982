import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { HeatMap } from '../../src/shared/explain-contract.ts'
import { formatConfidence, LABEL_NAMES } from '../../src/shared/labels.ts'
import { test } from '../support/browser.ts'
import { anyCase } from '../support/cases.ts'
import { ask, openPaths } from '../support/core.ts'
import { multiFrameFile, type RealSlice, realSlices } from '../support/stacks.ts'
import { type App, row, startApp, visit, waitForImage, writeQuarters } from './app.ts'
import { expectGood } from './good.ts'
import { expectPixels, NOT_HERE, placeShown, stackSlider, windowOf } from './stack-screen.ts'

const slices = await realSlices()

async function openFrames(page: Page, real: RealSlice[]): Promise<App> {
  const app = await startApp()
  writeFileSync(join(app.folder, 'frames.dcm'), multiFrameFile(real))
  await openPaths(app.core, join(app.folder, 'frames.dcm'))
  await visit(page, app)
  await row(page, 'Frames, Test').dblclick()
  await waitForImage(page)
  return app
}

test('frames of one file are scrolled by wheel, keys and strip, each as its pixels are under the same window', async ({
  page,
  skip,
}) => {
  if (!slices) return skip(NOT_HERE)
  const app = await openFrames(page, slices)
  // The model does not judge the file: it opens in the middle, in the window of all frames.
  await page.getByText('Frame 16 of 32').first().waitFor()
  await page.getByText('32 frames, 13 counted').waitFor()
  await page.getByText('Fewer than half of the slices are within what the model knows').waitFor()
  const window = windowOf(slices)
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

  // Each has an answer beside that of the file.
  const { rows } = await ask(app.core, 'cases.list', { query: {}, offset: 0, limit: 1 })
  const { label, confidences } = (await ask(app.core, 'cases.series', { id: rows[0]?.id ?? '' }))?.slices[11] ?? {}
  if (!label || !confidences) throw new Error('frame 12 has no answer')
  const alone = page.getByRole('region', { name: 'Frame 12 alone' })
  expect(await alone.getByRole('listitem').count()).toBe(0)
  await page.getByText('Show the network’s numbers').click()
  const told = alone.getByRole('listitem').first()
  await expect.poll(() => told.innerText()).toMatch(new RegExp(`${formatConfidence(confidences[label])}$`))
  await expectGood(page)
})

test('frames that look like a tumour are marked along the strip, and jumped to', async ({ page, skip }) => {
  if (!slices) return skip(NOT_HERE)
  const app = await openFrames(page, slices.slice(15, 26))
  // It opens at the most suspicious one.
  await page.getByText('11 frames, 11 counted').waitFor()
  await expect.poll(() => placeShown(page)).toBe(1)
  await page.keyboard.press('End')
  await expect.poll(() => placeShown(page)).toBe(11)
  await page.getByRole('button', { name: 'frames 1–3 decided' }).click()
  await expect.poll(() => placeShown(page)).toBe(1)
  await page.keyboard.press('.')
  await expect.poll(() => placeShown(page)).toBe(2)
  if (process.env.GYRUS_LOOK) await page.screenshot({ path: join(process.env.GYRUS_LOOK, 'frames.png') })
  await expectGood(page)
  // Each frame has a heat map of its own.
  const { rows } = await app.core.store.listCases(anyCase, 0, 1)
  const of = (frame: number) => ask(app.core, 'cases.explain', { id: rows[0]?.id ?? '', frame, method: 'cam' })
  const [first, second] = [await of(0), await of(1)]
  expect(second.values).not.toBe(first.values)
  await expect(of(11)).rejects.toThrow('explain-frame-unread')
  await page.keyboard.press('Space')
  await page.getByLabel('Made by').selectOption('cam')
  const said = ({ label, confidences }: HeatMap) => `${LABEL_NAMES[label]} ${formatConfidence(confidences[label] ?? 0)}`
  await page
    .getByText(`${said(second)}, by`)
    .first()
    .waitFor()
  await page.keyboard.press('ArrowUp')
  await page
    .getByText(`${said(first)}, by`)
    .first()
    .waitFor()
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
