import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { dicomFile } from '../engine/dicom/support/write.ts'
import { test } from '../support/browser.ts'
import { writePicture } from '../support/images.ts'
import { text, writeZip } from '../support/zip.ts'
import { chooseFolder, openFiles, row, startApp, visit } from './app.ts'

/** Drops files and folders on the window, as a file manager does, once the page takes them: the banner stands before. */
async function drop(page: Page, ...paths: string[]): Promise<void> {
  await page.getByRole('button', { name: 'Open files' }).waitFor()
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: paths, dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data })
}

test('files dropped on the window are opened, whatever they are called', async ({ page }) => {
  const app = await startApp()
  const names = ['plain.png', 'with space & "quotes".png', 'ünïcode 🧠.png', `${'long '.repeat(48)}name.png`]
  await visit(page, app)
  await page.getByText('drop files and folders').waitFor()
  const paths = await Promise.all(names.map((name, seed) => writePicture(app.folder, name, seed)))
  await drop(page, ...paths)
  for (const name of names) await row(page, name).waitFor()
  await page.getByText('4 files analysed').waitFor()
})

test('a dropped file that is no image becomes a failed case, and the others are read', async ({ page }) => {
  const app = await startApp()
  const [text, empty] = [join(app.folder, 'notes.txt'), join(app.folder, 'empty.jpg')]
  writeFileSync(text, 'no image')
  writeFileSync(empty, '')
  await visit(page, app)
  await drop(page, text, empty, await writePicture(app.folder, 'good.png'))
  await row(page, 'good.png').filter({ hasText: 'Unread' }).waitFor()
  await row(page, 'notes.txt').filter({ hasText: 'not an image' }).waitFor()
  await row(page, 'empty.jpg').filter({ hasText: 'empty' }).waitFor()
})

/** Two images, one of them in a sub-folder, and two files that are to be passed over. */
async function writeStudy(inside: string): Promise<string> {
  const folder = join(inside, 'study')
  mkdirSync(join(folder, 'sub'), { recursive: true })
  await writePicture(folder, 'one.png', 1)
  await writePicture(join(folder, 'sub'), 'two.jpg', 2)
  await writePicture(folder, '.hidden.png', 3)
  writeFileSync(join(folder, 'notes.txt'), 'no image')
  return folder
}

test('a chosen folder gives its images only, sub-folders included', async ({ page }) => {
  const app = await startApp()
  await visit(page, app)
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open folder' }).click(),
  ])
  await chooser.setFiles(await writeStudy(app.folder))
  await page.getByText('2 images to open').waitFor()
  await page.getByRole('button', { name: 'Start' }).click()
  await page.getByText('2 files passed over: hidden').waitFor()
  await page.getByRole('heading', { name: 'study' }).waitFor()
  await page.getByRole('link', { name: 'Work list' }).click()
  await row(page, 'one.png').waitFor()
  await row(page, 'two.jpg').waitFor()
  await page.getByText('2 cases').waitFor()
})

test('a dropped folder asks the same: sub-folders, a filter, and its batch is open then', async ({ page }) => {
  const app = await startApp()
  const folder = await writeStudy(app.folder)
  await visit(page, app)
  await drop(page, folder)
  await page.getByText('2 images to open').waitFor()
  await page.getByRole('checkbox', { name: 'With its sub-folders' }).uncheck()
  await page.getByText('1 image to open').waitFor()
  await page.getByRole('checkbox', { name: 'With its sub-folders' }).check()
  await page.getByLabel(/^Only names like/).fill('*.jpg')
  await page.getByText('1 image to open').waitFor()
  await page.getByRole('button', { name: 'Start' }).click()
  await page.getByRole('heading', { name: 'study' }).waitFor()
  await page.getByRole('link', { name: 'Work list' }).click()
  await row(page, 'two.jpg').waitFor()
  await page.getByText(/^1 case/).waitFor()

  // Thinking better of it opens nothing.
  await drop(page, folder)
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByText(/^1 case/).waitFor()
})

test('a folder without images says so and opens nothing', async ({ page }) => {
  const app = await startApp()
  const folder = join(app.folder, 'letters')
  mkdirSync(folder)
  writeFileSync(join(folder, 'letter.txt'), 'no image')
  await visit(page, app)
  await drop(page, folder)
  await page.getByText('There are no images in what you chose').waitFor()
  await page.getByRole('button', { name: 'Open sample scans' }).waitFor()
})

test('chosen files are opened by the button', async ({ page }) => {
  const app = await startApp()
  await visit(page, app)
  await openFiles(page, await writePicture(app.folder, 'chosen.jpg'))
  await row(page, 'chosen.jpg').filter({ hasText: 'Unread' }).waitFor()
})

test('what is told at the end counts the files of this go only', async ({ page }) => {
  const app = await startApp()
  const bad = join(app.folder, 'bad.jpg')
  writeFileSync(bad, 'no image')
  const empty = join(app.folder, 'empty.jpg')
  writeFileSync(empty, '')
  const good = await Promise.all([1, 2].map((seed) => writePicture(app.folder, `good ${seed}.png`, seed)))
  const said = page.getByRole('region', { name: 'Notifications' }).getByRole('paragraph')
  const expectSaid = async (text: string) => {
    await page.getByText(text, { exact: true }).waitFor()
    expect(await said.allInnerTexts()).toEqual([text])
    await page.getByRole('button', { name: 'Close' }).click()
  }
  await visit(page, app)
  await openFiles(page, ...good, bad)
  await expectSaid('2 files analysed, 1 failed.')
  await openFiles(page, good[0] as string)
  await expectSaid('1 file analysed.')
  await openFiles(page, bad, empty)
  await expectSaid('No file analysed, 2 failed.')
  await openFiles(page, bad)
  await expectSaid('No file analysed, 1 failed.')
  await openFiles(page, ...good)
  await expectSaid('2 files analysed.')
})

test('a ZIP file that is dropped is a batch of the images in it, and tells what it passed over', async ({ page }) => {
  const app = await startApp()
  const image = new Uint8Array(readFileSync(await writePicture(app.folder, 'one.png', 1)))
  const slice = new Uint8Array(dicomFile())
  const files = { 'CD/IM1': slice, 'CD/KEY.PNG': image, DICOMDIR: text('no image'), 'VIEWER.EXE': text('MZ') }
  const zip = writeZip(join(app.folder, 'study.zip'), { ...files, 'IN/OLD.ZIP': text('PK') })
  await visit(page, app)
  await drop(page, zip)
  await page.getByRole('heading', { name: 'study.zip' }).waitFor()
  await page.getByText('3 of 3 · 1 failed').waitFor()
  await row(page, 'IM1').waitFor()
  await row(page, 'KEY.PNG').waitFor()
  await row(page, 'OLD.ZIP').filter({ hasText: 'An archive within a ZIP file is not opened' }).waitFor()
  await page.getByText('2 files passed over').waitFor()
})

test('a chosen folder gives DICOM files without an extension, but not the directory of a CD', async ({ page }) => {
  const app = await startApp()
  const cd = join(app.folder, 'cd')
  mkdirSync(join(cd, 'DICOM'), { recursive: true })
  for (const name of ['IM000001', 'IM000002']) writeFileSync(join(cd, 'DICOM', name), dicomFile())
  writeFileSync(join(cd, 'DICOMDIR'), dicomFile())
  writeFileSync(join(cd, 'VIEWER.EXE'), 'MZ')
  writeFileSync(join(cd, 'README'), 'text')
  await visit(page, app)
  await chooseFolder(page, cd)
  await page.getByText('2 images to open').waitFor()
  await page.getByRole('button', { name: 'Start' }).click()
  await row(page, 'IM000001').waitFor()
})
