import { join } from 'node:path'
import { BrowserWindow } from 'electron'
import { PAGE_ORIGIN } from './page-protocol.ts'

/** Opens the app's window, which can show our own page and nothing else. */
export function openWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1600,
    height: 960,
    minWidth: 1024,
    minHeight: 640,
    backgroundColor: '#000000',
    title: 'Gyrus',
    webPreferences: {
      preload: join(import.meta.dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    },
  })
  const { webContents } = window
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  webContents.on('will-navigate', (event, url) => {
    if (new URL(url).origin !== PAGE_ORIGIN) event.preventDefault()
  })
  webContents.session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  void window.loadURL(`${PAGE_ORIGIN}/`)
  return window
}
