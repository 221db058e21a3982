import { userInfo } from 'node:os'
import { app, BrowserWindow, dialog, protocol } from 'electron'
import { toFailure } from '../../shared/errors.ts'
import { chooseDataDir, openCore, RENDERER_DIR } from '../compose.ts'
import { createPage } from '../page/index.ts'
import { startUtilityEngine } from './engine-process.ts'
import { bindRequests } from './ipc.ts'
import { PAGE_SCHEME, servePage } from './page-protocol.ts'
import { openWindow } from './window.ts'

/** Entry of the Electron shell: the main process owns windows and core, and supervises the engine. */

protocol.registerSchemesAsPrivileged([
  { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
])
app.enableSandbox()
void app.whenReady().then(start).catch(refuseToStart)
app.on('window-all-closed', () => app.quit())

async function start(): Promise<void> {
  const { core, close } = await openCore(chooseDataDir(dataDirArgument()), { startEngine: startUtilityEngine })
  servePage(createPage(core, RENDERER_DIR))
  bindRequests(core, { reader: userInfo().username, shell: 'electron' })
  openWindow()
  void core.resume()
  app.on('activate', () => BrowserWindow.getAllWindows().length === 0 && openWindow())
  closeBeforeQuitting(close)
}

function refuseToStart(error: unknown): void {
  const { code, message, action } = toFailure(error)
  dialog.showErrorBox('Gyrus could not start', `${message}\n\n${action}\n\n[${code}]`)
  app.exit(1)
}

function dataDirArgument(): string | undefined {
  const index = process.argv.indexOf('--data-dir')
  return index < 0 ? undefined : process.argv[index + 1]
}

function closeBeforeQuitting(close: () => Promise<void>): void {
  let closed = false
  app.on('before-quit', (event) => {
    if (closed) return
    event.preventDefault()
    void close().finally(() => {
      closed = true
      app.quit()
    })
  })
}
