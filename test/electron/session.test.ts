import { join } from 'node:path'
import { expect } from 'vitest'
import { PASSWORD, READER } from '../support/accounts.ts'
import { BUNDLES } from './support/bundles.ts'
import { test } from './support/test.ts'

test('who is signed in hangs on the window: another one is not, and a page that is loaded again still is', async ({
  app,
}) => {
  await app.shows('Open sample scans')
  expect(await app.ask('session.get', {})).toMatchObject({ ok: { state: 'signed-in', name: READER } })
  const other = await app.inMain(
    async ({ BrowserWindow }, preload) => {
      const window = new BrowserWindow({
        show: false,
        webPreferences: { preload, contextIsolation: true, sandbox: true },
      })
      await window.loadURL('gyrus://app/')
      const code = `Promise.all(['session.get', 'cases.list'].map((name) =>
      window.gyrus.requests[name](name === 'cases.list' ? { query: {} } : {})))`
      const answers: unknown = await window.webContents.executeJavaScript(code)
      window.destroy()
      return answers
    },
    join(BUNDLES, 'preload.cjs'),
  )
  expect(other).toMatchObject([{ ok: { state: 'signed-out' } }, { failure: { code: 'not-signed-in' } }])

  await app.inPage(() => {
    Object.assign(window, { before: true })
    setTimeout(() => location.reload())
  })
  await app.until(() => !('before' in window) && 'gyrus' in window)
  await app.shows('Open sample scans')
})

test('a locked window shows nothing, and no picture comes from its address', async ({ app }) => {
  await app.click('Open sample scans')
  await app.shows('files analysed')
  const reply = await app.ask('cases.list', { query: {} })
  const id = 'ok' in reply ? (reply.ok as { rows: { id: string }[] }).rows[0]?.id : undefined
  const statusOf = (id: string | undefined) =>
    app.inPage((id) => fetch(`images/${id}/thumbnail`).then(({ status }) => status), id)
  expect(await statusOf(id)).toBe(200)
  await app.ask('session.lock', { because: 'asked' })
  await app.shows('Locked')
  expect(await app.text()).not.toContain('sample-')
  expect(await statusOf(id)).toBe(401)
  expect(await app.ask('session.sign-in', { name: READER, password: PASSWORD })).toMatchObject({ ok: {} })
  await app.shows('sample-')
})

test.for(['lock-screen', 'suspend'] as const)('a window is locked at %s of the machine', async (event, { app }) => {
  await app.shows('Work list')
  await app.inMain(({ powerMonitor }, event) => void powerMonitor.emit(event), event)
  await app.shows('Locked')
  expect(await app.ask('session.get', {})).toMatchObject({ ok: { state: 'signed-out' } })
  expect(await app.ask('session.sign-in', { name: READER, password: PASSWORD })).toMatchObject({ ok: {} })
  const reply = await app.ask('audit.list', { query: { acts: ['session.locked'] }, limit: 1 })
  expect(reply).toMatchObject({ ok: { entries: [{ actor: READER, detail: '{"because":"screen"}' }] } })
})
