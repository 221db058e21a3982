import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { READER } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { writePicture } from '../support/images.ts'
import { familyOf } from './support/processes.ts'
import type { Shell } from './support/shell.ts'
import { openShell, test } from './support/test.ts'

const pidOfPage = (shell: Shell) =>
  shell.inMain(({ BrowserWindow }) => BrowserWindow.fromId(1)?.webContents.getOSProcessId() ?? 0)

async function analysed(shell: Shell): Promise<number> {
  const reply = await shell.ask('cases.list', { query: { states: ['analysed'] } })
  return 'ok' in reply ? (reply.ok as { total: number }).total : 0
}

/** Four lives of a page, and two of an engine. */
const SLOW = { timeout: 240_000 }

/** Ends the page's process as a crash does, and waits for the next one. */
async function killPage(shell: Shell): Promise<void> {
  const pid = await pidOfPage(shell)
  process.kill(pid, 'SIGKILL')
  await expect.poll(async () => ![0, pid].includes(await pidOfPage(shell)), { timeout: 20_000 }).toBe(true)
  await shell.until(() => 'gyrus' in window)
}

test(
  'a page whose process ends comes back with its address, its reader and what was begun, so does the engine, and the log tells it without a name',
  SLOW,
  async ({ electron, onTestFinished }) => {
    const folder = temporaryFolder()
    const logs = join(folder, 'logs')
    const named = await writePicture(folder, 'Doe^Jane^1970.png')
    const study = join(folder, 'Doe John')
    mkdirSync(study)
    await writePicture(study, 'Doe-John.png', 2)
    writeFileSync(join(study, 'Doe-broken.png'), 'nothing')
    const app = openShell(electron, folder, [named], { GYRUS_LOGS: logs })
    onTestFinished(() => app.end())
    await app.ready()
    await app.shows('Doe^Jane^1970.png')
    await app.choose(study)
    expect(await app.ask('batches.start', { paths: [study], options: {} })).toMatchObject({ ok: {} })
    expect(await app.ask('samples.open', {})).toMatchObject({ ok: {} })
    await expect.poll(() => analysed(app), { timeout: 60_000 }).toBe(14)
    const listed = await app.ask('cases.list', { query: { search: 'Jane' } })
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
    expect(await app.ask('samples.open', {})).toMatchObject({ ok: {} })
    await expect.poll(() => analysed(app), { timeout: 60_000 }).toBe(26)

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

    // The second attempt closes a page with a draft.
    await app.until(() => document.querySelector('textarea')?.value === 'ventricle is wide')
    await app.inMain(({ app }) => app.quit())
    await app.shows('not saved')
    const { output } = await app.quit()
    const log = readFileSync(join(logs, 'gyrus.log'), 'utf8')
    const lines = log
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { what: string; state?: string; restarts?: number; failed?: number })
    const told = lines.map(({ what }) => what)
    expect(told).toEqual(expect.arrayContaining(['started', 'engine', 'batch', 'page-gone', 'stopped']))
    expect(lines).toContainEqual(expect.objectContaining({ what: 'engine', state: 'ready', restarts: 1 }))
    expect(lines).toContainEqual(expect.objectContaining({ what: 'batch', state: 'completed', failed: 1 }))
    for (const text of [log, output]) {
      for (const secret of [/doe/i, /jane/i, /john/i, /ventricle/, /1970/, new RegExp(READER), new RegExp(folder)]) {
        expect(text).not.toMatch(secret)
      }
    }
  },
)
