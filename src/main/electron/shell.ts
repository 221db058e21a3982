import { isAbsolute } from 'node:path'
import { app, BrowserWindow, dialog, powerMonitor, shell } from 'electron'
import { GyrusError, toFailure } from '../../shared/errors.ts'
import { settingsPlace } from '../core/department/settings-place.ts'
import type { PassphraseAsker } from '../core/encryption/ask.ts'
import { openLog } from '../log.ts'
import type { Backend } from './backend.ts'
import { allCallers } from './callers.ts'
import { Handed, takeHanded } from './handed.ts'
import { bindRequests } from './ipc.ts'
import { bindKept } from './kept.ts'
import { speakAsSystem } from './language.ts'
import { lockContents } from './lock.ts'
import { AppMenu, setMenu } from './menu.ts'
import { PAGE_HOST, registerPageScheme, servePage } from './page-protocol.ts'
import { PassphraseWindow } from './passphrase/window.ts'
import { bindPrinting } from './print.ts'
import { keepProfileIn } from './profile.ts'
import { closeBeforeQuitting } from './quitting.ts'
import { said, texts } from './spoken.ts'
import { HANDED_ON } from './texts.ts'
import { openWindow } from './window.ts'
import { WorkWatch } from './work.ts'

/** @param passphrase who asks, where the record is encrypted and nothing else opens it */
export type OpenBackend = (dataDir: string, passphrase: PassphraseAsker) => Promise<Backend>

/** Runs the Electron shell on a data folder, from before the app is ready until it has quit. */
export function runShell(dataDir: string, open: OpenBackend): void {
  const handed = new Handed()
  if (keepProfileIn(dataDir) && !takeHanded(handed)) {
    openLog()('handed-on')
    console.log(HANDED_ON)
    app.exit(0)
    return
  }
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
    .then(() => {
      speakAsSystem()
      // In the system's language, which is not known before.
      setMenu()
      return openOrAsk(dataDir, () => open(dataDir, passphrase))
    })
    .then((backend) => start(backend, handed))
    .then(() => passphrase.close())
    .catch(refuseToStart)
}

/**
 * What keeps Gyrus from a department's record may pass, or be corrected where the address stands: it can be tried again, and
 * the file be looked at, as nothing of that has a screen before the record is open.
 */
async function openOrAsk(dataDir: string, open: () => Promise<Backend>): Promise<Backend> {
  for (;;) {
    try {
      return await open()
    } catch (error) {
      const place = settingsPlace(dataDir)
      if (place === null) throw error
      await askForAnother(error, place)
    }
  }
}

/** @throws GyrusError `cancelled` where nobody wants to try again */
async function askForAnother(error: unknown, place: string): Promise<void> {
  const { code, message, action } = said(toFailure(error))
  openLog()('refused', { code })
  const { refused, setIn, again, show, quit } = texts()
  const isFile = isAbsolute(place)
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: 'Gyrus',
    message: refused,
    detail: `${message}\n\n${action}\n\n${setIn(place)}`,
    buttons: isFile ? [again, show, quit.quit] : [again, quit.quit],
    defaultId: 0,
    cancelId: isFile ? 2 : 1,
    noLink: true,
  })
  if (isFile && response === 1) shell.showItemInFolder(place)
  if (response === (isFile ? 2 : 1)) throw new GyrusError('cancelled')
  if (response === 1) await askForAnother(error, place)
}

function start(backend: Backend, handed: Handed): void {
  servePage(PAGE_HOST, backend.page)
  bindRequests(backend)
  bindKept()
  bindPrinting(backend)
  handed.bind(backend)
  const menu = new AppMenu(backend, handed)
  menu.quit = closeBeforeQuitting(backend, new WorkWatch(backend, () => void menu.refresh()))
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
  const { code, message, action } = said(toFailure(error))
  // Who closes the window that asks for the passphrase knows why.
  const isMeant = code === 'cancelled'
  openLog()('refused', { code })
  if (!isMeant) dialog.showErrorBox(texts().refused, `${message}\n\n${action}\n\n[${code}]`)
  app.exit(isMeant ? 0 : 1)
}
