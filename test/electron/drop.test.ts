import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect } from 'vitest'
import type { RequestName } from '../../src/shared/contract.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { writePicture } from '../support/images.ts'
import type { Shell } from './support/shell.ts'
import { test } from './support/test.ts'

/** Drops files on the window as a file manager does, and tells what that heard. */
async function drop(app: Shell, display: string, paths: string[]): Promise<string> {
  const window = await app.inMain(({ BrowserWindow }) => {
    return BrowserWindow.fromId(1)?.getNativeWindowHandle().readUInt32LE(0) ?? 0
  })
  const script = join(import.meta.dirname, 'support', 'drag.py')
  const python = spawn('python3', [script, String(window), ...paths], {
    env: { ...process.env, DISPLAY: display },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = await Promise.all([text(python.stdout), once(python, 'exit')])
  return said.trim()
}

const chosenNowhere = { failure: { code: 'request-invalid' } }

test('files and folders that are dropped on the window are opened by their paths, as chosen ones are', async ({
  app,
  electron,
}) => {
  const folder = temporaryFolder()
  const one = await writePicture(folder, 'one of two.png', 1)
  const two = await writePicture(folder, 'zwei.png', 2)
  const study = join(folder, 'Tuesday')
  mkdirSync(join(study, 'deep'), { recursive: true })
  const inside = await writePicture(join(study, 'deep'), 'inside.png', 3)
  await app.shows('Open sample scans')

  // What nobody chose here is nothing that a page could name.
  const requests: Partial<Record<RequestName, unknown>> = {
    'scans.open': { paths: [one] },
    'batches.start': { paths: [study], options: {} },
    'datasets.survey': { path: study, patients: null, map: {} },
    'sources.add-folder': { path: study, subFolders: true },
    'backups.set': { folder, daily: 1, weekly: 1 },
    'audit.setHeadsFolder': { folder },
  }
  for (const [name, input] of Object.entries(requests)) {
    expect(await app.ask(name as RequestName, input), name).toMatchObject(chosenNowhere)
  }

  expect(await drop(app, electron.display, [one, two])).toBe('finished 1')
  await app.shows('one of two.png')
  await app.shows('zwei.png')

  expect(await drop(app, electron.display, [study])).toBe('finished 1')
  await app.shows('Classify')
  await app.shows('Tuesday')
  await app.click('Start')
  await app.until(() => location.hash.startsWith('#/batch/'))
  await app.shows('Completed')

  // What lies in it was chosen with it; what lies beside it was not.
  expect(await app.ask('scans.open', { paths: [inside] })).toMatchObject({ ok: {} })
  expect(await app.ask('scans.open', { paths: [join(study, '..')] })).toMatchObject(chosenNowhere)
  expect(await app.ask('scans.open', { paths: [inside, join(folder, 'three.png')] })).toMatchObject(chosenNowhere)
  expect(await app.ask('scans.open', { paths: ['Tuesday'] })).toMatchObject(chosenNowhere)
})

test('a drop that the page made up, or a second asking, brings no path', async ({ app }) => {
  await app.shows('Gyrus')
  const taken = await app.inPage(async () => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['x'], '/etc/passwd'))
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
    return window.gyrus?.takeDropped()
  })
  expect(taken).toEqual([])
})
