import { readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, vi } from 'vitest'
import { MODEL_DIR } from '../../src/main/installation.ts'
import { CARD_ITEM_NAMES, CARD_ITEMS } from '../../src/shared/card-items.ts'
import type { ModelCard } from '../../src/shared/model.ts'
import { copyOfShipped, edit } from '../engine/support/shipped.ts'
import { test } from '../support/browser.ts'
import { newResult } from '../support/cases.ts'
import { openPaths } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { row, startApp, visit, waitForImage, writeQuarters } from './app.ts'

async function openQuarters(page: Page, values: number[][]): Promise<void> {
  const app = await startApp()
  await openPaths(app.core, await writeQuarters(join(app.folder, 'quarters.png'), values))
  await visit(page, app)
  await row(page, 'quarters.png').dblclick()
  await waitForImage(page)
  await page.getByText('analysed in').waitFor()
}

test('a picture in colour is not judged', async ({ page }) => {
  await openQuarters(page, [
    [250, 0, 0],
    [0, 250, 0],
    [0, 0, 250],
    [250, 250, 250],
  ])
  await page.getByRole('alert').getByText('The picture is in colour').waitFor()
})

test('a picture of one shade is not judged', async ({ page }) => {
  await openQuarters(page, [[0], [0], [0], [0]])
  await page.getByRole('alert').getByText('The picture is empty').waitFor()
})

test('an answer from before there was an input gate is warned of as it was', async ({ page }) => {
  const app = await startApp()
  const values = [
    [250, 0, 0],
    [0, 250, 0],
    [0, 0, 250],
    [250, 250, 250],
  ]
  const [outcome] = await openPaths(app.core, await writeQuarters(join(app.folder, 'quarters.png'), values))
  await app.core.store.addResult(newResult(outcome?.caseId ?? ''), 'Dr Test')
  await visit(page, app)
  await row(page, 'quarters.png').dblclick()
  await waitForImage(page)
  await page.getByRole('alert').getByText('This picture is in colour: the answer means nothing for it.').waitFor()
  await page.getByText('Made for single contrast-enhanced T1 slices').waitFor()
})

test('what the model does not know is a disagreement too, and is found by what the reader wrote', async ({ page }) => {
  const app = await startApp()
  await openPaths(app.core, await writePicture(app.folder, 'quarters.png'))
  await visit(page, app)
  await row(page, 'quarters.png').dblclick()
  await waitForImage(page)
  await page.keyboard.press('d')
  await page.keyboard.press('5')
  await page.getByText('Say what it is').waitFor()
  await page.keyboard.press('c')
  await page.keyboard.type('Looks like an abscess')
  await page.keyboard.press('Control+Enter')
  await page.getByText('On record: Disagree — Something else').waitFor()
  await page.getByRole('region', { name: 'Verdicts on record' }).getByText('Disagree: Something else').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await row(page, 'says something else').waitFor()
  for (const words of ['ABSCESS', 'something', 'quarters looks']) {
    await page.getByRole('searchbox').fill(words)
    await page.getByText('1 found').waitFor()
  }
  await page.getByRole('searchbox').fill('abscesses')
  await page.getByText('No case matches').waitFor()
})

test('the panel never scrolls sideways, however long the names of the same file', async ({ page }) => {
  const app = await startApp()
  for (const name of [`${'long'.repeat(60)}.png`, `${'a long name '.repeat(20)}.png`, 'short.png'])
    await openPaths(app.core, await writePicture(app.folder, name))
  await visit(page, app)
  await row(page, 'short.png').dblclick()
  await page.getByText('The same file was opened').waitFor()
  const panel = page.getByRole('region', { name: 'Second opinion' })
  const [inside, outside] = await panel.evaluate((element) => [element.scrollWidth, element.clientWidth])
  expect(inside).toBe(outside)
  const right = (box: { x: number; width: number } | null) => (box ? box.x + box.width : Infinity)
  const value = panel.getByText(/^[<>]?\d\.\d\d$/).first()
  expect(right(await value.boundingBox())).toBeLessThan(1366)
})

test('on a laptop the caution is in sight whatever is open beneath it', async ({ page }) => {
  const app = await startApp()
  await openPaths(app.core, await writePicture(app.folder, 'scan.png'))
  await visit(page, app)
  await row(page, 'scan.png').dblclick()
  await waitForImage(page)
  const panel = page.getByRole('region', { name: 'Second opinion' })
  const caution = panel.getByText('is not “healthy”')
  const inSight = async () => {
    const [text, around] = [await caution.boundingBox(), await panel.boundingBox()]
    return text && around ? text.y + text.height <= around.y + around.height : false
  }
  await page.keyboard.press('d')
  await page.getByText('What is it, in your opinion?').waitFor()
  // Its longest form: where the model is blind is known with the model's card.
  await caution.filter({ hasText: 'tumours “no tumour”' }).waitFor()
  expect(await inSight()).toBe(true)

  // With a verdict on record, and another one begun.
  await page.keyboard.press('5')
  await page.keyboard.press('Control+s')
  await page.getByText('On record: Disagree').waitFor()
  await page.keyboard.press('d')
  await page.keyboard.press('5')
  await page.getByText('Supersedes the one on record').waitFor()
  expect(await inSight()).toBe(true)
  const form = page.getByRole('form', { name: 'Your verdict' })
  const [inside, outside] = await form.evaluate((element) => [element.scrollWidth, element.clientWidth])
  expect(inside).toBe(outside)
})

test('the place in the list is told once, beside the panels and without them', async ({ page }) => {
  const app = await startApp()
  for (const seed of [1, 2]) await openPaths(app.core, await writePicture(app.folder, `scan ${seed}.png`, seed))
  await visit(page, app)
  await row(page, 'scan 1.png').dblclick()
  await waitForImage(page)
  const place = page.getByText('2 of 2')
  await expect.poll(() => place.count()).toBe(1)
  await page.keyboard.press('m')
  await page.getByRole('heading', { name: 'Your verdict' }).waitFor({ state: 'detached' })
  await expect.poll(() => place.count()).toBe(1)
})

test('the model card says that the columns of the classes are recall', async ({ page }) => {
  await openQuarters(page, [[0], [80], [160], [240]])
  await page.getByRole('button', { name: 'Model card' }).click()
  const over = page.getByRole('columnheader', { name: /^Recall: / })
  const span = await over.boundingBox()
  if (!span) throw new Error('no column of recalls')
  for (const name of ['Glioma', 'Meningioma', 'No tumour', 'Pituitary tumour']) {
    const box = await page.getByRole('columnheader', { name, exact: true }).boundingBox()
    expect(box && box.x >= span.x - 1 && box.x + box.width <= span.x + span.width + 1).toBe(true)
  }
})

test('the model card has what was found of shortcuts, with n and date, intervals, and what people say of the model', async ({
  page,
}) => {
  await openQuarters(page, [[0], [80], [160], [240]])
  await page.getByRole('button', { name: 'Model card' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  const text = (await dialog.innerText()).replace(/\s+/g, ' ')
  const card: ModelCard = JSON.parse(readFileSync(join(MODEL_DIR, 'card.json'), 'utf8'))
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  const figures = [
    ...card.shortcuts.map(({ name, value, n, data, date }) => `${name}: ${percent(value)} of ${n} ${data}, ${date}`),
    ...card.tumourSensitivity.map(({ name, sensitivity, n }) => `${name}: ${percent(sensitivity)} of ${n}`),
    ...card.results.flatMap(({ intervals }) =>
      Object.values(intervals.recall ?? {}).flatMap((range) =>
        range ? [`${range[0].toFixed(3)}–${range[1].toFixed(3)}`] : [],
      ),
    ),
  ]
  expect(card.shortcuts).toHaveLength(5)
  expect(figures.length).toBeGreaterThan(18)
  const items = CARD_ITEMS.map((item) => `${CARD_ITEM_NAMES[item]} ${card[item]}`)
  expect([...figures, ...items].filter((one) => !text.includes(one))).toEqual([])
})

test('the card of a model of which little was measured says so', async ({ page }) => {
  const folder = await copyOfShipped()
  onTestFinished(() => rmSync(dirname(folder), { recursive: true }))
  await edit(folder, 'card.json', (card) => {
    card.tumourSensitivity = []
  })
  vi.stubEnv('GYRUS_MODEL', folder)
  onTestFinished(() => void vi.unstubAllEnvs())
  await openQuarters(page, [[0], [80], [160], [240]])
  await page.getByRole('button', { name: 'Model card' }).click()
  const dialog = page.getByRole('dialog')
  await expect.poll(() => dialog.getByText('Not measured.').count()).toBe(2)
  expect(await dialog.getByText('not stated').count()).toBe(CARD_ITEMS.length)
})
