import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { PICTURES } from './support/bundles.ts'
import type { Shell } from './support/shell.ts'
import { test } from './support/test.ts'

const PDF = 'data:application/pdf;base64,'

interface Seen {
  printed: string[]
  answer: boolean
}

/** Nobody is here to use the system's dialog: what it is asked to print is written down, and answered as given. */
const watchPrinting = (app: Shell) =>
  app.inMain(({ app }) => {
    const seen: Seen = { printed: [], answer: false }
    Object.assign(globalThis, { seen })
    app.on('web-contents-created', (_event, contents) => {
      contents.print = (_options, done) => {
        seen.printed.push(contents.getURL())
        done?.(seen.answer, seen.answer ? '' : 'cancelled')
      }
    })
  })

const printed = (app: Shell) => app.inMain(() => (globalThis as unknown as { seen: Seen }).seen.printed)
const windows = (app: Shell) => app.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)

/** The only child window: what it shows, what it is part of, and what it can do. */
const reportWindow = (app: Shell) =>
  app.inMain(async ({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find((one) => one.getParentWindow())
    const image = await window?.webContents.capturePage()
    const pixels = image?.toBitmap() ?? []
    let white = 0
    for (let at = 0; at < pixels.length; at += 4) if ((pixels[at] ?? 0) > 250) white++
    return (
      window && {
        white: white / (pixels.length / 4),
        parent: window.getParentWindow()?.id,
        url: window.webContents.getURL().slice(0, 100),
        shows: await window.webContents.executeJavaScript(
          `({ type: document.contentType, viewer: document.querySelector('embed')?.type ?? null, bridge: 'gyrus' in window })`,
        ),
        png: image?.toPNG().toString('base64'),
      }
    )
  })

const choose = (app: Shell, label: string) =>
  app.inMain(({ Menu }, label) => {
    const file = Menu.getApplicationMenu()?.items.find((item) => item.label === 'File')
    const item = file?.submenu?.items.find((item) => item.label === label)
    item?.click()
    return item && { accelerator: item.accelerator, listens: item.registerAccelerator }
  }, label)

test('a report is printed from a window of its own, which ends when it was, and with the session', async ({ app }) => {
  await watchPrinting(app)
  await app.click('Open sample scans')
  await app.shows('files analysed')
  const listed = await app.ask('cases.list', { query: {} })
  const [one] = 'ok' in listed ? (listed.ok as { rows: { id: string }[] }).rows : []
  await app.inPage((id) => location.assign(`#/case/${id}`), one?.id)
  await app.until(() => document.querySelector('textarea') !== null)

  const item = () => choose(app, 'Print the report…')
  await expect.poll(item).toEqual({ accelerator: 'CommandOrControl+P', listens: false })
  await app.shows('Report of this case')
  await app.until(() => document.activeElement?.textContent?.trim() === 'Print…')
  await app.click('Print…')
  await expect.poll(() => printed(app)).toHaveLength(1)
  const [address = ''] = await printed(app)
  expect(Buffer.from(address.slice(PDF.length), 'base64').subarray(0, 5).toString()).toBe('%PDF-')
  // Somebody cancelled: it stays to be looked at, and to be printed from there.
  const report = { parent: 1, url: address.slice(0, 100), shows: { type: 'application/pdf', bridge: false } }
  expect(await reportWindow(app)).toMatchObject(report)
  // Paper is white, and the viewer around it is not.
  await expect.poll(async () => (await reportWindow(app))?.white).toBeGreaterThan(0.4)
  mkdirSync(PICTURES, { recursive: true })
  writeFileSync(join(PICTURES, 'print.png'), Buffer.from((await reportWindow(app))?.png ?? '', 'base64'))

  // What is no report, or more than the viewer takes, is shown nowhere.
  const wrong = await app.inPage(() => window.gyrus?.printReport('../x.pdf', ''))
  expect(wrong).toMatchObject({ failure: { code: 'request-invalid' } })
  const large = await app.inPage(() => window.gyrus?.printReport('x.pdf', 'AAAA'.repeat(2 ** 19)))
  expect(large).toMatchObject({ failure: { message: expect.stringContaining('save it as PDF') } })
  expect(await windows(app)).toBe(2)

  await app.ask('session.lock', { because: 'asked' })
  await expect.poll(() => windows(app)).toBe(1)
  await app.ready()
  await app.inMain(() => Object.assign((globalThis as unknown as { seen: Seen }).seen, { answer: true }) && null)
  const again = await app.ask('cases.report', { id: one?.id, paper: 'a4', view: null, heat: true })
  const { fileName, pdf } = ('ok' in again ? again.ok : {}) as { fileName: string; pdf: string }
  expect(await app.inPage(([name, pdf]) => window.gyrus?.printReport(name, pdf), [fileName, pdf] as const)).toEqual({
    ok: true,
  })
  await expect.poll(() => printed(app)).toHaveLength(2)
  await expect.poll(() => windows(app)).toBe(1)
})
