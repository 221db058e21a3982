import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { expect } from 'vitest'
import { HEAT_NOTE, UNFAITHFUL_NOTE } from '../../src/shared/heat.ts'
import { test } from '../support/browser.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths } from '../support/core.ts'
import { makeModel } from '../support/models.ts'
import { realSlices } from '../support/stacks.ts'
import { type App, row, startApp, visit, waitForImage } from './app.ts'
import { coloursOf, crossOf, marksOf, through, writeMarked } from './heat-picture.ts'
import { NOT_HERE, openSeries, placeShown } from './stack-screen.ts'

const RESOURCES = join(import.meta.dirname, '../../resources')
const SAMPLE = join(RESOURCES, 'samples/sample-01.jpg')
const NEAR = 2.5

const panel = (page: Page) => page.getByRole('region', { name: 'Heat map' })
const legend = (page: Page) => page.getByText(new RegExp(`^(${HEAT_NOTE}|${UNFAITHFUL_NOTE})$`))
const drawn = (page: Page) => page.locator('canvas.heat')

/** Answers any picture: the marks make a picture unlike those that the shipped model judges. */
async function startUngated(): Promise<App> {
  const modelDir = await makeModel(temporaryFolder(), 'ungated', {
    manifest(manifest) {
      delete manifest.inputGate
    },
  })
  return startApp(undefined, { modelDir })
}

async function openCase(page: Page, app: App, path: string): Promise<string> {
  const [outcome] = await openPaths(app.core, path)
  await visit(page, app)
  await page.goto(`${new URL('/', app.server.newAddress()).href}#/case/${outcome?.caseId}`)
  await waitForImage(page)
  return outcome?.caseId as string
}

/** The cross of the map lies where the image's own marks say that the peak is. */
async function expectOver(page: Page, peak: { x: number; y: number }): Promise<void> {
  const off = async () => {
    const [cross, marks] = [await crossOf(page), await marksOf(page)]
    if (!cross || !marks) return null
    const [x, y] = through(marks, peak)
    return Math.hypot(cross[0] - x, cross[1] - y) < NEAR || { cross, expected: [x, y] }
  }
  await expect.poll(off, { timeout: 10_000 }).toBe(true)
}

test('the map lies over the image, and goes where the image goes', async ({ page }) => {
  const app = await startUngated()
  const id = await openCase(page, app, await writeMarked(app.folder))
  await page.keyboard.press('Space')
  await panel(page).getByLabel('Made by').selectOption('cam')
  await legend(page).waitFor()
  // What it says of itself lies beneath the image, not on it.
  const [words, view] = [await legend(page).boundingBox(), await page.locator('.stage').boundingBox()]
  expect(words?.y).toBeGreaterThanOrEqual((view?.y ?? 0) + (view?.height ?? 0))
  const { peak } = await ask(app.core, 'cases.explain', { id, method: 'cam' })
  await expectOver(page, peak)
  const upright = await crossOf(page)

  for (const keys of [
    ['z', 'Shift+ArrowDown', 'Shift+ArrowDown'],
    ['p', 'Shift+ArrowRight', 'Shift+ArrowDown'],
    ['h'],
    ['o'],
    ['v'],
  ]) {
    for (const key of keys) await page.keyboard.press(key)
    await expectOver(page, peak)
  }
  await page.keyboard.press('r')
  await expect.poll(() => crossOf(page)).toEqual(upright)
  // By mouse: zoom with the right button. The marks stay in view.
  await page.keyboard.press('z')
  for (const _ of [1, 2, 3]) await page.keyboard.press('Shift+ArrowDown')
  const box = await drawn(page).boundingBox()
  if (!box) throw new Error('no map')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down({ button: 'right' })
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2 + 12, { steps: 3 })
  await page.mouse.up({ button: 'right' })
  await expectOver(page, peak)
})

test('the map stays over the image where that is given all of the window', async ({ page }) => {
  const app = await startUngated()
  const id = await openCase(page, app, await writeMarked(app.folder))
  await page.keyboard.press('Space')
  await panel(page).getByLabel('Made by').selectOption('cam')
  await legend(page).waitFor()
  const { peak } = await ask(app.core, 'cases.explain', { id, method: 'cam' })
  await page.setViewportSize({ width: 1100, height: 700 })
  await expectOver(page, peak)
  await page.keyboard.press('m')
  await expectOver(page, peak)
  await legend(page).waitFor()
  // The panel stands over the image where there is none beside it, and the tool is there.
  await panel(page).getByLabel('Opacity').waitFor()
  await page.getByRole('toolbar', { name: 'Image tools' }).getByRole('button', { name: 'Heat' }).click()
  await expect.poll(() => drawn(page).count()).toBe(0)
})

test('colours are lightest at the peak, none lie beside the image; opacity and outline are kept', async ({ page }) => {
  const app = await startUngated()
  await openCase(page, app, await writeMarked(app.folder))
  await panel(page).getByRole('button', { name: 'Heat map' }).click()
  await panel(page).getByLabel('Made by').selectOption('cam')
  await legend(page).waitFor()
  const colours = () => coloursOf(page)
  await expect.poll(async () => (await colours()).near.alpha).toBeGreaterThan(100)
  const { near, beside, covered } = await colours()
  // Viridis at its end: green to yellow.
  expect(near.green).toBeGreaterThan(140)
  expect(near.blue).toBeLessThan(140)
  expect(covered).toBeGreaterThan(0.02)
  expect(beside).toBe(0)

  await panel(page).getByLabel('Opacity').fill('0.3')
  await expect.poll(async () => (await colours()).near.alpha / near.alpha).toBeCloseTo(0.5, 1)
  await panel(page).getByLabel('Outline', { exact: true }).check()
  await page.getByText('Outline at 85 % of its highest value').waitFor()
  // A line, and nothing inside it.
  await expect.poll(async () => (await colours()).covered).toBeLessThan(covered / 4)
  expect((await colours()).covered).toBeGreaterThan(0)
  expect(await ask(app.core, 'preferences.get', {})).toMatchObject({ heat: { opacity: 0.3, outline: true } })
})

test('how a map is drawn is kept for the reader, and the screen stays accessible with it', async ({ page }) => {
  const app = await startApp()
  await ask(app.core, 'preferences.set', {
    ...(await ask(app.core, 'preferences.get', {})),
    heat: { opacity: 0.5, outline: true },
  })
  await openCase(page, app, SAMPLE)
  await page.keyboard.press('Space')
  await page.getByText(/Outline at \d+ % of/).waitFor()
  expect(await panel(page).getByLabel('Outline', { exact: true }).isChecked()).toBe(true)
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id: rule, nodes }) => `${rule}: ${nodes[0]?.html}`)).toEqual([])
})

test('the space bar shows and hides it, presses what has the focus, and can be given to another action', async ({
  page,
}) => {
  const app = await startApp()
  await openCase(page, app, SAMPLE)
  expect(await drawn(page).count()).toBe(0)
  await page.keyboard.press('Space')
  await legend(page).waitFor()
  const said = panel(page).getByRole('status')
  const verdict = await said.getByText(/^(Faithful|Not faithful)/).innerText()
  expect(await legend(page).innerText()).toBe(verdict.startsWith('Not') ? UNFAITHFUL_NOTE : HEAT_NOTE)
  await said.getByText(/^Probability \d+ %; without the marked tenth \d+ %/).waitFor()
  await page.keyboard.press('Space')
  await expect.poll(() => drawn(page).count()).toBe(0)
  // Pressed once by its own button, not once more by the page.
  await panel(page).getByRole('button', { name: 'Heat map' }).focus()
  await page.keyboard.press('Space')
  await legend(page).waitFor()
  await page.keyboard.press('?')
  await page.getByRole('dialog').getByText('Heat map on or off').waitFor()
  await page.getByRole('button', { name: 'Heat map on or off: Space. Change' }).waitFor()
})

test('what another class or method says is asked for, and told where there is none', async ({ page }) => {
  const app = await startApp()
  await openCase(page, app, SAMPLE)
  await page.keyboard.press('Space')
  await legend(page).waitFor()
  await panel(page).getByLabel('Made by').selectOption('cam')
  await panel(page).getByLabel('Class').selectOption('glioma')
  await page.getByText(/Glioma .*, by class activation/).waitFor()
  await panel(page).getByLabel('Class').selectOption('notumor')
  await panel(page).getByText('Nothing in this image speaks for “No tumour”').waitFor()
  await panel(page).getByLabel('Made by').selectOption('localise')
  await panel(page).getByText('The method localise has no map for “No tumour”').waitFor()
  expect(await legend(page).count()).toBe(0)
  expect((await crossOf(page)) ?? null).toBeNull()
})

test('what was chosen is for one case; an image that is not judged has no map, which is said', async ({ page }) => {
  const app = await startApp()
  await openCase(page, app, SAMPLE)
  await page.keyboard.press('Space')
  await panel(page).getByLabel('Made by').selectOption('cam')
  await legend(page).waitFor()
  const black = join(app.folder, 'black.png')
  await sharp({ create: { width: 96, height: 96, channels: 3, background: '#000' } }).toFile(black)
  const [outcome] = await openPaths(app.core, black)
  await page.goto(`${page.url().replace(/#.*/, '')}#/case/${outcome?.caseId}`)
  await page.getByRole('img', { name: /black\.png/ }).waitFor()
  await waitForImage(page)
  await page.getByText('No heat map. The model does not judge this image').waitFor()
  await expect(ask(app.core, 'cases.explain', { id: outcome?.caseId as string })).rejects.toThrow('explain-not-judged')
  const [third] = await openPaths(app.core, join(RESOURCES, 'samples/sample-02.png'))
  await page.goto(`${page.url().replace(/#.*/, '')}#/case/${third?.caseId}`)
  await page.getByRole('img', { name: /sample-02/ }).waitFor()
  await panel(page).getByLabel('Class').waitFor()
  expect(await panel(page).getByLabel('Made by').inputValue()).toBe('')
})

test('another model’s answer has no map, and says what to do', async ({ page }) => {
  const app = await startApp()
  await openPaths(app.core, SAMPLE)
  await app.restart(undefined, { modelDir: join(RESOURCES, 'models/efl0-head-1') })
  await visit(page, app)
  await row(page, 'sample-01.jpg').dblclick()
  await waitForImage(page)
  await page.keyboard.press('Space')
  await panel(page).getByText('which is not in force').waitFor()
  await panel(page).getByText('Run the case again with the active model').waitFor()
  expect(await drawn(page).count()).toBe(0)
})

test('a reader whose impression comes first is shown no map before it', async ({ page }) => {
  const app = await startApp()
  await ask(app.core, 'reading.set', { on: true })
  await openCase(page, app, SAMPLE)
  await page.keyboard.press('Space')
  await page.getByText('The heat map tells the answer: record your impression first.').waitFor()
  expect(await drawn(page).count()).toBe(0)
  expect(await panel(page).count()).toBe(0)
})

test('over a series each slice has its own map, asked for where the reader stops', async ({ page, skip }) => {
  const slices = await realSlices()
  if (!slices) return skip(NOT_HERE)
  const app = await startApp()
  await openSeries(app, slices.slice(16, 28), { number: 1, length: 12, apart: 8 })
  await visit(page, app)
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/cases.explain')) asked.push((request.postDataJSON() as { id: string }).id)
  })
  await row(page, '12 slices').dblclick()
  await waitForImage(page)
  await page.keyboard.press('Home')
  await expect.poll(() => placeShown(page)).toBe(1)
  await page.keyboard.press('Space')
  await panel(page).getByLabel('Made by').selectOption('cam')
  await legend(page).waitFor()
  const { rows } = await ask(app.core, 'cases.list', { query: {}, offset: 0, limit: 1 })
  const { slices: listed } = (await ask(app.core, 'cases.series', { id: rows[0]?.id ?? '' })) ?? { slices: [] }
  const before = asked.length
  for (let n = 0; n < 6; n++) await page.keyboard.press('ArrowDown')
  await expect.poll(() => placeShown(page)).toBe(7)
  await legend(page).waitFor()
  expect(asked.at(-1)).toBe(listed[6]?.caseId)
  // Not for each slice on the way.
  expect(asked.length - before).toBeLessThan(4)
  const cross = await crossOf(page)
  await page.keyboard.press('ArrowUp')
  await expect.poll(() => placeShown(page)).toBe(6)
  await legend(page).waitFor()
  const maps = await Promise.all(
    [6, 5].map((at) => ask(app.core, 'cases.explain', { id: listed[at]?.caseId as string, method: 'cam' })),
  )
  const other = await crossOf(page)
  if (!cross || !other) throw new Error('no cross')
  // Slices of one series lie alike: as far apart as their peaks.
  const { width = 0, height = 0 } = (await drawn(page).boundingBox()) ?? {}
  const [one, two] = maps.map(({ peak, width: across, height: down }) => {
    const zoom = Math.min(width / across, height / down)
    return [width / 2 + (peak.x - 0.5) * across * zoom, height / 2 + (peak.y - 0.5) * down * zoom]
  }) as [[number, number], [number, number]]
  for (const [found, expected] of [
    [cross, one],
    [other, two],
  ] as const)
    expect(Math.hypot(found[0] - expected[0], found[1] - expected[1])).toBeLessThan(NEAR + 1)
})
