import { expect } from 'vitest'
import { BANNER } from '../../src/shared/labels.ts'
import { CALLER } from '../support/accounts.ts'
import { test } from '../support/browser.ts'
import { READER, row, startApp, visit, waitForImage } from './app.ts'

test('first launch: samples, second opinion, a verdict, and the case is there after a restart', async ({ page }) => {
  const app = await startApp()
  await visit(page, app)

  await page.getByRole('button', { name: 'Open sample scans' }).click()
  await row(page, 'Unread').first().waitFor()
  await page.getByText(/\d+ files analysed/).waitFor()

  await row(page, 'Unread').first().dblclick()
  await waitForImage(page)
  const bars = page.getByRole('list', { name: 'Confidence for each label' }).getByRole('listitem')
  const shares = (await bars.allInnerTexts()).map((text) => Number(/>?([\d.]+)\s*$/.exec(text)?.[1]))
  expect(shares).toHaveLength(4)
  expect(shares).toEqual(shares.toSorted((a, b) => b - a))
  expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 1)
  expect(await page.getByText(BANNER).isVisible()).toBe(true)
  expect(await page.getByText(/analysed in [\d.]+ ms/).isVisible()).toBe(true)
  const name = (await page.title()).split(' – ')[0] ?? ''

  await page.getByRole('radio', { name: 'Disagree' }).click()
  const others = page.getByRole('group', { name: 'What is it, in your opinion?' })
  const label = ((await others.locator('label:not(.taken)').first().innerText()).split('\n')[0] ?? '').trim()
  expect(await others.getByRole('radio').count()).toBe(5)
  await others.locator('label:not(.taken)').first().click()
  await page.getByRole('textbox', { name: 'Comment' }).fill('Dural tail along the falx.')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Verdict saved').waitFor()

  await app.restart()
  await visit(page, app)
  await row(page, name).first().waitFor()
  expect(await row(page, name).first().innerText()).toMatch(/\bRead\b.*Dr Test.*says/s)
  await row(page, name).first().dblclick()
  const record = page.getByRole('region', { name: 'Verdicts on record' })
  await record.getByText('Dural tail along the falx.').waitFor()
  expect(await record.innerText()).toContain(`Disagree: ${label}`)
  expect(await record.innerText()).toContain(READER)
})

test('the same file opened again says so and leads to the other case', async ({ page }) => {
  const app = await startApp()
  await visit(page, app)
  await page.getByRole('button', { name: 'Open sample scans' }).click()
  await page.getByText(/\d+ files analysed/).waitFor()
  await app.core.request('samples.open', {}, CALLER)
  await page.getByText(/\d+ files analysed/).waitFor()

  await row(page, 'Unread').first().dblclick()
  await page.getByText('The same file was opened before').waitFor()
  const before = page.url()
  await page.getByText('The same file was opened before').locator('..').getByRole('link').click()
  await page.waitForURL((url) => url.href !== before)
  await page.getByText('The same file was opened before').waitFor()
})
