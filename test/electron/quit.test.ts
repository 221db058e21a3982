import { expect } from 'vitest'
import { temporaryFolder } from '../support/cleanup.ts'
import { familyOf, stillRunning } from './support/processes.ts'
import { openShell, test } from './support/test.ts'

test('quitting ends core and engine, and the next start takes up what was left', async ({
  electron,
  onTestFinished,
}) => {
  const folder = temporaryFolder()
  const first = openShell(electron, folder)
  onTestFinished(() => first.end())
  await first.ready()
  await first.click('Open sample scans')
  await first.until(() => document.body.innerText.includes('sample-'))
  const family = familyOf(first.process.pid ?? 0)
  const commands = family.map(({ command }) => command).join('\n')
  expect(commands).toContain('core-process.ts')
  expect(commands).toContain('engine/main.ts')
  expect(commands).toContain('--type=renderer')
  expect(await first.quit()).toMatchObject({ code: 0 })
  // The helpers end when they see that the first process has.
  await expect.poll(() => stillRunning(family), { timeout: 20_000 }).toEqual([])

  const second = openShell(electron, folder)
  onTestFinished(() => second.end())
  await second.ready()
  await second.until(() => /Unread/.test(document.body.innerText) && !/being analysed/.test(document.body.innerText))
  expect(await second.quit()).toMatchObject({ code: 0 })
})

test('a page with something unsaved keeps its window, and its core', async ({ electron, onTestFinished }) => {
  const app = openShell(electron, temporaryFolder())
  onTestFinished(() => app.end())
  await app.ready()
  await app.shows('Open sample scans')
  await app.inPage(() => {
    window.onbeforeunload = () => false
  })
  await app.inMain(({ app }) => app.quit())
  await new Promise((resolve) => setTimeout(resolve, 1000))
  expect(await app.ask('cases.list', { query: {} })).toMatchObject({ ok: { total: 0 } })
  await app.inPage(() => {
    window.onbeforeunload = null
  })
  expect(await app.quit()).toMatchObject({ code: 0 })
})
