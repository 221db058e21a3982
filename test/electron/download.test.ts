import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { expect } from 'vitest'
import { temporaryFolder } from '../support/cleanup.ts'
import type { Shell } from './support/shell.ts'
import { test } from './support/test.ts'

/** What the shell would have asked the reader, whose answer is the place given here. */
interface Asked {
  fileName: string
  /** Whether a dialog asks for the place, as it does where nothing has set one. */
  asks: boolean
  state: string
}

/** Answers the next download's dialog, which nobody is there to answer, with a place; gives what became of it. */
async function saveNextAt(app: Shell, path: string): Promise<void> {
  await app.inMain(({ BrowserWindow }, path) => {
    const session = BrowserWindow.fromId(1)?.webContents.session
    session?.once('will-download', (_event, item) => {
      const [fileName, asks] = [item.getFilename(), item.getSavePath() === '']
      item.setSavePath(path)
      item.once('done', (_done, state) => {
        Object.assign(globalThis, { downloaded: { fileName, asks, state } })
      })
    })
  }, path)
}

async function downloaded(app: Shell): Promise<Asked> {
  const deadline = Date.now() + 20_000
  for (;;) {
    const found = await app.inMain(() => (globalThis as { downloaded?: Asked }).downloaded ?? null)
    if (found) {
      await app.inMain(() => Object.assign(globalThis, { downloaded: undefined }) && null)
      return found
    }
    if (Date.now() > deadline) throw new Error('nothing was downloaded')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** As the page's own download.ts does. */
const fetchByLink = (app: Shell, href: string) =>
  app.inPage((href) => {
    const link = document.createElement('a')
    link.href = href
    link.download = ''
    link.click()
  }, href)

test('an export of everything of a case arrives whole, by the name that it has, and once only', async ({ app }) => {
  await app.click('Open sample scans')
  await app.shows('files analysed')
  const listed = await app.ask('cases.list', { query: {} })
  const id = 'ok' in listed ? (listed.ok as { rows: { id: string }[] }).rows[0]?.id : undefined
  const made = await app.ask('patients.export', { caseIds: [id] })
  const href = 'ok' in made ? (made.ok as { path: string }).path : ''
  expect(href).toMatch(/^exports\/[0-9a-f-]{36}\/gyrus-patient-.*\.zip$/)

  const place = join(temporaryFolder(), 'taken.zip')
  await saveNextAt(app, place)
  await fetchByLink(app, href)
  expect(await downloaded(app)).toEqual({ fileName: href.split('/').at(-1), asks: true, state: 'completed' })
  const files = unzipSync(readFileSync(place))
  const { cases } = JSON.parse(strFromU8(files['patient.json'] ?? new Uint8Array()))
  expect(cases).toMatchObject([{ case: { id } }])
  expect(Object.keys(files)).toHaveLength(2)

  const status = await app.inPage((href) => fetch(href).then(({ status }) => status), href)
  expect(status).toBe(404)
})

test('a table of the audit trail, written as it is read, arrives the same way', async ({ app }) => {
  await app.shows('Work list')
  const made = await app.ask('audit.export', {
    format: 'csv',
    query: { actors: [], acts: [], subject: '', from: null, until: null, near: null },
  })
  const href = 'ok' in made ? (made.ok as { path: string }).path : ''
  const place = join(temporaryFolder(), 'trail.csv')
  await saveNextAt(app, place)
  await fetchByLink(app, href)
  expect(await downloaded(app)).toMatchObject({
    state: 'completed',
    asks: true,
    fileName: /csv$/.exec(href) && href.split('/').at(-1),
  })
  expect(readFileSync(place, 'utf8')).toContain('app.started')
})
