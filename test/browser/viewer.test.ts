import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { test } from '../support/browser.ts'
import { openPaths } from '../support/core.ts'
import { row, shadesAt, startApp, visit, waitForImage, writeQuarters } from './app.ts'

const SIDE = 128
const CENTRES: [number, number][] = [
  [0.25, 0.25],
  [0.75, 0.25],
  [0.25, 0.75],
  [0.75, 0.75],
]
/** Left top, right top, left bottom, right bottom. */
const quarters = async (page: Page) => (await shadesAt(page, CENTRES, SIDE)).map(([shade]) => shade ?? -1)

async function openQuarters(page: Page, values: number[][], depth: 8 | 16 = 8) {
  const app = await startApp()
  await openPaths(app.core, await writeQuarters(join(app.folder, 'quarters.png'), values, SIDE, depth))
  await visit(page, app)
  await row(page, 'quarters.png').dblclick()
  await waitForImage(page)
  return app
}

/** From the middle of the image, or `above` it and to its `right`, px. */
async function drag(
  page: Page,
  dx: number,
  dy: number,
  button: 'left' | 'middle' | 'right' = 'left',
  above = 0,
  right = 0,
) {
  const box = await page.locator('[data-page-keys]').boundingBox()
  if (!box) throw new Error('no image')
  const [x, y] = [box.x + box.width / 2 + right, box.y + box.height / 2 - above]
  await page.mouse.move(x, y)
  await page.mouse.down({ button })
  await page.mouse.move(x + dx, y + dy, { steps: 5 })
  await page.mouse.up({ button })
}

test('what is shown is what the file holds: place, shade, flips, rotation, inversion', async ({ page }) => {
  await openQuarters(page, [[0], [80], [160], [240]])
  const [a, b, c, d] = await quarters(page)
  // The window is 0–240.
  expect([a, b, c, d].map((shade) => Math.round((shade ?? 0) / 8.5) * 8.5)).toEqual([0, 85, 170, 255])

  await page.keyboard.press('h')
  expect(await quarters(page)).toEqual([b, a, d, c])
  await page.getByText('flipped left–right').waitFor()
  await page.keyboard.press('h')
  await page.keyboard.press('v')
  expect(await quarters(page)).toEqual([c, d, a, b])
  await page.getByText('flipped top–bottom').waitFor()
  await page.keyboard.press('v')
  await page.keyboard.press('o')
  expect(await quarters(page)).toEqual([c, a, d, b])
  await page.getByText('rotated 90°').waitFor()

  // On the screen, whatever was done before.
  await page.keyboard.press('h')
  expect(await quarters(page)).toEqual([a, c, b, d])
  await page.keyboard.press('o')
  expect(await quarters(page)).toEqual([b, a, d, c])

  await page.keyboard.press('r')
  expect(await quarters(page)).toEqual([a, b, c, d])
  await page.keyboard.press('i')
  const inverted = await quarters(page)
  for (const [index, shade] of [a, b, c, d].entries()) expect(inverted[index]).toBeCloseTo(255 - (shade ?? 0), -1)
  await page.getByText('inverted').waitFor()
})

test('a drag changes window and level, and Ctrl+Z takes it back', async ({ page }) => {
  await openQuarters(page, [[40], [80], [120], [200]])
  const before = await quarters(page)
  const values = page.getByText(/^W \d/)
  const text = await values.innerText()
  await drag(page, 0, 60)
  expect(await values.innerText()).not.toBe(text)
  const after = await quarters(page)
  expect(after[2]).toBeLessThan(before[2] ?? 0)
  await page.keyboard.press('Control+z')
  expect(await quarters(page)).toEqual(before)
  expect(await values.innerText()).toBe(text)
})

test('a drag across the view covers the whole range of values, for 8 and for 16 bits', async ({ page }) => {
  const read = async () => (await page.getByText(/^W \d/).innerText()).match(/\d+/g)?.map(Number) as [number, number]
  for (const [values, depth] of [
    [[[0], [80], [160], [240]], 8],
    [[[1000], [8000], [30_000], [61_000]], 16],
  ] as const) {
    await openQuarters(
      page,
      values.map((quarter) => [...quarter]),
      depth,
    )
    const box = await page.locator('[data-page-keys]').boundingBox()
    if (!box) throw new Error('no image')
    const range = values[3][0] - values[0][0]
    const [width, level] = await read()
    // A quarter of the view's shorter side, each way.
    const quarter = Math.round(Math.min(box.width, box.height) / 4)
    await drag(page, quarter, 0)
    await expect.poll(async () => ((await read())[0] - width) / range).toBeCloseTo(0.25, 1)
    await drag(page, 0, quarter)
    await expect.poll(async () => ((await read())[1] - level) / range).toBeCloseTo(0.25, 1)
  }
})

test('right drag zooms, middle drag pans, and reset puts it back', async ({ page }) => {
  await openQuarters(page, [[0], [80], [160], [240]])
  const zoom = page.getByText(/^Zoom \d/)
  const text = await zoom.innerText()
  await drag(page, 0, 80, 'right')
  await expect.poll(() => zoom.innerText()).not.toBe(text)
  await drag(page, 80, 0, 'middle')
  await page.keyboard.press('r')
  await expect.poll(() => zoom.innerText()).toBe(text)
  expect(await quarters(page)).toHaveLength(4)
})

test('Shift with the arrows does in steps what a drag with the tool does', async ({ page }) => {
  await openQuarters(page, [[0], [80], [160], [240]])
  const read = (what: RegExp) => page.getByText(what).innerText()
  for (const [tool, what] of [
    ['w', /^W \d/],
    ['z', /^Zoom \d/],
  ] as const) {
    const before = await read(what)
    await page.keyboard.press(tool)
    for (const arrow of ['Right', 'Up']) await page.keyboard.press(`Shift+Arrow${arrow}`)
    await expect.poll(() => read(what)).not.toBe(before)
    for (const arrow of ['Left', 'Down']) await page.keyboard.press(`Shift+Arrow${arrow}`)
    await expect.poll(() => read(what)).toBe(before)
  }
  const shown = await page.locator('canvas').first().screenshot()
  await page.keyboard.press('p')
  await page.keyboard.press('Shift+ArrowRight')
  await expect.poll(async () => (await page.locator('canvas').first().screenshot()).equals(shown)).toBe(false)
})

test('a length is measured in pixels of the image, and says so', async ({ page }) => {
  await openQuarters(page, [[0], [80], [160], [240]])
  const percent = Number(/\d+/.exec(await page.getByText(/^Zoom \d/).innerText())?.[0])
  await page.keyboard.press('l')
  await drag(page, 120, 0)
  const label = page.getByText(/^[\d.]+ px$/)
  const expected = 12_000 / percent
  await expect
    .poll(async () => Math.abs(Number.parseFloat((await label.textContent()) ?? '') - expected))
    .toBeLessThan(0.3)
  await page.keyboard.press('Control+z')
  await label.waitFor({ state: 'detached' })
})

test('a length is drawn, moved at both ends, taken back and removed by keys alone', async ({ page }) => {
  await openQuarters(page, [[0], [80], [160], [240]])
  const label = page.getByText(/^[\d.]+ px$/)
  const length = async () => Number.parseFloat((await label.textContent()) ?? '')
  const arrow = async (name: string) => {
    // As pressed one by one; a key that is held down goes further.
    await page.waitForTimeout(80)
    await page.keyboard.press(`Shift+Arrow${name}`)
  }
  await page.keyboard.press('l')
  await arrow('Right')
  await label.waitFor()
  const first = await length()
  for (const _ of [1, 2]) await arrow('Right')
  await expect.poll(length).toBeCloseTo(first + 2, 1)
  // On the screen to the right is on the turned image down.
  await page.keyboard.press('o')
  await arrow('Right')
  await expect.poll(length).toBeCloseTo(Math.hypot(first + 2, 1), 1)
  await arrow('Left')
  await page.keyboard.press('l')
  await page.getByText('moves the other end now').waitFor()
  await arrow('Up')
  await expect.poll(length).toBeCloseTo(first + 3, 1)
  await page.keyboard.press('Control+z')
  await expect.poll(length).toBeCloseTo(first + 2, 1)
  await page.keyboard.press('l')
  await page.getByText('draws another length').waitFor()
  await arrow('Down')
  await expect.poll(() => label.count()).toBe(2)
  await page.keyboard.press('Delete')
  await expect.poll(() => label.count()).toBe(1)
  // Removed, drawn, moved, turned, drawn.
  for (const _ of [1, 2, 3, 4, 5]) await page.keyboard.press('Control+z')
  await expect.poll(() => label.count()).toBe(0)
})

test('a length ends at the edge of the image, however far the mouse goes, and however it is moved', async ({
  page,
}) => {
  await openQuarters(page, [[0], [80], [160], [240]])
  await page.keyboard.press('l')
  const label = page.getByText(/^[\d.]+ px$/)
  const length = async () => Number.parseFloat((await label.textContent()) ?? '')
  await drag(page, 420, 0)
  // From the middle of the image to its edge.
  await expect.poll(length).toBeCloseTo(SIDE / 2, 0)
  const box = await page.locator('[data-page-keys]').boundingBox()
  if (!box) throw new Error('no image')
  const [x, y] = [box.x + box.width / 2 + 60, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 200, y + 40, { steps: 8 })
  await page.mouse.up()
  await page.waitForTimeout(200)
  expect(await length()).toBeCloseTo(SIDE / 2, 0)
})

test('moving or changing a length can be taken back step by step', async ({ page }) => {
  await openQuarters(page, [[0], [80], [160], [240]])
  await page.keyboard.press('l')
  await drag(page, 160, 0)
  const label = page.getByText(/^[\d.]+ px$/)
  const line = page.locator('[data-page-keys] svg line').first()
  const ends = () =>
    line.evaluate((drawn) => ['x1', 'y1', 'x2', 'y2'].map((name) => Math.round(Number(drawn.getAttribute(name)))))
  const percent = Number(/\d+/.exec(await page.getByText(/^Zoom \d/).innerText())?.[0])
  const length = () => label.textContent().then((text) => Number.parseFloat(text ?? ''))
  const asLongAs = (px: number) => expect.poll(length).toBeCloseTo((100 * px) / percent, 0)
  await asLongAs(160)
  const drawn = await ends()
  const [x1, y1, x2, y2] = drawn as [number, number, number, number]

  // As a whole, by its middle, with another tool on the button.
  await page.keyboard.press('w')
  await drag(page, 20, 60, 'left', 0, 80)
  await expect.poll(ends).toEqual([x1 + 20, y1 + 60, x2 + 20, y2 + 60])
  const moved = await ends()
  // By one end.
  await drag(page, -50, 0, 'left', -60, 180)
  await expect.poll(async () => (await ends())[2]).toBe(x2 - 30)
  await asLongAs(110)

  await page.keyboard.press('Control+z')
  await expect.poll(ends).toEqual(moved)
  await asLongAs(160)
  await page.keyboard.press('Control+z')
  await expect.poll(ends).toEqual(drawn)
  await page.keyboard.press('Control+z')
  await label.waitFor({ state: 'detached' })
})

test('Delete removes the selected length, or else the last, and Ctrl+Z brings it back', async ({ page }) => {
  await openQuarters(page, [[0], [80], [160], [240]])
  const labels = page.getByText(/^[\d.]+ px$/)
  const percent = Number(/\d+/.exec(await page.getByText(/^Zoom \d/).innerText())?.[0])
  const between = (100 * 130) / percent
  const lines = async () =>
    (await labels.allTextContents()).map((text) => (Number.parseFloat(text) < between ? 'short' : 'long'))
  await page.keyboard.press('Delete')
  await page.getByText('There is no length to remove').waitFor()

  await page.keyboard.press('l')
  await drag(page, 100, 0)
  await drag(page, 160, 0, 'left', 150)
  await expect.poll(lines).toEqual(['short', 'long'])
  // Another tool's key takes nothing away.
  await page.keyboard.press('z')
  await page.keyboard.press('l')
  await expect.poll(lines).toEqual(['short', 'long'])
  await page.keyboard.press('Delete')
  await expect.poll(lines).toEqual(['short'])
  await page.keyboard.press('Control+z')
  await expect.poll(lines).toEqual(['short', 'long'])

  const box = await page.locator('[data-page-keys]').boundingBox()
  if (!box) throw new Error('no image')
  await page.mouse.click(box.x + box.width / 2 + 60, box.y + box.height / 2)
  // Cornerstone waits whether a second click follows.
  await page.waitForTimeout(700)
  await page.keyboard.press('Delete')
  await expect.poll(lines).toEqual(['long'])
})

test('colour is shown as colour', async ({ page }) => {
  await openQuarters(page, [
    [250, 0, 0],
    [0, 250, 0],
    [0, 0, 250],
    [250, 250, 250],
  ])
  const shades = await shadesAt(page, CENTRES, SIDE)
  for (const [index, channels] of [[0], [1], [2], [0, 1, 2]].entries()) {
    for (const channel of [0, 1, 2]) {
      const shade = shades[index]?.[channel] ?? -1
      if (channels.includes(channel)) expect(shade).toBeGreaterThan(230)
      else expect(shade).toBeLessThan(25)
    }
  }
})

test('16 bits a sample are shown in the window of their own values', async ({ page }) => {
  await openQuarters(page, [[1000], [2000], [3000], [4000]], 16)
  const [a, b, c, d] = await quarters(page)
  expect(a).toBeLessThan(8)
  expect(b).toBeGreaterThan(70)
  expect(b).toBeLessThan(100)
  expect(c).toBeGreaterThan(155)
  expect(c).toBeLessThan(185)
  expect(d).toBeGreaterThan(247)
  await page.getByText('16 bit').waitFor()
})

test('going to and fro does not use up the browser’s WebGL contexts', async ({ page }) => {
  const warnings: string[] = []
  page.on('console', (message) => warnings.push(message.text()))
  await openQuarters(page, [[0], [80], [160], [240]])
  const before = await quarters(page)
  for (let n = 0; n < 20; n++) {
    await page.keyboard.press('Escape')
    await row(page, 'quarters.png').dblclick()
    await waitForImage(page)
  }
  expect(await quarters(page)).toEqual(before)
  await page.keyboard.press('h')
  await page.keyboard.press('Control+z')
  expect(await quarters(page)).toEqual(before)
  expect(warnings.filter((text) => text.includes('WebGL context'))).toEqual([])
})

test('maximised, the image has the screen and the banner stays', async ({ page }) => {
  await openQuarters(page, [[0], [80], [160], [240]])
  const before = await page.locator('[data-page-keys]').boundingBox()
  await page.locator('[data-page-keys]').dblclick()
  await expect.poll(async () => (await page.locator('[data-page-keys]').boundingBox())?.width).toBe(1366)
  expect(before?.width).toBeLessThan(1000)
  expect(await page.getByText('Decision aid only').isVisible()).toBe(true)
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { name: 'Your verdict' }).waitFor()
})

test('the wheel goes from case to case, and never shows one case’s image beside another’s result', async ({ page }) => {
  const app = await startApp()
  await openPaths(app.core, await writeQuarters(join(app.folder, 'bright.png'), [[255], [250], [255], [0]], SIDE))
  await openPaths(app.core, await writeQuarters(join(app.folder, 'dark.png'), [[0], [5], [0], [255]], SIDE))
  await visit(page, app)
  await row(page, 'dark.png').dblclick()
  await waitForImage(page)
  expect((await quarters(page))[0]).toBeLessThan(30)
  await page.mouse.move(560, 380)
  await page.mouse.wheel(0, 120)
  await expect.poll(() => page.title()).toContain('bright.png')
  await waitForImage(page)
  // On a busy machine without a graphics card a frame can take a second.
  await expect.poll(async () => (await quarters(page))[0], { timeout: 20_000 }).toBeGreaterThan(220)
  await page.mouse.wheel(0, -120)
  await expect.poll(() => page.title()).toContain('dark.png')
  // Where the page is longer than the window, the wheel leads on to what is below the image.
  await page.setViewportSize({ width: 683, height: 384 })
  await waitForImage(page)
  await page.mouse.move(300, 200)
  await page.mouse.wheel(0, 120)
  await expect.poll(() => page.evaluate(scrolled)).toBeGreaterThan(50)
  expect(await page.title()).toContain('dark.png')
})

const scrolled = () => Math.max(...[...document.querySelectorAll('*')].map(({ scrollTop }) => scrollTop))

test('a browser without WebGL says so, and draws nothing that may be the wrong way round', async ({ page }) => {
  await page.addInitScript(() => {
    const { getContext } = HTMLCanvasElement.prototype
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
      return kind.includes('webgl') ? null : Reflect.apply(getContext, this, [kind, ...rest])
    } as typeof getContext
  })
  const app = await startApp()
  await openPaths(app.core, await writeQuarters(join(app.folder, 'quarters.png'), [[0], [80], [160], [240]]))
  await visit(page, app)
  await row(page, 'quarters.png').dblclick()
  await page.getByRole('alert').getByText('This browser cannot draw the image: it has no WebGL.').waitFor()
  await page.getByRole('alert').getByText('Switch on hardware acceleration').waitFor()
  expect(await page.locator('[data-page-keys] canvas').count()).toBe(0)
})
