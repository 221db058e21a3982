import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { temporaryFolder } from '../support/cleanup.ts'
import { writePicture } from '../support/images.ts'
import type { Shell } from './support/shell.ts'
import { openShell, test } from './support/test.ts'

const focused = (shell: Shell) => shell.inMain(({ BrowserWindow }) => BrowserWindow.getFocusedWindow()?.id ?? null)

test('files by the command line, by the system and by a second start are opened in the one window', async ({
  electron,
  onTestFinished,
}) => {
  const folder = temporaryFolder()
  const [named, later, second] = await Promise.all(
    ['named.png', 'later.png', 'second.png'].map((name, seed) => writePicture(folder, name, seed + 1)),
  )
  const study = join(folder, 'study')
  mkdirSync(study)
  await writePicture(study, 'inside.png', 9)

  const app = openShell(electron, folder, [named as string, join(folder, 'not-there.png')])
  onTestFinished(() => app.end())
  await app.window()
  // Nobody is signed in: the page is given nothing of what waits.
  await app.until(() => 'gyrus' in window)
  expect(await app.inPage(() => window.gyrus?.takePaths())).toEqual([])
  await app.ready()
  await app.shows('named.png')

  // As a Mac hands over what was opened there.
  const prevented = await app.inMain(({ app }, path) => {
    let prevented = false
    app.emit('open-file', { preventDefault: () => (prevented = true) }, path)
    return prevented
  }, later)
  expect(prevented).toBe(true)
  await app.shows('later.png')

  await app.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.blur())
  const other = openShell(electron, folder, [second as string, 'study'])
  onTestFinished(() => other.end())
  const { code, output } = await other.ended
  expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('is open on this data folder') })
  await app.shows('second.png')
  await app.shows('Classify')
  await app.shows('study')
  await app.click('Start')
  await app.until(() => location.hash.startsWith('#/batch/'))
  expect(await focused(app)).toBe(1)
  // What was not there is not on record.
  expect(await app.ask('cases.list', { query: { search: 'not-there' } })).toMatchObject({ ok: { total: 0 } })
  await app.shows('Completed')
  expect(await app.quit()).toMatchObject({ code: 0 })
})
