import { expect } from 'vitest'
import { test } from '../support/browser.ts'
import { openPaths } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { row, startApp, visit, waitForImage } from './app.ts'

test('after a restart the page says that it needs a new link, and goes on once that was opened', async ({ page }) => {
  const app = await startApp()
  await openPaths(app.core, await writePicture(app.folder, 'one.png', 1))
  await visit(page, app)
  await row(page, 'one.png').dblclick()
  await waitForImage(page)
  await page.keyboard.press('c')
  await page.keyboard.type('half a sent')

  await app.restart(() => page.getByText('This page goes on by itself').waitFor())
  await page.getByText('this page needs a new link').waitFor()
  expect(await page.getByText('goes on by itself').count()).toBe(0)
  await openPaths(app.core, await writePicture(app.folder, 'two.png', 2))

  const other = await page.context().newPage()
  await visit(other, app)
  await row(other, 'two.png').waitFor()
  await other.close()
  await page.getByText('this page needs a new link').waitFor({ state: 'detached' })
  await page.getByText('2 of 2').waitFor()
  expect(await page.getByRole('textbox', { name: 'Comment' }).inputValue()).toBe('half a sent')
  // Events come again.
  await openPaths(app.core, await writePicture(app.folder, 'three.png', 3))
  await page.getByText('3 of 3').waitFor()
})

test('what could not be asked while nothing answered is there when it answers again', async ({ page }) => {
  const app = await startApp()
  await openPaths(app.core, await writePicture(app.folder, 'one.png', 1))
  await visit(page, app)
  await row(page, 'one.png').waitFor()
  await page.route('**/api/**', (route) => route.abort())
  await page.getByRole('searchbox').fill('two')
  await page.getByRole('columnheader', { name: 'Status' }).getByRole('button').click()
  await openPaths(app.core, await writePicture(app.folder, 'two.png', 2))
  await page.unroute('**/api/**')
  await row(page, 'two.png').waitFor()
})
