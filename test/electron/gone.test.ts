import { expect } from 'vitest'
import { temporaryFolder } from '../support/cleanup.ts'
import { familyOf } from './support/processes.ts'
import type { Shell } from './support/shell.ts'
import { openShell, test } from './support/test.ts'

const pidOfPage = (shell: Shell) =>
  shell.inMain(({ BrowserWindow }) => BrowserWindow.fromId(1)?.webContents.getOSProcessId() ?? 0)

/** Ends the page's process as a crash does, and waits for the next one. */
async function killPage(shell: Shell): Promise<void> {
  const pid = await pidOfPage(shell)
  process.kill(pid, 'SIGKILL')
  await expect.poll(async () => ![0, pid].includes(await pidOfPage(shell)), { timeout: 20_000 }).toBe(true)
  await shell.until(() => 'gyrus' in window)
}

test('a page whose process ends comes back with its address, its reader and what was begun; the engine, too', async ({
  electron,
  onTestFinished,
}) => {
  const app = openShell(electron, temporaryFolder())
  onTestFinished(() => app.end())
  await app.ready()
  await app.click('Open sample scans')
  await app.shows('files analysed')
  const listed = await app.ask('cases.list', { query: {} })
  const [one] = 'ok' in listed ? (listed.ok as { rows: { id: string }[] }).rows : []
  await app.inPage((id) => location.assign(`#/case/${id}`), one?.id)
  await app.until(() => {
    const field = document.querySelector('textarea')
    if (!field) return false
    field.value = 'ventricle is wide'
    field.dispatchEvent(new Event('input', { bubbles: true }))
    return true
  })
  await app.until(async () => (await window.gyrus?.kept())?.includes('ventricle') ?? false)

  await killPage(app)
  expect(await app.inPage(() => location.hash)).toBe(`#/case/${one?.id}`)
  expect(await app.ask('session.get', {})).toMatchObject({ ok: { state: 'signed-in' } })
  await app.until(() => document.querySelector('textarea')?.value === 'ventricle is wide')

  const engine = familyOf(app.process.pid ?? 0).find(({ command }) => command.includes('engine/main.ts'))
  process.kill(engine?.pid ?? 0, 'SIGKILL')
  await app.inPage(() => location.assign('#/'))
  expect(await app.ask('samples.open', {})).toMatchObject({ ok: {} })
  const total = async () => {
    const reply = await app.ask('cases.list', { query: { states: ['analysed'] } })
    return 'ok' in reply ? (reply.ok as { total: number }).total : 0
  }
  await expect.poll(total, { timeout: 60_000 }).toBe(24)

  // One that ends each time is not loaded for ever.
  await killPage(app)
  await killPage(app)
  await app.inMain(({ dialog }) => {
    Object.assign(dialog, {
      showMessageBox: async (_: unknown, { message, buttons }: { message: string; buttons: string[] }) => {
        Object.assign(globalThis, { asked: { message, buttons } })
        return { response: 0 }
      },
    })
  })
  await killPage(app)
  expect(await app.inMain(() => (globalThis as { asked?: unknown }).asked)).toEqual({
    message: 'The window’s page has ended several times in a row.',
    buttons: ['Load it again', 'Quit'],
  })
  await app.inPage(() => {
    window.onbeforeunload = null
  })
})
