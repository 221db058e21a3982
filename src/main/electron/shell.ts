import { app, BrowserWindow, dialog, powerMonitor } from 'electron'
import { toFailure } from '../../shared/errors.ts'
import type { Backend } from './backend.ts'
import { allCallers } from './callers.ts'
import { bindRequests } from './ipc.ts'
import { lockContents } from './lock.ts'
import { setMenu } from './menu.ts'
import { registerPageScheme, servePage } from './page-protocol.ts'
import { keepProfileIn } from './profile.ts'
import { openWindow } from './window.ts'

export type OpenBackend = (dataDir: string) => Promise<Backend>

/** Runs the Electron shell on a data folder, from before the app is ready until it has quit. */
export function runShell(dataDir: string, open: OpenBackend): void {
  keepProfileIn(dataDir)
  registerPageScheme()
  app.enableSandbox()
  app.on('web-contents-created', (_event, contents) => lockContents(contents))
  app.on('window-all-closed', () => app.quit())
  setMenu()
  void app
    .whenReady()
    .then(() => open(dataDir))
    .then(start)
    .catch(refuseToStart)
}

function start(backend: Backend): void {
  closeBeforeQuitting(backend)
  servePage(backend.page)
  bindRequests(backend)
  lockWithScreen(backend)
  openWindow()
  backend.resume().catch((error) => console.error(toFailure(error).message))
  app.on('activate', () => BrowserWindow.getAllWindows().length === 0 && openWindow())
}

/** Who locks the screen or lets the machine sleep is gone: whoever wakes it has to sign in. */
function lockWithScreen(backend: Backend): void {
  const lock = () => {
    for (const caller of allCallers()) void backend.request('session.lock', { because: 'screen' }, caller)
  }
  powerMonitor.on('lock-screen', lock)
  powerMonitor.on('suspend', lock)
}

function refuseToStart(error: unknown): void {
  const { code, message, action } = toFailure(error)
  dialog.showErrorBox('Gyrus could not start', `${message}\n\n${action}\n\n[${code}]`)
  app.exit(1)
}

/**
 * When all windows are closed: a page may still have kept its window open for something unsaved, and needs its core
 * then. However often one asks to quit, the record is closed once.
 */
function closeBeforeQuitting(backend: Backend): void {
  let state: 'open' | 'closing' | 'closed' = 'open'
  app.on('will-quit', (event) => {
    if (state === 'closed') return
    event.preventDefault()
    if (state === 'closing') return
    state = 'closing'
    void backend.close().finally(() => {
      state = 'closed'
      app.quit()
    })
  })
}
