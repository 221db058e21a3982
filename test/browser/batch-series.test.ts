import { expect } from 'vitest'
import { test } from '../support/browser.ts'
import { ask } from '../support/core.ts'
import { needsShared } from '../support/needs-shared.ts'
import { copyRealSlices, REAL, REAL_SLICE } from '../support/series.ts'
import { startApp, visit, waitForImage } from './app.ts'

needsShared(REAL_SLICE)
test.skipIf(REAL_SLICE === null)(
  'a batch says which of its files are slices, and leads to their series',
  async ({ page }) => {
    const app = await startApp()
    const options = { subFolders: true, filter: '', skipSeen: false }
    const { id } = await ask(app.core, 'batches.start', { paths: [copyRealSlices(REAL.suspicious)], options })
    await expect.poll(async () => (await ask(app.core, 'batches.get', { id })).batch.state).toBe('completed')
    await app.core.series.settle()
    await visit(page, app)
    await page.goto(`${new URL('/', page.url()).href}#/batch/${id}`)
    await page.getByText('1 series put together of 5 files: each is read as one case').waitFor()
    const slices = page.getByRole('link', { name: 'slice of a series' })
    expect(await slices.count()).toBe(5)
    await slices.first().click()
    await waitForImage(page)
    await page.keyboard.press('y')
    const history = page.getByRole('dialog', { name: 'History' })
    await history.getByText('Series answered').waitFor()
    expect(await history.getByRole('listitem').allInnerTexts()).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/Slices put together as a series.*5 slices joined/s),
        expect.stringMatching(/Series answered.*5 slices, 5 counted/s),
      ]),
    )
  },
)
