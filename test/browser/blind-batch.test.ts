import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { test } from '../support/browser.ts'
import { ask } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { textOf } from '../support/pdf.ts'
import { chooseFolder, downloaded, openSection, row, startApp, visit, waitForImage } from './app.ts'

test('a batch says what it keeps until the impression, on the screen and on paper, and its strip follows', async ({
  page,
}) => {
  const app = await startApp()
  const folder = join(app.folder, 'study')
  mkdirSync(folder)
  writeFileSync(join(folder, '1-broken.jpg'), 'no image')
  for (const seed of [2, 3]) await writePicture(folder, `${seed}.png`, seed)
  await visit(page, app)
  await openSection(page, 'Settings')
  await page.getByLabel('All readers record an impression').check()
  await expect.poll(async () => (await ask(app.core, 'reading.get', {})).department).toBe(true)

  await page.getByRole('link', { name: 'Batches' }).click()
  await chooseFolder(page, folder)
  await page.getByText('3 images to open').waitFor()
  await page.keyboard.press('Enter') // starts it; it does not close the question
  await page.getByText('Completed').waitFor()
  const found = page.getByRole('region', { name: 'What was found' })
  await found.getByRole('row', { name: 'Shown after your impression 2' }).waitFor()
  // The settings, which were open before, lend this one nothing.
  const cell = found.getByRole('rowheader', { name: 'Failed' })
  expect(await cell.evaluate((one) => getComputedStyle(one).borderBottomWidth)).toBe('0px')

  const summary = page.getByRole('button', { name: 'Export Summary (PDF)' })
  const [text = ''] = await textOf((await downloaded(page, () => summary.click())).content)
  for (const part of ['3: 2 analysed, 1 failed', '2 analysed; their answers', 'EfficientNet-Lite0'])
    expect(text).toContain(part)

  await row(page, '2.png').dblclick()
  await waitForImage(page)
  for (const key of ['5', '5']) await page.keyboard.press(key)
  await page.getByRole('form', { name: 'Your verdict' }).waitFor()
  await page.keyboard.press('a')
  await page.keyboard.press('Control+s')
  await page.getByText('Verdicts on record').waitFor()
  await page.keyboard.press('s')
  await page.keyboard.press('s')
  await page.getByText('Verdict signed.').waitFor()
  const here = page.getByRole('navigation').locator('[aria-current=true]')
  await here.filter({ hasText: 'Signed' }).waitFor()
})
