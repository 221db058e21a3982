import { AxeBuilder } from '@axe-core/playwright'
import { expect } from 'vitest'
import { LABEL_NAMES } from '../../src/shared/labels.ts'
import { test } from '../support/browser.ts'
import { ask, openPaths } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { openSection, READER, row, startApp, visit, waitForImage } from './app.ts'

test('a reader says what they think first, and is then shown the answer', async ({ page }) => {
  const app = await startApp()
  const [outcome] = await openPaths(app.core, await writePicture(app.folder, 'one.png', 1))
  const id = outcome?.caseId as string
  const { label } = await ask(app.core, 'cases.get', { id })
  const says = LABEL_NAMES[label as 'glioma']
  await visit(page, app)
  await row(page, 'one.png').filter({ hasText: says }).waitFor()

  await page.getByRole('button', { name: `Account: ${READER}` }).click()
  await page.getByRole('menuitemcheckbox', { name: 'My impression before the answer' }).click()
  await row(page, 'one.png').filter({ hasNotText: says }).waitFor()
  await row(page, 'one.png').dblclick()
  await waitForImage(page)
  const form = page.getByRole('form', { name: 'Your impression' })
  await form.waitFor()
  const opinion = page.getByRole('region', { name: 'Second opinion' })
  expect(await opinion.getByText(says).count()).toBe(0)
  expect(await page.getByRole('navigation').getByText(says).count()).toBe(0)
  await page.keyboard.press('a')
  expect(await page.getByRole('form', { name: 'Your verdict' }).count()).toBe(0)
  await page.keyboard.press('e')
  await page.getByText('The report tells the answer').waitFor()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id: rule, nodes }) => `${rule}: ${nodes[0]?.html}`)).toEqual([])

  // What cannot be taken back takes the same key twice.
  await page.keyboard.press('5')
  await page.getByText('Press 5 again').waitFor()
  expect(await opinion.getByText(says).count()).toBe(0)
  await page.keyboard.press('5')
  await opinion.getByText(says).first().waitFor()
  await page.getByRole('form', { name: 'Your verdict' }).waitFor()
  await page.keyboard.press('a')
  await page.keyboard.press('Control+s')
  await page.getByText('Impression before the answer: Something else').waitFor()
  await page.getByText('The verdict differs from it.').waitFor()
  expect((await ask(app.core, 'cases.get', { id })).verdicts[0]?.before?.impression).toBe('other')
})

test('an administrator asks it of the whole department, which nobody turns off for themselves', async ({ page }) => {
  const app = await startApp()
  await visit(page, app)
  await openSection(page, 'Settings')
  await page.getByLabel('All readers record an impression').check()
  await expect.poll(async () => (await ask(app.core, 'reading.get', {})).department).toBe(true)
  await page.getByRole('button', { name: `Account: ${READER}` }).click()
  const own = page.getByRole('menuitemcheckbox', { name: 'My impression before the answer' })
  await own.getByText('set for the whole department').waitFor()
  expect(await own.getAttribute('aria-disabled')).toBe('true')
  expect(await own.getAttribute('aria-checked')).toBe('true')
})
