import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { dicomFile, element } from '../engine/dicom/support/write.ts'
import { test } from '../support/browser.ts'
import { openPaths } from '../support/core.ts'
import { shared } from '../support/shared.ts'
import { row, shadesAt, startApp, visit, waitForImage } from './app.ts'

const SIDE = 128
const VALUES = [0, 1000, 1400, 4000]
const CENTRES: [number, number][] = [
  [0.25, 0.25],
  [0.75, 0.25],
  [0.25, 0.75],
  [0.75, 0.75],
]

/** Quarters of four values, 128 columns and 256 rows of pixels that are twice as wide as high. */
function quartersFile(): Buffer {
  const values = Uint16Array.from({ length: SIDE * 2 * SIDE }, (_, i) => {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)]
    return VALUES[(x < SIDE / 2 ? 0 : 1) + (y < SIDE ? 0 : 2)] as number
  })
  return dicomFile({
    524320: element(0x00080020, 'DA', '20130717'),
    1048592: element(0x00100010, 'PN', 'Doe^<b>Jane</b>'),
    1048608: element(0x00100020, 'LO', 'P-77'),
    528446: element(0x0008103e, 'LO', 'T1 after contrast'),
    2097207: element(0x00200037, 'DS', '1\\0\\0\\0\\1\\0'),
    2621456: element(0x00280010, 'US', 2 * SIDE),
    2621457: element(0x00280011, 'US', SIDE),
    2621488: element(0x00280030, 'DS', '0.5\\1'),
    // 900 to 1,400 in units that begin at −100.
    2625616: element(0x00281050, 'DS', '1150.5'),
    2625617: element(0x00281051, 'DS', '501'),
    2625618: element(0x00281052, 'DS', '-100'),
    2625619: element(0x00281053, 'DS', '1'),
    2145386512: element(0x7fe00010, 'OW', new Uint8Array(values.buffer)),
  })
}

async function drag(page: Page, dx: number, dy: number): Promise<void> {
  const box = await page.locator('[data-page-keys]').boundingBox()
  if (!box) throw new Error('no image')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + dx, y + dy, { steps: 5 })
  await page.mouse.up()
}

test('a DICOM file opens in its own window and proportions, and measures in mm', async ({ page }) => {
  const app = await startApp()
  const path = join(app.folder, 'IM0001.dcm')
  writeFileSync(path, quartersFile())
  await openPaths(app.core, path)
  await visit(page, app)

  // The list tells whose it is, as text.
  const listed = row(page, 'Doe, <b>Jane</b>')
  await listed.getByText('P-77').waitFor()
  await listed.getByText('2013-07-17').waitFor()
  await listed.dblclick()
  await waitForImage(page)
  await page.getByText('T1 after contrast').first().waitFor()
  await page.getByText('0.50 × 1.00 mm/px').waitFor()

  // (value − 1,000) / 500: as the standard has it, and square on the screen.
  await expect.poll(async () => (await shadesAt(page, CENTRES, SIDE)).map(([shade]) => shade)).toEqual([0, 0, 204, 255])
  await page.getByText(/^W 500\s+L 1150$/).waitFor()

  // Axial: the patient's right is at the left, until the picture is flipped.
  await page.getByText('Side markers: left R, right L, top A, bottom P').waitFor()
  await page.keyboard.press('h')
  await page.getByText('Side markers: left L, right R, top A, bottom P').waitFor()
  await page.keyboard.press('o')
  await page.getByText('Side markers: left P, right A, top L, bottom R').waitFor()
  await page.keyboard.press('r')
  await page.getByText('Side markers: left R, right L, top A, bottom P').waitFor()

  const percent = Number(/\d+/.exec(await page.getByText(/^Zoom \d/).innerText())?.[0])
  await page.keyboard.press('l')
  for (const [dx, dy] of [
    [120, 0],
    [0, 120],
  ] as const) {
    await drag(page, dx, dy)
    const label = page.getByText(/^[\d.]+ mm$/)
    // A pixel's width is 1 mm, and its height as much less as it is lower on the screen.
    await expect
      .poll(async () => Math.abs(Number.parseFloat((await label.textContent()) ?? '') - 12_000 / percent))
      .toBeLessThan(0.5)
    await page.keyboard.press('Control+z')
    await label.waitFor({ state: 'detached' })
  }
})

test('texts leave the corners for one key, and the letters of the sides stay, in an experiment, too', async ({
  page,
}) => {
  const app = await startApp()
  const path = join(app.folder, 'IM0001.dcm')
  writeFileSync(path, quartersFile())
  await openPaths(app.core, path)
  await visit(page, app)
  await row(page, 'Doe, <b>Jane</b>').dblclick()
  await waitForImage(page)
  const zoom = page.getByText(/^Zoom \d/)
  await zoom.waitFor()
  await page.keyboard.press('h')
  await page.keyboard.press('8')
  await zoom.waitFor({ state: 'hidden' })
  await page.getByText('Flipped left–right').waitFor()
  await page.getByText('Side markers: left L, right R, top A, bottom P').waitFor()
  await page.keyboard.press('8')
  await zoom.waitFor()
  await page.keyboard.press('x')
  await page.getByText('Side markers: left R, right L, top A, bottom P').waitFor()
  await page.getByRole('button', { name: 'Left–right' }).click()
  await page.getByText('Side markers: left L, right R, top A, bottom P').waitFor()
  await page.screenshot({ path: join('.cache', 'dicom', 'what-if-sides.png') })
  // Where both pictures are seen, letters would be wrong of one.
  await page.getByRole('slider', { name: 'Before and after' }).fill('50')
  await page.getByText('Side markers').waitFor({ state: 'detached' })
})

test('an image of another modality is not judged, and the panel says why', async ({ page, skip }) => {
  const ct = shared('dicom/syntaxes/CT_small.dcm')
  if (!ct) return skip('not run: the shared data folder is not there (GYRUS_SHARED)')
  const app = await startApp()
  await openPaths(app.core, ct)
  await visit(page, app)
  await page.getByRole('row').nth(1).dblclick()
  const alert = page.getByRole('alert')
  await alert.getByText('The model does not judge this image').waitFor()
  await alert.getByText('By its file this is not MR').waitFor()
})
