import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { test } from '../support/browser.ts'
import { ask, openPaths } from '../support/core.ts'
import { writeNoise } from '../support/images.ts'
import { openSection, row, startApp, visit } from './app.ts'
import { expectGood } from './good.ts'

const SAMPLES = join(import.meta.dirname, '../../resources/samples')

const RULE =
  '1 × tumour probability + 0.5 × (1 − confidence) + 0.1 a day of waiting + 0.7 where the model gives no answer + 0.3 where the file cannot be read'

/** A tumour, then a slice without one. */
async function withTwo() {
  const app = await startApp()
  for (const name of ['sample-01.jpg', 'sample-02.png']) await openPaths(app.core, join(SAMPLES, name))
  return app
}

const firstRow = (page: Page) =>
  page
    .getByRole('grid')
    .getByText(/sample-0\d/)
    .first()
const button = (page: Page) => page.getByRole('button', { name: 'Most urgent first' })

test('the list shows first what is most urgent, says by which rule, and goes back; the address keeps it', async ({
  page,
}) => {
  const app = await withTwo()
  await visit(page, app)
  await expect.poll(() => firstRow(page).innerText()).toContain('sample-02')
  await button(page).click()
  await expect.poll(() => firstRow(page).innerText()).toContain('sample-01')
  await page.getByText(RULE).waitFor()
  await page.getByText('every case stays in the list').waitFor()
  expect(page.url()).toContain('sort=urgency.desc')
  const back = page.getByRole('button', { name: 'Newest first' })
  expect(await back.getAttribute('aria-pressed')).toBe('true')
  await page.setViewportSize({ width: 1366, height: 768 })
  await expectGood(page)
  await page.reload()
  await expect.poll(() => firstRow(page).innerText()).toContain('sample-01')
  // From the keyboard.
  await back.focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => firstRow(page).innerText()).toContain('sample-02')
  expect(await button(page).getAttribute('aria-pressed')).toBe('false')
})

test('each case tells its points and what they are of: in a column, of the selected one in words, and in the case', async ({
  page,
}) => {
  const app = await withTwo()
  await openPaths(app.core, await writeNoise(app.folder, 'noise.png', 1))
  await visit(page, app)
  await button(page).click()
  const cells = page.getByRole('gridcell', { name: /^\d+\.\d\d$/ })
  await page.getByRole('columnheader', { name: 'Points' }).waitFor()
  await expect.poll(() => firstRow(page).innerText()).toContain('sample-01')
  expect(
    await row(page, 'noise.png')
      .getByTitle(/^0\.70 = 0\.70 for no answer of the model/)
      .innerText(),
  ).toBe('0.70')
  const points = (await cells.allInnerTexts()).map(Number)
  expect(points.length).toBeGreaterThanOrEqual(3)
  // In the order of the list the not judged one comes between tumour and none.
  await page.getByRole('grid').press('ArrowDown')
  await page.getByText('noise.png: 0.70 = 0.70 for no answer of the model').waitFor()
  await page.getByRole('grid').press('ArrowUp')
  await page.getByText(/^sample-01\.jpg: \d\.\d\d = \d\.\d\d for a tumour probability of /).waitFor()
  await page.getByRole('grid').press('Enter')
  await page.getByText(/^Urgency \d\.\d\d = \d\.\d\d for a tumour probability/).waitFor()
})

test('an administrator changes the rule where it is stated, and the list says the new one', async ({ page }) => {
  const app = await withTwo()
  await visit(page, app)
  await button(page).click()
  await page.getByRole('link', { name: 'Change the rule' }).click()
  await page.getByLabel('A day of waiting').fill('0')
  await page.getByLabel('One minus the confidence, times').fill('0')
  const save = page.getByRole('button', { name: 'Set the rule' })
  await page.getByLabel('Where the model gives no answer').fill('0')
  await page.getByLabel('Where the file cannot be read').fill('0')
  await page.getByLabel('Probability of a tumour, from 0 to 1, times').fill('0')
  expect(await save.isDisabled()).toBe(true)
  await page.getByLabel('Probability of a tumour, from 0 to 1, times').fill('2')
  await save.click()
  await page.getByText('Urgency is now: 2 × tumour probability.').waitFor()
  expect(await ask(app.core, 'urgency.get', {})).toEqual({
    tumour: 2,
    uncertainty: 0,
    waiting: 0,
    unjudged: 0,
    unreadable: 0,
  })
  await page.goBack()
  await page.getByText('Most urgent first, by points: 2 × tumour probability.').waitFor()
  await openSection(page, 'Settings')
  await page.getByRole('heading', { name: 'Order by urgency' }).waitFor()
})

test('a reader whose impression comes first is told that the order is that of waiting', async ({ page }) => {
  const app = await withTwo()
  await ask(app.core, 'reading.set', { on: true })
  await visit(page, app)
  await button(page).click()
  await page.getByText('In the order of waiting: your impression comes first').waitFor()
  await expect.poll(() => firstRow(page).innerText()).toContain('sample-01')
  expect(await page.getByText('tumour probability').count()).toBe(0)
})
