import { join } from 'node:path'
import { BrowserWindow } from 'electron'
import { PAGE_ORIGIN } from './page-protocol.ts'

/** Opens the app's window on our page. What it may show and do is locked in lock.ts, for every window alike. */
export function openWindow(): void {
  const window = new BrowserWindow({
    width: 1600,
    height: 960,
    minWidth: 1024,
    minHeight: 640,
    backgroundColor: '#000000',
    title: 'Gyrus',
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(import.meta.dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      // Chromium would fetch its dictionaries from the network.
      spellcheck: false,
    },
  })
  void window.loadURL(`${PAGE_ORIGIN}/`)
}
