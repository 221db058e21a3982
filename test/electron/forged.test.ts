import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect } from 'vitest'
import {
  CHOOSE_FILES,
  CHOOSE_FOLDER,
  KEEP,
  KEPT,
  PRINT_REPORT,
  SAVE_REPORT,
  SHOW_MENU,
  TAKE_DROPPED,
  TAKE_PATHS,
} from '../../src/main/electron/channels.ts'
import { contract } from '../../src/shared/contract.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import type { Shell } from './support/shell.ts'
import { test as base } from './support/test.ts'

/** What a page could do that got hold of Electron itself, in each of its frames. */
const HOSTILE_PRELOAD = `
  const { contextBridge, ipcRenderer } = require('electron')
  const ask = (channel, input) => ipcRenderer.invoke(channel, input).catch((error) => ({ error: String(error) }))
  contextBridge.exposeInMainWorld('intruder', { ask })
`

/** Opens windows with that preload and lets them ask. */
const test = base.extend('intruder', ({ app }, { onCleanup }) => {
  const folder = temporaryFolder(onCleanup)
  const preload = join(folder, 'hostile.js')
  writeFileSync(preload, HOSTILE_PRELOAD)
  return async (address: string, code: string): Promise<unknown> => {
    await app.shows('Gyrus')
    return app.inMain(
      async ({ BrowserWindow }, { address, code, preload }) => {
        const webPreferences = { preload, contextIsolation: true, nodeIntegrationInSubFrames: true }
        const window = new BrowserWindow({ show: false, webPreferences })
        await window.loadURL(address)
        const answer: unknown = await window.webContents.executeJavaScript(code)
        window.destroy()
        return answer
      },
      { address, code, preload },
    )
  }
})

async function outside(onEnd: (work: () => void) => void): Promise<string> {
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('outside'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onEnd(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

const ASK = `intruder.ask('gyrus:app.info', {})`
const refused = { failure: { code: 'unauthorised' } }

test('the top frame of our page is answered', async ({ intruder }) => {
  expect(await intruder('gyrus://app/', ASK)).toMatchObject({ ok: { shell: 'electron' } })
})

test('a page from elsewhere is refused, whatever it asks', async ({ intruder, onTestFinished }) => {
  const address = await outside(onTestFinished)
  const channels = Object.keys(contract).map((name) => `gyrus:${name}`)
  channels.push(CHOOSE_FILES, CHOOSE_FOLDER, SAVE_REPORT, PRINT_REPORT, TAKE_PATHS, TAKE_DROPPED, KEEP, KEPT, SHOW_MENU)
  const code = `Promise.all(${JSON.stringify(channels)}.map((channel) => intruder.ask(channel, {})))`
  const answers = (await intruder(address, code)) as unknown[]
  expect(answers).toHaveLength(channels.length)
  for (const answer of answers) expect(answer).toMatchObject(refused)
  expect(await intruder('data:text/html,here', ASK)).toMatchObject(refused)
})

test('a frame within our page is refused', async ({ intruder }) => {
  const code = `new Promise((resolve) => {
    const frame = document.createElement('iframe')
    document.body.append(frame)
    const ask = () => (frame.contentWindow.intruder ? resolve(frame.contentWindow.${ASK}) : setTimeout(ask, 50))
    ask()
  })`
  expect(await intruder('gyrus://app/', code)).toMatchObject(refused)
})

test('a name that the contract does not know leads nowhere', async ({ app, intruder }) => {
  const names = ['cases.destroy', 'constructor', '__proto__', '']
  const code = `Promise.all(${JSON.stringify(names)}.map((name) => intruder.ask('gyrus:' + name, {})))`
  for (const answer of (await intruder('gyrus://app/', code)) as unknown[]) {
    expect(answer).toMatchObject({ error: expect.stringContaining('No handler registered') })
  }
  const listed = await app.inPage(() => Object.keys(window.gyrus?.requests ?? {}))
  expect(listed).toEqual(Object.keys(contract))
})

test.for([
  ['extra fields', 'app.info', { admin: true }],
  ['a wrong type', 'cases.get', { id: 7 }],
  ['SQL for an id', 'cases.get', { id: "' or 1=1 --" }],
  ['nothing', 'cases.review', null],
  ['a verdict that does not fit', 'cases.review', { id: '0', verdict: 'perhaps' }],
  ['no paths', 'scans.open', { paths: [] }],
] as const)('bad arguments are refused: %s', async ([, name, input], { app }) => {
  expect(await askOf(app, name, input)).toMatchObject({ failure: { code: 'request-invalid' } })
})

async function askOf(app: Shell, name: Parameters<Shell['ask']>[0], input: unknown): Promise<unknown> {
  await app.shows('Gyrus')
  return app.ask(name, input)
}
