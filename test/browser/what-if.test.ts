import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { HEAT_NOTE, UNFAITHFUL_NOTE } from '../../src/shared/heat.ts'
import { test } from '../support/browser.ts'
import { ask, openPaths } from '../support/core.ts'
import { type App, row, startApp, visit, waitForImage } from './app.ts'
import { expectGood } from './good.ts'

const SAMPLE = join(import.meta.dirname, '../../resources/samples/sample-01.jpg')
const LIMIT = 180_000

async function openReview(page: Page): Promise<{ app: App; id: string }> {
  const app = await startApp()
  const [opened] = await openPaths(app.core, SAMPLE)
  const id = opened?.caseId ?? ''
  await visit(page, app)
  await page.goto(`${new URL(page.url()).origin}/#/case/${id}`)
  await waitForImage(page)
  return { app, id }
}

async function openWhatIf(page: Page): Promise<{ app: App; id: string }> {
  const opened = await openReview(page)
  await page.getByRole('button', { name: 'What if…' }).click()
  await canvas(page).waitFor()
  return opened
}

const canvas = (page: Page) => page.getByRole('application')
const steps = (page: Page) => page.getByRole('region', { name: 'Steps' }).getByRole('listitem')
const predictions = (page: Page) => page.getByRole('region', { name: 'Prediction before and after' })

/** From one place of the picture to another, in shares of its sides. */
async function drag(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  // The picture may be moving still, by what appears beside it.
  let box = await canvas(page).boundingBox()
  await expect
    .poll(async () => {
      const before = JSON.stringify(box)
      box = await canvas(page).boundingBox()
      return JSON.stringify(box) === before
    })
    .toBe(true)
  if (!box) throw new Error('no picture')
  const { x: left, y: top, width, height } = box
  const at = ([x, y]: [number, number]) => [left + x * width, top + y * height] as const
  await page.mouse.move(...at(from))
  await page.mouse.down()
  await page.mouse.move(...at([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]), { steps: 5 })
  await page.mouse.move(...at(to), { steps: 5 })
  await page.mouse.up()
}

const answered = (page: Page) => page.getByText(/answered in \d/).waitFor()

/** Pictures for who wants to look: GYRUS_SCREENS=<folder>. */
async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.GYRUS_SCREENS
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  for (const [width, height] of [
    [1366, 768],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height })
    await page.waitForTimeout(300)
    await page.screenshot({ path: join(folder, `${name}-${width}.png`) })
  }
  await page.setViewportSize({ width: 1366, height: 768 })
}

test('is worked with the mouse: brush, rectangle, crop, sliders, before and after', { timeout: LIMIT }, async ({
  page,
}) => {
  const { app, id } = await openWhatIf(page)
  await page.getByText('Experiment – not a result').waitFor()
  await page.getByText('Decision aid only').first().waitFor()
  await expectGood(page)
  await shoot(page, 'opened')
  await drag(page, [0.3, 0.3], [0.5, 0.4])
  await answered(page)
  await expect.poll(() => steps(page).allTextContents()).toEqual([expect.stringMatching(/Erase a stroke, 8 px/)])
  await page.getByRole('radio', { name: 'Hide' }).check()
  await drag(page, [0.55, 0.5], [0.75, 0.7])
  await expect.poll(() => steps(page).count()).toBe(2)
  await page.getByRole('radio', { name: 'Crop' }).check()
  await drag(page, [0.05, 0.05], [0.95, 0.9])
  await expect.poll(() => steps(page).last().textContent()).toMatch(/Crop \d+ × \d+ at/)
  await page.getByRole('slider', { name: 'Rotate' }).fill('12')
  await expect.poll(() => steps(page).last().textContent()).toMatch(/Rotate \+12°/)
  await page.getByRole('slider', { name: 'Rotate' }).fill('20')
  await expect.poll(() => steps(page).allTextContents()).toHaveLength(4)
  await page.getByRole('button', { name: 'Left–right' }).click()
  await expect.poll(() => steps(page).last().textContent()).toMatch(/Flip left–right/)
  await expect.poll(() => predictions(page).getByRole('status').textContent()).toMatch(/Still|has become/)
  // Left of the slider the image as it came is seen, right of it the edited one, and both say so.
  for (const [value, clip, said] of [
    ['100', 'inset(0px 0px 0px 100%)', ['Before']],
    ['0', 'inset(0px 0px 0px 0%)', []],
    ['50', 'inset(0px 0px 0px 50%)', ['Before', 'After']],
  ] as const) {
    await page.getByRole('slider', { name: 'Before and after' }).fill(value)
    const after = page.getByRole('img', { name: 'After' })
    await expect.poll(() => after.evaluate((image) => getComputedStyle(image).clipPath)).toBe(clip)
    expect(await page.locator('.frame .side').allTextContents()).toEqual(said)
  }
  await shoot(page, 'edited')
  await page.getByRole('button', { name: 'Keep this experiment' }).click()
  await page.getByText('Kept with the case').waitFor()
  const { experiments } = await ask(app.core, 'whatIf.list', { id })
  expect(experiments[0]?.steps?.map(({ op }) => op)).toEqual(['erase', 'hide', 'crop', 'rotate', 'flip'])
  // What the page showed is what is on record.
  const numbers = predictions(page).locator('details')
  // Folded away where the model does not judge what became of the picture.
  if (!(await numbers.evaluate((part: HTMLDetailsElement) => part.open))) await numbers.locator('summary').click()
  const shown = await predictions(page).getByRole('row', { name: 'Glioma' }).textContent()
  expect(shown).toContain(
    (experiments[0]?.confidences.glioma ?? 0).toFixed(2).replace('1.00', '>0.99').replace('0.00', '<0.01'),
  )
  await page.getByRole('button', { name: 'Save as a new scan' }).click()
  await page.getByRole('link', { name: 'Open the edited scan' }).click()
  await page.getByRole('note').getByText('Edited image – an experiment, not a scan').waitFor()
  await waitForImage(page)
  await page.getByRole('navigation').getByText('Edited', { exact: true }).waitFor()
  await shoot(page, 'review-of-edited')
  await page.keyboard.press('Escape')
  await row(page, 'Edited').getByText('Edited', { exact: true }).waitFor()
  await shoot(page, 'list-with-edited')
})

test('is worked with the keyboard alone', { timeout: LIMIT }, async ({ page }) => {
  await openReview(page)
  await page.keyboard.press('x')
  await canvas(page).waitFor()
  const tabTo = async (name: RegExp) => {
    const focused = () =>
      page.evaluate(() => {
        const { activeElement } = document
        if (activeElement?.matches('main, body')) return ''
        return (
          activeElement?.getAttribute('aria-label') ??
          activeElement?.closest('label')?.textContent ??
          activeElement?.textContent ??
          ''
        )
      })
    for (let i = 0; i < 60 && !name.test(await focused()); i++) await page.keyboard.press('Tab')
    expect(await focused()).toMatch(name)
  }
  await tabTo(/Rotate/)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => steps(page).allTextContents()).toEqual([expect.stringMatching(/Rotate \+2°/)])
  await tabTo(/^Edited image/)
  await page.keyboard.press('Space')
  for (let i = 0; i < 4; i++) await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Space')
  await expect.poll(() => steps(page).last().textContent()).toMatch(/Erase a stroke/)
  await answered(page)
  await page.keyboard.press('Control+z')
  await expect.poll(() => steps(page).count()).toBe(1)
  await page.keyboard.press('Control+Shift+Z')
  await expect.poll(() => steps(page).count()).toBe(2)
  await page.keyboard.press('Escape')
  const question = page.getByRole('dialog', { name: 'Leave without keeping the experiment?' })
  await question.waitFor()
  await page.keyboard.press('Escape')
  await question.waitFor({ state: 'hidden' })
  expect(await steps(page).count()).toBe(2)
  await tabTo(/^Keep this experiment/)
  await page.keyboard.press('Enter')
  await page.getByText('Kept with the case').waitFor()
  await page.keyboard.press('Escape')
  await waitForImage(page)
})

test('asks before what was not kept is left, and forgets it then', { timeout: LIMIT }, async ({ page }) => {
  const { id } = await openWhatIf(page)
  await page.getByRole('button', { name: 'Top–bottom' }).click()
  await expect.poll(() => steps(page).count()).toBe(1)
  await page.getByRole('link', { name: 'Gyrus' }).click()
  const question = page.getByRole('dialog', { name: 'Leave without keeping the experiment?' })
  await question.waitFor()
  expect(page.url()).toContain(`#/case/${id}/what-if`)
  await question.getByRole('button', { name: 'Leave' }).click()
  await page.getByRole('searchbox').waitFor()
  await page.goBack()
  await page.goto(`${page.url().split('#')[0]}#/case/${id}/what-if`)
  await canvas(page).waitFor()
  await page.getByText('No step yet.').waitFor()
})

test('draws heat maps side by side and shows how steady the answer is', { timeout: LIMIT }, async ({ page }) => {
  await openWhatIf(page)
  await page.getByRole('slider', { name: 'Brightness' }).fill('0.1')
  await answered(page)
  await page.getByText('Heat maps').click()
  await page.getByRole('button', { name: 'Draw both' }).click()
  await expect.poll(() => page.getByRole('figure').count(), { timeout: 60_000 }).toBe(2)
  for (const figure of await page.getByRole('figure').all()) {
    const said = await figure.innerText()
    expect(said.includes(HEAT_NOTE)).toBe(!said.includes('not faithful'))
    expect(said.includes(UNFAITHFUL_NOTE)).toBe(said.includes('not faithful'))
  }
  await expectGood(page)
  await shoot(page, 'heat')
  await page.getByText('Heat maps').click()
  await page.getByText('Stability', { exact: true }).click()
  await page.getByRole('button', { name: 'Measure' }).click()
  await page.getByRole('img', { name: /^Rotation/ }).waitFor({ timeout: 60_000 })
  await page.getByText(/in all 37 variants|something else in \d+ of 37/).waitFor()
  await expectGood(page)
  await shoot(page, 'stability')
})

test('says calmly why there is no answer, and takes the step back', { timeout: LIMIT }, async ({ page }) => {
  await openWhatIf(page)
  await page.getByRole('radio', { name: 'Hide' }).check()
  await drag(page, [0, 0], [1, 1])
  const alert = page.getByRole('alert').filter({ hasText: 'all pixels are the same' })
  await alert.waitFor()
  await expectGood(page)
  await shoot(page, 'refused')
  expect(await page.getByRole('button', { name: 'Keep this experiment' }).isDisabled()).toBe(true)
  await alert.getByRole('button', { name: 'Take the step back' }).click()
  await alert.waitFor({ state: 'hidden' })
  await page.getByText('No step yet.').waitFor()
})
