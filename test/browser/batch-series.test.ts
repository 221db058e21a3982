import { expect } from 'vitest'
import { test } from '../support/browser.ts'
import { ask } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { needsShared } from '../support/needs-shared.ts'
import { copyRealSlices, REAL, REAL_SLICE } from '../support/series.ts'
import { startApp, visit, waitForImage } from './app.ts'
import { expectGood } from './good.ts'

needsShared(REAL_SLICE)
test.skipIf(REAL_SLICE === null)(
  'a batch says which of its files are slices, and leads to their series',
  async ({ page }) => {
    const app = await startApp()
    const folder = copyRealSlices(REAL.suspicious)
    await writePicture(folder, 'picture.png', 1)
    const options = { subFolders: true, filter: '', skipSeen: false }
    const { id } = await ask(app.core, 'batches.start', { paths: [folder], options })
    await expect.poll(async () => (await ask(app.core, 'batches.get', { id })).batch.state).toBe('completed')
    await app.core.series.settle()
    await visit(page, app)
    await page.goto(`${new URL('/', page.url()).href}#/batch/${id}`)
    await page.getByText('1 series put together of 5 files: each is read as one case').waitFor()
    await page.getByText('1 series of 5 slices, 1 picture').waitFor()
    // One row for the series, one for the picture, none for slices; and so in what was found.
    const series = page.getByRole('list', { name: 'Series', exact: true }).getByRole('listitem')
    await expect.poll(() => series.count()).toBe(1)
    expect(await series.innerText()).toContain('5 slices')
    const rows = page.getByRole('grid').getByRole('row')
    await expect.poll(() => rows.count()).toBe(2)
    expect(await rows.last().innerText()).toContain('picture.png')
    const found = await page.getByRole('region', { name: 'What was found' }).getByRole('row').allInnerTexts()
    expect(found.slice(1).reduce((sum, text) => sum + Number(/\d+/.exec(text)?.[0] ?? 0), 0)).toBe(2)
    await expectGood(page)
    // The slices are there for who asks for them.
    await page.getByRole('button', { name: 'Show the slices, too' }).click()
    const slices = page.getByRole('link', { name: 'slice of a series' })
    await expect.poll(() => slices.count()).toBe(5)
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
