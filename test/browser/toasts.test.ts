import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { BANNER } from '../../src/shared/labels.ts'
import { test } from '../support/browser.ts'
import { openPaths } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { openFiles, openSection, row, startApp, visit, waitForImage } from './app.ts'

const LONG = 'The disk with the data folder is full, and what was asked for could not be kept. '.repeat(3)

/** What is told stands in the title bar, and over nothing that is in it. */
async function expectInTitleBar(page: Page, text: string): Promise<void> {
  const told = page.getByRole('region', { name: 'Notifications' })
  await told.getByText(text).waitFor()
  const box = await told.locator('> div').boundingBox()
  const header = await page.locator('header').boundingBox()
  if (!box || !header) throw new Error('nothing is told')
  expect(box.y).toBeGreaterThanOrEqual(header.y)
  expect(box.y + box.height).toBeLessThanOrEqual(header.y + header.height)
  const product = await page.getByRole('link', { name: 'Gyrus' }).boundingBox()
  const banner = await page.getByText(BANNER).boundingBox()
  expect(box.x).toBeGreaterThan((product?.x ?? 0) + (product?.width ?? Infinity))
  expect(box.x + box.width).toBeLessThan(banner?.x ?? 0)
}

test.for([
  [1366, 768],
  [1024, 640],
] as const)('at %i × %i what is told covers nothing', async ([width, height], { page }) => {
  await page.setViewportSize({ width, height })
  const app = await startApp()
  const path = await writePicture(app.folder, 'scan.png')
  await openPaths(app.core, path, await writePicture(app.folder, 'other.png', 2))
  await visit(page, app)
  await row(page, 'scan.png').waitFor()
  await openFiles(page, path)
  await expectInTitleBar(page, '1 file analysed.')

  await row(page, 'other.png').dblclick()
  await waitForImage(page)
  await page.keyboard.press('a')
  await page.keyboard.press('ArrowRight')
  await expectInTitleBar(page, 'is kept with its case')
})

test('a failure that a note was put over comes back', async ({ page }) => {
  const app = await startApp()
  await openPaths(app.core, await writePicture(app.folder, 'scan.png'))
  await visit(page, app)
  await row(page, 'scan.png').dblclick()
  await waitForImage(page)
  const told = page.getByRole('region', { name: 'Notifications' })
  await page.route('**/api/**', (route) => route.abort())
  await page.keyboard.press('a')
  await page.keyboard.press('Control+s')
  await told.getByText('Gyrus does not answer').waitFor()
  await page.keyboard.press('Control+z')
  await expectInTitleBar(page, 'There is nothing to undo.')
  expect(await told.getByText('Gyrus does not answer').count()).toBe(0)
  await told.getByText('Gyrus does not answer').waitFor()
  await page.getByRole('button', { name: 'Close' }).click()
  expect(await told.locator('> div').count()).toBe(0)
})

test('a long failure is read and closed over an open dialog', async ({ page }) => {
  const app = await startApp()
  await visit(page, app)
  await openSection(page, 'Settings')
  await page.route('**/api/accounts.set-lock', (route) =>
    route.fulfill({ json: { failure: { code: 'disk-full', message: LONG, action: LONG } } }),
  )
  await page.getByLabel('Lock after').fill('20')
  await page.getByRole('button', { name: 'Set', exact: true }).click()
  const told = page.getByRole('region', { name: 'Notifications' }).locator('> div')
  await told.waitFor()
  await page.getByRole('button', { name: 'Keys and mouse…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  const below = await told.boundingBox()
  const box = await dialog.boundingBox()
  if (!below || !box) throw new Error('nothing is told, or asked')
  // They do meet.
  expect(below.y + below.height).toBeGreaterThan(box.y)
  expect(below.x + below.width).toBeGreaterThan(box.x)
  const x = (Math.max(below.x, box.x) + below.x + below.width) / 2
  const y = below.y + below.height - 4
  expect(
    await told.evaluate((toast, at) => toast.contains(document.elementFromPoint(at[0], at[1])), [x, y] as const),
  ).toBe(true)
  await told.getByRole('button', { name: 'Close' }).click()
  await told.waitFor({ state: 'detached' })
  expect(await dialog.isVisible()).toBe(true)
})
