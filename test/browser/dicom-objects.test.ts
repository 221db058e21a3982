import { readFileSync } from 'node:fs'
import { unzipSync } from 'fflate'
import { expect } from 'vitest'
import { test } from '../support/browser.ts'
import { ask, openPaths } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { needsShared } from '../support/needs-shared.ts'
import { shared } from '../support/shared.ts'
import { row, startApp, visit, waitForImage } from './app.ts'

const SLICE = shared('dicom/series-t1/N2D_0240.dcm')

needsShared(SLICE)
test.skipIf(SLICE === null)('a reader signs a DICOM case and saves its DICOM objects', async ({ page }) => {
  const app = await startApp()
  await openPaths(app.core, SLICE as string)
  await visit(page, app)
  await row(page, 'Jane_Doe').dblclick()
  await waitForImage(page)
  const report = page.getByRole('button', { name: 'Report…' })
  const objects = page.getByRole('dialog').getByRole('region', { name: 'DICOM objects' })
  const save = objects.getByRole('button', { name: 'Save DICOM objects' })
  await report.click()
  await save.click()
  await page.getByText('The case is not signed, and DICOM objects are made of signed cases only.').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  await page.keyboard.press('a')
  await page.keyboard.press('Control+s')
  const sign = page.getByRole('button', { name: 'Sign', exact: true })
  await sign.click()
  await page.getByRole('region', { name: 'Signature' }).waitFor()
  await report.click()
  const [download] = await Promise.all([page.waitForEvent('download'), save.click()])
  expect(download.suggestedFilename()).toMatch(/^gyrus-dicom-[0-9A-F]{4}-[0-9A-F]{4}\.zip$/)
  await objects.getByRole('status').getByText('DICOM objects were made and handed over as a ZIP.').waitFor()
  expect(await objects.getByText('being saved').count()).toBe(0)
  const files = unzipSync(readFileSync(await download.path()))
  expect(Object.keys(files).sort()).toEqual(['picture.dcm', 'report.dcm'])
  // What is in them is looked at in test/core/case-objects.test.ts.
  for (const file of Object.values(files)) expect(Buffer.from(file.subarray(128, 132)).toString()).toBe('DICM')
})

test('a picture offers none, and an administrator decides about cases that are not signed', async ({ page }) => {
  const app = await startApp()
  await openPaths(app.core, await writePicture(app.folder, 'one.png', 1))
  await visit(page, app)
  await row(page, 'one.png').dblclick()
  await waitForImage(page)
  await page.getByRole('button', { name: 'Report…' }).click()
  await page.getByRole('button', { name: 'Save as PDF' }).waitFor()
  expect(await page.getByRole('region', { name: 'DICOM objects' }).count()).toBe(0)
  await page.goto(`${new URL('/', page.url()).href}#/admin/settings`)
  const box = page.getByLabel('Also of cases that are not signed, as preliminary')
  await box.check()
  await expect.poll(async () => (await ask(app.core, 'objects.get', {})).beforeSigning).toBe(true)
  await box.uncheck()
  await expect.poll(async () => (await ask(app.core, 'objects.get', {})).beforeSigning).toBe(false)
  const organisation = page.getByLabel('Organisation of those who sign')
  await organisation.fill('St Mary’s Hospital')
  await organisation.press('Tab')
  await expect.poll(async () => (await ask(app.core, 'objects.get', {})).organisation).toBe('St Mary’s Hospital')
})
