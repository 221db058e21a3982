import { expect } from 'vitest'
import { BANNER } from '../../src/shared/labels.ts'
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

  await app.restart(() => page.getByText('was it started again, open the new link').waitFor())
  await page.getByText('this page needs a new link').waitFor()
  expect(await page.getByText('this page goes on').count()).toBe(0)
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

test('the banner and what stands in the way span the page, and nothing lies over them, however wide it is', async ({
  page,
}) => {
  const app = await startApp()
  await visit(page, app)
  await page.route('**/api/**', (route) => route.abort())
  await page.getByRole('searchbox').or(page.getByRole('heading').first()).first().waitFor()
  await page.reload().catch(() => undefined)
  const notice = page.getByText('Gyrus does not answer.')
  await notice.waitFor()
  for (const width of [1920, 1366, 1024, 896, 768, 500, 360]) {
    await page.setViewportSize({ width, height: 768 })
    const strip = await notice.locator('xpath=../..').boundingBox()
    expect(strip?.width, `notice at ${width}`).toBe(width)
    const banner = page.getByText(BANNER).first()
    const box = await banner.boundingBox()
    if (!box) throw new Error(`no banner at ${width}`)
    expect(box.x, `banner at ${width}`).toBeGreaterThanOrEqual(0)
    expect(box.x + box.width, `banner at ${width}`).toBeLessThanOrEqual(width)
    if (width <= 896) expect(box.width, `banner at ${width}`).toBe(width)
    const cut = await banner.evaluate((element) => {
      const { left, right, top, height } = element.getBoundingClientRect()
      const over = [left + 2, (left + right) / 2, right - 2].map((x) => document.elementFromPoint(x, top + height / 2))
      return element.scrollWidth > element.clientWidth + 1 || over.some((one) => one !== element)
    })
    expect(cut, `banner at ${width}`).toBe(false)
  }
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
