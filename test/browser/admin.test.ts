import { expect } from 'vitest'
import { test } from '../support/browser.ts'
import { startApp, visit } from './app.ts'

test('the admin panel tells what can be trained on this machine', async ({ page }) => {
  const app = await startApp()
  await visit(page, app)
  await page.getByRole('link', { name: 'Admin' }).click()
  const parts = page.getByRole('navigation', { name: 'Parts of the admin panel' })
  await parts.getByRole('link', { name: 'Compute' }).click()
  await page.getByRole('heading', { name: 'Training engine' }).waitFor()
  const { training } = await app.core.nativeEngine.info()
  await page
    .getByText(training === 'full' ? 'Whole networks can be trained' : 'Only the last layer (recipe “head”)')
    .waitFor()
  expect(page.url()).toContain('#/admin/compute')
})
