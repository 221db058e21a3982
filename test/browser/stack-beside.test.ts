import SQLite from 'better-sqlite3'
import { expect } from 'vitest'
import { test } from '../support/browser.ts'
import { ask } from '../support/core.ts'
import { realSlices } from '../support/stacks.ts'
import { row, startApp, visit, waitForImage } from './app.ts'
import { expectGood } from './good.ts'
import { NOT_HERE, openSeries, placeShown } from './stack-screen.ts'

const slices = await realSlices()

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

test('what is offered says whose it is; what turns out to be another patient’s is warned of', async ({
  page,
  skip,
}) => {
  const real = slices?.slice(10)
  if (!real) return skip(NOT_HERE)
  const app = await startApp()
  await openSeries(app, real, { number: 2, length: 4, apart: 4, studyDate: '20250303' })
  await openSeries(app, real, { number: 1, length: 4, apart: 8 })
  await visit(page, app)
  await row(page, 'T1 series 1').dblclick()
  await waitForImage(page)
  await page.keyboard.press('b')
  const offered = page.getByRole('dialog').getByRole('button', { name: '2025-03-03' })
  await offered.getByText('Series, Test · P-Series^Test').waitFor()
  await expectGood(page)
  const sqlite = new SQLite(app.core.folder.database)
  sqlite.prepare("update cases set patient_name = 'Roe, Mary' where study_date = '2025-03-03'").run()
  sqlite.close()
  await offered.click()
  await page.getByRole('alert').getByText('not of the same patient by its files: Roe, Mary, ID P-Series^Test').waitFor()
  await page.getByRole('button', { name: /^In step/ }).waitFor()
  await expectGood(page)
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
