import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { test } from '../support/browser.ts'
import { ask } from '../support/core.ts'
import { startApp, visit } from './app.ts'

const documentLanguage = (page: Page) => page.evaluate(() => document.documentElement.lang)

test('a reader chooses their language, which is there again on the next visit', async ({ page }) => {
  const app = await startApp()
  await visit(page, app)
  await page.getByRole('button', { name: /^Account: / }).click()
  await page.getByRole('menuitem', { name: 'Deutsch' }).click()
  await page.getByText('Nur Entscheidungshilfe — keine Diagnose').first().waitFor()
  await page.getByRole('heading', { name: 'Eine zweite Meinung zur MRT des Gehirns' }).waitFor()
  expect(await documentLanguage(page)).toBe('de-DE')
  expect((await ask(app.core, 'preferences.get', {})).language).toBe('de')
  await page.reload()
  await page.getByRole('button', { name: /^Konto: / }).click()
  await page.getByRole('menuitem', { name: 'English' }).click()
  await page.getByText('Decision aid only — not a diagnosis').first().waitFor()
  expect(await documentLanguage(page)).toBe('en-GB')
})
