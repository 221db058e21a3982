/**
 * Stands for `electron` where the shell is bundled for the test's old Electron: the real module, with what came later
 * put over what was there then. Nothing here decides anything; the shell's own code does.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { IpcMainInvokeEvent, Session, WebContents, WebFrameMain } from 'electron'
import * as electron from 'electron'
import { answerStream, type OldRequest } from './response.ts'

export const { app, BrowserWindow, Menu, Notification, powerMonitor, powerSaveBlocker, screen, shell } = electron

// It takes --no-sandbox back for all helper processes, and as root these then refuse to start.
if (process.getuid?.() === 0) app.enableSandbox = () => undefined

/** What a second start hands to the first one goes by a file: the lock takes nothing along yet. */
const handedOn = () => join(app.getPath('userData'), 'handed-on.json')
const lockAlone = app.requestSingleInstanceLock.bind(app)
app.requestSingleInstanceLock = (data) => {
  writeFileSync(handedOn(), JSON.stringify(data))
  return lockAlone()
}
const onApp = app.on.bind(app) as (name: string, listener: (...values: unknown[]) => void) => typeof app
app.on = ((name: string, listener: (...values: unknown[]) => void) => {
  if (name !== 'second-instance') return onApp(name, listener)
  return onApp(name, (...values) => listener(...values.slice(0, 3), JSON.parse(readFileSync(handedOn(), 'utf8'))))
}) as typeof app.on

/** Nobody is there to close a box. */
export const dialog = Object.assign(electron.dialog, {
  showErrorBox: (title: string, content: string) => process.stderr.write(`${title}: ${content}\n`),
})

export const protocol = {
  registerSchemesAsPrivileged: electron.protocol.registerSchemesAsPrivileged,
  handle(scheme: string, handler: (request: OldRequest) => Response | Promise<Response>): void {
    electron.protocol.registerStreamProtocol(scheme, (request, callback) => {
      void answerStream(handler(request), callback)
    })
  },
}

type Listener = (event: IpcMainInvokeEvent, input: unknown) => Promise<unknown>

export const ipcMain = {
  handle(channel: string, listener: Listener): void {
    electron.ipcMain.handle(channel, (event, input) => {
      const senderFrame = frames.get(keyOf(event.sender, event.frameId)) ?? null
      return listener(Object.assign(event, { senderFrame }), input)
    })
  },
}

/** What Electron told of each frame: its address, and whether it is a window's top one. */
const frames = new Map<string, Pick<WebFrameMain, 'origin' | 'parent'>>()
const keyOf = (contents: WebContents, routingId: number) => `${contents.id}/${routingId}`

function originOf(url: string): string {
  const { protocol, host } = new URL(url)
  return host ? `${protocol}//${host}` : 'null'
}

/** Before any listener of the shell. */
app.on('web-contents-created', (_event, contents) => {
  const old = contents as unknown as OldContents
  for (const name of ['will-navigate', 'will-redirect'] as const) {
    old.on(name, (event, url) => Object.assign(event, { url }))
  }
  old.setWindowOpenHandler = (handler) => {
    old.on('new-window', (event, url) => handler({ url }).action === 'deny' && event.preventDefault())
  }
  let top = ''
  old.on('did-frame-navigate', (_event, url, _code, _status, isTop, _process, routingId) => {
    if (isTop) top = originOf(url)
    // An empty frame has the origin of the page that it is in.
    const origin = url === 'about:blank' ? top : originOf(url)
    frames.set(keyOf(contents, routingId), { origin, parent: isTop ? null : ({} as WebFrameMain) })
  })
  old.session.setDevicePermissionHandler = () => undefined
})

interface OldContents {
  session: Session
  setWindowOpenHandler(handler: (details: { url: string }) => { action: 'deny' | 'allow' }): void
  on(event: 'will-navigate' | 'will-redirect' | 'new-window', listener: (event: Event, url: string) => void): void
  on(event: 'did-frame-navigate', listener: (...values: FrameNavigated) => void): void
}

type FrameNavigated = [Event, url: string, code: number, status: string, isTop: boolean, process: number, id: number]
