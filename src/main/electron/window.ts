import { join } from 'node:path'
import { BrowserWindow } from 'electron'
import { keptBounds, placeNow, rememberBounds } from './bounds.ts'
import { PAGE_ORIGIN } from './page-protocol.ts'
import { SMALLEST } from './place.ts'
import { reloadWhenGone } from './recovery.ts'

/** Opens the app's window on our page. What it may show and do is locked in lock.ts, for every window alike. */
export function openWindow(): void {
  const kept = keptBounds()
  const window = new BrowserWindow({
    ...placeNow(kept),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
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
  if (kept?.maximised) window.maximize()
  if (kept?.fullScreen) window.setFullScreen(true)
  rememberBounds(window)
  reloadWhenGone(window)
  void window.loadURL(`${PAGE_ORIGIN}/`)
}
