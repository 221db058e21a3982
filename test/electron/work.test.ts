import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Batch } from '../../src/shared/batches.ts'
import { READER } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { writePicture } from '../support/images.ts'
import { makeSet } from '../train/support.ts'
import type { Shell } from './support/shell.ts'
import { openShell, test } from './support/test.ts'

const FILES = 300
const SLOW = { timeout: 240_000 }

/** A folder that is at work for some seconds, called as no folder should be. */
async function writeStudy(folder: string): Promise<string> {
  const study = join(folder, 'Jane Doe 1970')
  mkdirSync(study)
  for (let seed = 1; seed <= FILES; seed++) await writePicture(study, `${seed}.png`, seed)
  return study
}

interface Seen {
  progress: number[]
  notices: { title: string; body: string }[]
  awake: boolean[]
  questions: { message: string; detail: string; buttons: string[] }[]
}

/** Writes down what the shell asks of the system, which does it all the same; questions are answered as given. */
const look = (shell: Shell) =>
  shell.inMain(({ BrowserWindow, Notification, powerSaveBlocker, dialog }) => {
    const seen = { progress: [], notices: [], awake: [], questions: [], answer: 1 } as unknown as Seen & {
      answer: number
    }
    Object.assign(globalThis, { seen })
    const { setProgressBar } = BrowserWindow.prototype
    BrowserWindow.prototype.setProgressBar = function (share, options) {
      seen.progress.push(share)
      return setProgressBar.call(this, share, options)
    }
    // Nothing here shows notifications.
    Notification.isSupported = () => true
    const { show } = Notification.prototype
    Notification.prototype.show = function () {
      seen.notices.push({ title: this.title, body: this.body })
      return show.call(this)
    }
    const { start, stop } = powerSaveBlocker
    powerSaveBlocker.start = (type) => {
      const id = start.call(powerSaveBlocker, type)
      seen.awake.push(powerSaveBlocker.isStarted(id))
      return id
    }
    powerSaveBlocker.stop = (id) => {
      stop.call(powerSaveBlocker, id)
      seen.awake.push(powerSaveBlocker.isStarted(id))
      return true
    }
    Object.assign(dialog, {
      showMessageBox: async (_: unknown, { message, detail, buttons }: Seen['questions'][number]) => {
        seen.questions.push({ message, detail, buttons })
        return { response: seen.answer }
      },
    })
    return null
  })

const chooseQuit = (shell: Shell) =>
  shell.inMain(({ Menu }) => {
    const file = Menu.getApplicationMenu()?.items.find(({ label }) => label === 'File')
    file?.submenu?.items.find(({ label }) => label === 'Quit')?.click()
  })

const seenBy = (shell: Shell) => shell.inMain(() => (globalThis as unknown as { seen: Seen }).seen)

async function newestBatch(shell: Shell): Promise<Batch | undefined> {
  const reply = await shell.ask('batches.list', {})
  return 'ok' in reply ? (reply.ok as { batches: Batch[] }).batches[0] : undefined
}

test(
  'a batch shows how far it is, keeps the machine awake, asks before quitting, goes on at the next start, and tells its end',
  SLOW,
  async ({ electron, onTestFinished }) => {
    const folder = temporaryFolder()
    const study = await writeStudy(folder)
    const first = openShell(electron, folder)
    onTestFinished(() => first.end())
    await first.ready()
    await look(first)
    await first.choose(study)
    expect(await first.ask('batches.start', { paths: [study], options: {} })).toMatchObject({ ok: {} })
    await expect.poll(async () => (await newestBatch(first))?.counts.analysed, { timeout: 30_000 }).toBeGreaterThan(5)
    await expect.poll(async () => (await seenBy(first)).progress.some((share) => share > 0 && share < 1)).toBe(true)

    // Who keeps working keeps the window, the core and the batch; by the menu, and by closing the last window.
    await chooseQuit(first)
    await expect.poll(async () => (await seenBy(first)).questions).toHaveLength(1)
    await first.inMain(({ BrowserWindow }) => BrowserWindow.fromId(1)?.close())
    await expect.poll(async () => (await seenBy(first)).questions).toHaveLength(2)
    expect((await newestBatch(first))?.state).toBe('running')
    const { questions, awake } = await seenBy(first)
    expect(questions[0]).toEqual({
      message: 'A batch is running.',
      detail: 'The batch goes on by itself at the next start.',
      buttons: ['Quit', 'Keep working'],
    })
    expect(awake).toEqual([true])

    await first.inMain(() => Object.assign((globalThis as unknown as { seen: object }).seen, { answer: 0 }) && null)
    await chooseQuit(first)
    expect(await first.ended).toMatchObject({ code: 0 })

    const second = openShell(electron, folder)
    onTestFinished(() => second.end())
    await second.window()
    await look(second)
    await second.ready()
    const taken = await newestBatch(second)
    expect(['queued', 'running', 'completed']).toContain(taken?.state)
    // Nobody looks: another program is in front.
    await second.inMain(({ BrowserWindow }) => {
      Object.assign(BrowserWindow, { getFocusedWindow: () => null })
    })
    await expect.poll(async () => (await newestBatch(second))?.state, { timeout: 60_000 }).toBe('completed')
    expect((await newestBatch(second))?.counts).toMatchObject({ total: FILES, remaining: 0, failed: 0 })
    const acts = await second.ask('audit.list', { query: { acts: ['batch.resumed', 'batch.interrupted'] }, limit: 5 })
    expect(acts).toMatchObject({
      ok: {
        entries: [
          { act: 'batch.resumed', actor: READER },
          { act: 'batch.interrupted', actor: 'gyrus' },
        ],
      },
    })
    await expect
      .poll(async () => (await seenBy(second)).notices)
      .toEqual([{ title: 'Gyrus', body: `A batch is finished: ${FILES} files.` }])
    const after = await seenBy(second)
    expect(after.progress.at(-1)).toBe(-1)
    expect(after.awake).toEqual([true, false])
    expect(await second.quit()).toMatchObject({ code: 0 })
    expect(after.questions).toEqual([])
    expect(JSON.stringify(after)).not.toContain('Doe')
  },
)

test(
  'a training asks before quitting, and goes on by itself at the next start',
  SLOW,
  async ({ electron, onTestFinished }) => {
    const folder = temporaryFolder()
    const { root } = await makeSet(join(folder, 'set'), 120, 10)
    const first = openShell(electron, folder)
    onTestFinished(() => first.end())
    await first.ready()
    await look(first)
    await first.choose(root)
    expect(await first.ask('datasets.import', { name: 'heads', path: root, patients: null, map: {} })).toMatchObject({
      ok: {},
    })
    await expect.poll(() => first.ask('datasets.get', { name: 'heads' }), { timeout: 60_000 }).toMatchObject({ ok: {} })
    const split = { by: 'random' as const, validation: 0.2 }
    const request = { dataset: { name: 'heads', version: 1 }, recipe: 'head', split, seed: 1, changes: {} }
    const started = await first.ask('training.startOnSet', request)
    expect(started).toMatchObject({ ok: {} })
    const { id } = ('ok' in started ? started.ok : {}) as { id: string }
    const stateIn = async (shell: Shell) => {
      const reply = await shell.ask('training.get', { id })
      return 'ok' in reply ? (reply.ok as { run: { state: string } }).run.state : reply.failure.code
    }
    await expect.poll(async () => (await seenBy(first)).awake, { timeout: 20_000 }).toEqual([true])

    await chooseQuit(first)
    await expect.poll(async () => (await seenBy(first)).questions).toHaveLength(1)
    expect((await seenBy(first)).questions[0]).toEqual({
      message: 'A model is being trained.',
      detail: 'The training goes on from its last epoch by itself at the next start.',
      buttons: ['Quit', 'Keep working'],
    })
    expect(await stateIn(first)).toBe('running')
    await first.inMain(() => Object.assign((globalThis as unknown as { seen: object }).seen, { answer: 0 }) && null)
    await chooseQuit(first)
    expect(await first.ended).toMatchObject({ code: 0 })

    const second = openShell(electron, folder)
    onTestFinished(() => second.end())
    await second.ready()
    await expect.poll(() => stateIn(second), { timeout: 100_000 }).toBe('finished')
    const acts = await second.ask('audit.list', { query: { subject: id, acts: ['training.queued'] }, limit: 5 })
    expect(acts).toMatchObject({ ok: { entries: [{ actor: READER }] } })
    expect(await second.quit()).toMatchObject({ code: 0 })
  },
)

test('the window opens where it lay, and where it can be seen', async ({ electron, onTestFinished }) => {
  const folder = temporaryFolder()
  const first = openShell(electron, folder)
  onTestFinished(() => first.end())
  await first.window()
  const bounds = { x: 60, y: 40, width: 1200, height: 700 }
  await first.inMain(({ BrowserWindow }, bounds) => BrowserWindow.fromId(1)?.setBounds(bounds), bounds)
  const boundsOf = (shell: Shell) => shell.inMain(({ BrowserWindow }) => BrowserWindow.fromId(1)?.getBounds())
  await expect.poll(() => boundsOf(first)).toEqual(bounds)
  await first.quit()
  const file = join(folder, 'data', 'window', 'bounds.json')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ bounds, maximised: false, fullScreen: false })

  const second = openShell(electron, folder)
  onTestFinished(() => second.end())
  await second.window()
  expect(await boundsOf(second)).toEqual(bounds)
  await second.quit()

  // Of a display that is no longer there.
  writeFileSync(file, JSON.stringify({ bounds: { ...bounds, x: 5000 }, maximised: false, fullScreen: false }))
  const third = openShell(electron, folder)
  onTestFinished(() => third.end())
  await third.window()
  const { x = 9999 } = (await boundsOf(third)) ?? {}
  expect(x).toBeLessThan(1680 - 120)
  await third.quit()
})
