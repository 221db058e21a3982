import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { expect } from 'vitest'
import { test } from '../support/browser.ts'
import { ask, openPaths } from '../support/core.ts'
import { type App, row, startApp, visit, waitForImage } from './app.ts'

const SAMPLES = join(import.meta.dirname, '../../resources/samples')

const part = (page: Page) => page.getByRole('region', { name: 'Similar images' })

async function openCase(page: Page, app: App, name: string): Promise<void> {
  await visit(page, app)
  await row(page, name).dblclick()
  await waitForImage(page)
}

/** One signed, and one that is nearly the same. */
async function withSigned(app: App): Promise<string> {
  const [signed] = await openPaths(app.core, join(SAMPLES, 'sample-04.jpg'))
  const id = signed?.caseId ?? ''
  const { verdicts } = await ask(app.core, 'cases.review', { id, verdict: 'agree', label: null, comment: '' })
  await ask(app.core, 'cases.sign', { id, verdict: verdicts[0]?.id ?? 0 })
  await openTurned(app, 'sample-04.jpg', 3)
  return id
}

/** A sample, turned. @returns its case */
async function openTurned(app: App, name: string, degrees: number): Promise<string> {
  const turned = join(app.folder, `turned-${degrees}.png`)
  await sharp(join(SAMPLES, name)).rotate(degrees, { background: '#000' }).png().toFile(turned)
  const [outcome] = await openPaths(app.core, turned)
  return outcome?.caseId ?? ''
}

test('similar images stand folded in one line, with how many agree, and open to pictures, labels and distances', async ({
  page,
}) => {
  const app = await startApp()
  await openPaths(app.core, join(SAMPLES, 'sample-01.jpg'))
  await openCase(page, app, 'sample-01.jpg')
  const line = part(page).getByText('Similar images: the 5 nearest agree')
  await line.waitFor()
  expect(await part(page).getByRole('listitem').count()).toBe(0)
  // From the keyboard.
  await line.focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => part(page).getByRole('listitem').count()).toBe(5)
  const first = part(page).getByRole('listitem').first()
  await first.getByText('Meningioma').waitFor()
  await first.getByText(/^near \(\d+\.\d\)$/).waitFor()
  await expect
    .poll(() => first.locator('img').evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth))
    .toBe(96)
  await part(page).getByText('Compared with 5,391 training images and 0 signed cases').waitFor()
  await part(page)
    .getByText(/^No picture: /)
    .waitFor()
  const scroll = page.getByRole('region', { name: 'Second opinion' })
  const [inside, outside] = await scroll.evaluate((element) => [element.scrollWidth, element.clientWidth])
  expect(inside).toBe(outside)
})

test('a signed case among them is opened by a click', async ({ page }) => {
  const app = await startApp()
  const id = await withSigned(app)
  await openCase(page, app, 'turned-3.png')
  await part(page).getByText('Similar images:').click()
  await part(page)
    .getByRole('link', { name: /^Open the signed case: / })
    .click()
  await expect.poll(() => page.url()).toContain(id)
  await page.getByText('Signed').first().waitFor()
})

test('three that disagree are a warning in sight without unfolding', async ({ page }) => {
  const app = await startApp()
  // A reader called images of the same kind something else than the model does.
  for (const degrees of [2, 4, 6]) {
    const id = await openTurned(app, 'sample-01.jpg', degrees)
    const said = { verdict: 'disagree', label: 'glioma', comment: '' } as const
    const { verdicts } = await ask(app.core, 'cases.review', { id, ...said })
    await ask(app.core, 'cases.sign', { id, verdict: verdicts[0]?.id ?? 0 })
  }
  await openTurned(app, 'sample-01.jpg', 3)
  await openCase(page, app, 'turned-3.png')
  await part(page).getByRole('alert').getByText('3 of 5 nearest disagree with the prediction').waitFor()
  await page.setViewportSize({ width: 1366, height: 768 })
  await part(page).getByText('Similar images:').click()
  await expect.poll(() => part(page).getByText('disagrees').count()).toBe(3)
})

test('a reader whose impression comes first is shown none before it', async ({ page }) => {
  const app = await startApp()
  await openPaths(app.core, join(SAMPLES, 'sample-01.jpg'))
  await ask(app.core, 'reading.set', { on: true })
  await openCase(page, app, 'sample-01.jpg')
  await page.getByText('What do you see?').or(page.getByRole('form')).first().waitFor()
  expect(await part(page).count()).toBe(0)
})

test('where they cannot be asked for, the part says so', async ({ page }) => {
  const app = await startApp()
  await openPaths(app.core, join(SAMPLES, 'sample-01.jpg'))
  await page.route('**/api/cases.similar', (route) => route.abort())
  await openCase(page, app, 'sample-01.jpg')
  await part(page).getByText('Similar images: none are shown').click()
  await part(page).getByText('Gyrus does not answer.').waitFor()
})
