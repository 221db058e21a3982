import { app, BrowserWindow, dialog, powerMonitor } from 'electron'
import { toFailure } from '../../shared/errors.ts'
import type { PassphraseAsker } from '../core/encryption/ask.ts'
import type { Backend } from './backend.ts'
import { allCallers } from './callers.ts'
import { bindRequests } from './ipc.ts'
import { lockContents } from './lock.ts'
import { setMenu } from './menu.ts'
import { PAGE_HOST, registerPageScheme, servePage } from './page-protocol.ts'
import { PassphraseWindow } from './passphrase/window.ts'
import { keepProfileIn } from './profile.ts'
import { openWindow } from './window.ts'

/** @param passphrase who asks, where the record is encrypted and nothing else opens it */
export type OpenBackend = (dataDir: string, passphrase: PassphraseAsker) => Promise<Backend>

/** Runs the Electron shell on a data folder, from before the app is ready until it has quit. */
export function runShell(dataDir: string, open: OpenBackend): void {
  keepProfileIn(dataDir)
  registerPageScheme()
  app.enableSandbox()
  // Without a graphics card images are drawn by WebGL in software, which is off by itself for the sake of foreign pages.
  app.commandLine.appendSwitch('enable-unsafe-swiftshader')
  app.on('web-contents-created', (_event, contents) => lockContents(contents))
  app.on('window-all-closed', () => app.quit())
  setMenu()
  const passphrase = new PassphraseWindow(dataDir)
  void app
    .whenReady()
    .then(() => open(dataDir, passphrase))
    .then(start)
    .then(() => passphrase.close())
    .catch(refuseToStart)
}

function start(backend: Backend): void {
  closeBeforeQuitting(backend)
  servePage(PAGE_HOST, backend.page)
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
  // Who closes the window that asks for the passphrase knows why.
  const isMeant = code === 'cancelled'
  if (!isMeant) dialog.showErrorBox('Gyrus could not start', `${message}\n\n${action}\n\n[${code}]`)
  app.exit(isMeant ? 0 : 1)
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
