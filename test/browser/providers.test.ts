import { expect } from 'vitest'
import { signInRole } from '../support/accounts.ts'
import { test } from '../support/browser.ts'
import { startApp, visit } from './app.ts'

test('an administrator measures what can run the model; the rows are there again later', { timeout: 300_000 }, async ({
  page,
}) => {
  const app = await startApp()
  await visit(page, app)
  await page.goto(`${new URL('/', page.url()).href}#/admin/compute`)
  const part = page.getByRole('region', { name: 'Reading engine' })
  const reads = part.getByRole('row').filter({ hasText: 'Reads scans' })
  await reads.getByRole('rowheader', { name: 'ONNX Runtime on the processor' }).waitFor()
  const wasm = part.getByRole('row').filter({ hasText: 'TensorFlow.js on WebAssembly' })
  await wasm.getByText('Not tried yet.').waitFor()

  await part.getByRole('button', { name: 'Try and measure' }).click()
  await part.getByRole('progressbar', { name: 'Measuring' }).waitFor()
  await part.getByRole('button', { name: 'Cancel' }).click()
  await part.getByRole('progressbar').waitFor({ state: 'detached' })
  await wasm.getByText('Not tried yet.').waitFor()

  await part.getByRole('button', { name: 'Try and measure' }).click()
  await part.getByRole('button', { name: 'Measure again' }).waitFor({ timeout: 240_000 })
  await wasm.getByText('It takes over where ONNX Runtime does not start.').waitFor()
  const cells = await reads.getByRole('cell').allTextContents()
  expect(cells.slice(0, 2).every((text) => /^\d+(\.\d)? ms$/.test(text.trim()))).toBe(true)

  await page.reload()
  await part.getByText(/Measured .* with efl0-2 by Gyrus/).waitFor()
  expect(await reads.getByRole('cell').allTextContents()).toEqual(cells)
})

test('an auditor sees them and measures nothing', async ({ page }) => {
  const app = await startApp()
  await signInRole(app.core, 'auditor')
  await visit(page, app, 'the auditor')
  await page.goto(`${new URL('/', page.url()).href}#/admin/compute`)
  const part = page.getByRole('region', { name: 'Reading engine' })
  await part.getByText('Reads scans').waitFor()
  expect(await part.getByRole('button').count()).toBe(0)
})
