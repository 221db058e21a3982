import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect } from 'vitest'
import { dicomFile, element } from '../engine/dicom/support/write.ts'
import { dicomdir } from '../engine/medium/support.ts'
import { test } from '../support/browser.ts'
import { ask } from '../support/core.ts'
import { type App, chooseFolder, row, startApp, visit, waitForImage } from './app.ts'

/** Slices that say which image they are; `tone` makes their bytes differ. */
const slice = (uid: string, tone = 0) =>
  dicomFile({
    524312: element(0x00080018, 'UI', uid),
    2145386512: element(
      0x7fe00010,
      'OW',
      new Uint8Array(64 * 64 * 2).map((_, i) => (i % 2 ? tone % 8 : i % 251)),
    ),
  })
const object = (uid: string) =>
  dicomFile({ 131074: element(0x00020002, 'UI', uid), 524310: element(0x00080016, 'UI', uid), 2145386512: null })

function burn(app: App): string {
  const cd = join(app.folder, 'cd')
  mkdirSync(join(cd, 'DICOM'), { recursive: true })
  const files = {
    DICOMDIR: dicomdir([{ file: 'DICOM\\IM1' }, { file: 'DICOM\\GONE' }]),
    'DICOM/IM1': slice('1.2.3.1'),
    'DICOM/IM2': slice('1.2.3.2'),
    'DICOM/IM2.dcm': slice('1.2.3.2', 5),
    'DICOM/SR1': object('1.2.840.10008.5.1.4.1.1.88.33'),
    'DICOM/SR2.dcm': object('1.2.840.10008.5.1.4.1.1.88.33'),
    'DICOM/PLAN.dcm': object('1.2.840.10008.5.1.4.1.1.481.5'),
    'VIEWER.EXE': 'MZ',
  }
  for (const [name, content] of Object.entries(files)) writeFileSync(join(cd, name), content)
  return cd
}

test('a CD tells what it holds beside images, what is missing, and which images are not the same', async ({ page }) => {
  const app = await startApp()
  const cd = burn(app)
  const options = { subFolders: true, filter: '', skipSeen: true }
  const { id } = await ask(app.core, 'batches.start', { paths: [cd], options })
  await visit(page, app)
  await page.goto(`${new URL(page.url()).origin}/#/batch/${id}`)
  await page.getByText('4 of 4 · 1 failed').waitFor()
  const passed = page.locator('.passed-over')
  await passed.getByText('5 files passed over').waitFor()
  await passed.getByText('2 structured reports').click()
  await passed.getByText(join(cd, 'DICOM', 'SR2.dcm')).waitFor()
  await passed.getByText('1 radiotherapy object').waitFor()
  await passed.getByText('1 DICOMDIR', { exact: true }).waitFor()
  await row(page, 'GONE').filter({ hasText: 'There is no file at this place' }).waitFor()
  await row(page, 'IM2.dcm').getByText('same image as IM2, other bytes').waitFor()
  await row(page, 'IM2').first().getByText('other bytes').waitFor()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations).toEqual([])
  await page.setViewportSize({ width: 1366, height: 768 })
  if (process.env.GYRUS_LOOK) await page.screenshot({ path: join(process.env.GYRUS_LOOK, 'batch.png') })
  await page.getByRole('link', { name: 'IM2.dcm' }).click()
  await waitForImage(page)
  await page.getByText('Another file says that it is this very image').waitFor()
  if (process.env.GYRUS_LOOK) await page.screenshot({ path: join(process.env.GYRUS_LOOK, 'case.png') })
})

test('a folder that a browser hands over tells the same, but for what is missing', async ({ page }) => {
  const app = await startApp()
  await visit(page, app)
  await chooseFolder(page, burn(app))
  await page.getByText('3 images to open').waitFor()
  await page.getByRole('button', { name: 'Start' }).click()
  await page.getByText('3 of 3').waitFor()
  const passed = page.locator('.passed-over')
  await passed.getByText('2 structured reports').click()
  await passed.getByText('cd/DICOM/SR1').waitFor()
  await passed.getByText('1 DICOMDIR', { exact: true }).waitFor()
})
