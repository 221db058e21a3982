import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, type BrowserWindow, screen } from 'electron'
import { type Kept, type Placed, placeOf, readKept } from './place.ts'

const SETTLED_MS = 500

const file = () => join(app.getPath('userData'), 'bounds.json')

export function keptBounds(): Kept | null {
  try {
    return readKept(readFileSync(file(), 'utf8'))
  } catch {
    // The first start.
    return null
  }
}

export const placeNow = (kept: Kept | null): Placed =>
  placeOf(
    kept,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  )

/** Keeps how the window lies, from now on until it is closed. */
export function rememberBounds(window: BrowserWindow): void {
  let settling: NodeJS.Timeout | undefined
  const keep = () => {
    clearTimeout(settling)
    if (window.isDestroyed()) return
    const kept: Kept = {
      bounds: window.getNormalBounds(),
      maximised: window.isMaximized(),
      fullScreen: window.isFullScreen(),
    }
    try {
      writeFileSync(file(), JSON.stringify(kept), { mode: 0o600 })
    } catch {
      // A full disk: the window opens as it did before.
    }
  }
  const soon = () => {
    clearTimeout(settling)
    settling = setTimeout(keep, SETTLED_MS)
  }
  window.on('resize', soon)
  window.on('move', soon)
  window.on('close', keep)
}
