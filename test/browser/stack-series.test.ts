import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { CAUTIONS } from '../../src/shared/cautions.ts'
import { SCOPE_NAMES, SERIES_RULE, type Slice } from '../../src/shared/series.ts'
import { DEFAULT_RULE } from '../../src/shared/source-rule.ts'
import { test } from '../support/browser.ts'
import { ask, openPaths } from '../support/core.ts'
import { shared } from '../support/shared.ts'
import { type RealSlice, realSlices, seriesFiles } from '../support/stacks.ts'
import { row, startApp, visit, waitForImage } from './app.ts'
import { expectGood } from './good.ts'
import { expectPixels, NOT_HERE, openSeries, placeShown, stackSlider, windowOf } from './stack-screen.ts'

const slices = await realSlices()

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
  const window = windowOf(real)
  await expectPixels(page, real[key] as RealSlice, window)
  await page.getByText(`14 slices, ${counted} counted`).waitFor()
  await page.getByText('How the slices become one answer').click()
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
  await page.getByText('No slice later in the stack is called a tumour.').waitFor()
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
  // What is tried out is tried on the slice on the screen, and the way back leads to it.
  await page.keyboard.press('x')
  await page.getByRole('heading', { name: 'slice 5 of 6 alone, not the series' }).waitFor()
  expect(page.url()).toContain(`#/case/${series?.slices[4]?.caseId}/what-if`)
  await page.getByRole('button', { name: 'Back to the case' }).click()
  await expect.poll(() => page.url()).toContain(`#/case/${series?.id}?slice=5`)
  await waitForImage(page)
  const window = windowOf(real.slice(0, 6))
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
  await page.getByText('Fewer than half of the slices are within what the model knows').waitFor()
  await page.getByText('4 slices, 0 counted').waitFor()
  await page.getByRole('alert').getByText('The model does not judge this series.').waitFor()
  await page.keyboard.press('Space')
  await page.getByText('No heat map. The model does not judge this series').waitFor()
  await page.keyboard.press('Space')
  await page.keyboard.press('Home')
  const window = windowOf(real)
  await expectPixels(page, real[0] as RealSlice, window)
  await page.keyboard.press('ArrowDown')
  await expectPixels(page, real[1] as RealSlice, window)
  await expectGood(page)
})

test('what the network says of the slices of a series that is not judged is folded away until it is asked for', async ({
  page,
  skip,
}) => {
  // Counted and called a tumour is the slice in the middle; what is around it is unlike.
  const real = slices && [...slices.slice(0, 4), ...slices.slice(15, 18)]
  if (!real) return skip(NOT_HERE)
  const app = await startApp()
  await openSeries(app, real, { number: 1, length: 7, apart: 8 })
  const { rows } = await ask(app.core, 'cases.list', { query: {}, offset: 0, limit: 10 })
  const series = await ask(app.core, 'cases.series', { id: rows[0]?.id ?? '' })
  const counted = series?.slices.find(({ scope, confidences }) => scope === 'counted' && confidences !== null)
  expect(rows[0]?.label).toBe('unjudged')
  if (!series || !counted) throw new Error('no slice counts')
  const none = ({ scope, confidences }: Slice) => (scope === 'counted' && confidences ? confidences.notumor : 1)
  const suspicious = series.slices.reduce((a, b) => (none(b) < none(a) ? b : a))
  await visit(page, app)
  await row(page, 'T1 series 1').dblclick()
  await waitForImage(page)
  await page.keyboard.press('Home')
  for (let at = 0; at < counted.place; at++) await page.keyboard.press('ArrowDown')
  await page.getByText(`Slice ${counted.place + 1} of 7 · ${counted.mm?.toFixed(1)} mm · Counted`).waitFor()
  const bars = stackSlider(page).locator('rect[fill^="var(--series"]')
  const probabilities = page.getByText(/^[<>]?\d\.\d\d$/)
  const visible = () => probabilities.filter({ visible: true }).count()
  const alone = page.getByRole('region', { name: `Slice ${counted.place + 1} alone` })
  await page.getByText('the model does not judge the series').waitFor()
  expect([await bars.count(), await visible(), await alone.count()]).toEqual([0, 0, 0])
  const most = page.getByRole('button', { name: 'Most suspicious' })
  expect(await most.count()).toBe(0)
  const here = `Slice ${counted.place + 1} of 7`
  for (const key of ['.', ',', 'k']) {
    await page.keyboard.press(key)
    await page.getByText('No slice stands for the series').waitFor()
    expect(await page.getByText(here).count()).toBeGreaterThan(0)
  }
  await expectGood(page)

  await page.getByText('Show the network’s numbers').click()
  await page.keyboard.press('End')
  await page.getByText('Slice 7 of 7 ·').first().waitFor()
  await most.click()
  await page
    .getByText(`Slice ${suspicious.place + 1} of 7 ·`)
    .first()
    .waitFor()
  await page.getByText(`These are of slice ${series.key + 1} of 7 alone: the series has none.`).waitFor()
  await alone.waitFor()
  expect(await bars.count()).toBeGreaterThan(0)
  expect(await page.getByRole('table', { name: 'Probabilities of the slices' }).count()).toBe(1)
  await page.getByText('Show the network’s numbers').click()
  await alone.waitFor({ state: 'detached' })
  expect(await bars.count()).toBe(0)
})

test('a slice that was opened by itself has the caution of its stack: its file names no contrast agent', async ({
  page,
  skip,
}) => {
  const file = shared('dicom/series-t1/N2D_0240.dcm')
  if (!file) return skip(NOT_HERE)
  const app = await startApp()
  await openPaths(app.core, file)
  await visit(page, app)
  await row(page, 'Jane_Doe').dblclick()
  await waitForImage(page)
  await page.getByRole('region', { name: 'Second opinion' }).getByText(CAUTIONS.contrast).waitFor()
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
  const window = windowOf(slices.slice(12, 22).filter((_, at) => at !== 3))
  await expectPixels(page, slices[14] as RealSlice, window)
  await page.keyboard.press('ArrowDown')
  const alert = page.getByRole('alert').filter({ hasText: 'The image could not be shown' })
  await alert.getByText('Slice 4 of 10').waitFor()
  await alert.getByText('The image could not be shown').waitFor()
  // Nobody judges what cannot be seen.
  await page.getByText('No verdict can be given as long as the image cannot be shown').waitFor()
  await page.keyboard.press('t')
  await page.keyboard.press('Control+S')
  expect(await page.getByRole('radio').count()).toBe(0)
  expect((await ask(app.core, 'cases.get', { id: series?.id ?? '' })).verdicts).toEqual([])
  await expectGood(page)
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => placeShown(page)).toBe(5)
  await alert.waitFor({ state: 'detached' })
  await page.getByRole('radio', { name: /Can’t tell/ }).waitFor()
  await expectPixels(page, slices[16] as RealSlice, window)
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

test('a series that a source only lists is one row, scrolled as a stack, and classified at once', async ({
  page,
  skip,
}) => {
  const real = slices?.slice(15, 21)
  if (!real) return skip(NOT_HERE)
  const app = await startApp()
  const by = { actor: 'folder:in', source: 'folder' } as const
  for (const [at, file] of seriesFiles(real, { number: 1, length: 6, apart: 8 }).entries()) {
    const path = join(app.folder, `IM${at}.dcm`)
    writeFileSync(path, file)
    await app.core.intake.bring({ path }, by, { ...DEFAULT_RULE, does: 'list' })
  }
  await app.core.series.settle()
  await visit(page, app)
  await row(page, '6 slices').getByText('Only listed, not classified').waitFor()
  expect(await page.getByRole('row').filter({ hasText: 'T1 series 1' }).count()).toBe(1)
  if (process.env.GYRUS_LOOK) await page.screenshot({ path: join(process.env.GYRUS_LOOK, 'listed-row.png') })
  await row(page, '6 slices').dblclick()
  await waitForImage(page)
  await expect.poll(() => placeShown(page)).toBe(3)
  const window = windowOf(real)
  await expectPixels(page, real[2] as RealSlice, window)
  await page.keyboard.press('End')
  await expectPixels(page, real[5] as RealSlice, window)
  if (process.env.GYRUS_LOOK) await page.screenshot({ path: join(process.env.GYRUS_LOOK, 'listed-stack.png') })
  await page.getByRole('button', { name: 'Classify' }).click()
  await page.getByText('6 slices, 6 counted').waitFor({ timeout: 60_000 })
})
