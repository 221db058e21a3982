import { app, type BrowserWindow, dialog } from 'electron'
import { openLog } from '../log.ts'
import { texts } from './spoken.ts'

/** So often in so long a page is loaded again by itself; then somebody is asked, for it may end each time. */
const TIMES = 3
const WITHIN_MS = 60_000
const PAUSE_MS = 100

/** Whether a page that ended at `now`, after those at `before`, is loaded again without asking. Times in ms. */
export const mayReload = (before: readonly number[], now: number): boolean =>
  before.filter((at) => now - at < WITHIN_MS).length < TIMES

/**
 * Loads the page again when its process has ended. It comes back at the same address, as the same caller (callers.ts), with
 * what it had begun (kept.ts).
 */
export function reloadWhenGone(window: BrowserWindow): void {
  const before: number[] = []
  const note = openLog()
  const { webContents } = window
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    note('page-gone', { reason })
    const now = Date.now()
    const again = mayReload(before, now)
    before.push(now)
    if (again) reloadSoon(window)
    else void ask(window)
  })
}

/** Chromium is still about to take the process away: what is loaded at once would be lost with it. */
function reloadSoon(window: BrowserWindow): void {
  setTimeout(() => window.isDestroyed() || window.webContents.reload(), PAUSE_MS)
}

async function ask(window: BrowserWindow): Promise<void> {
  const { message, detail, again, quit } = texts().gone
  const buttons = [again, quit]
  const { response } = await dialog.showMessageBox(window, { type: 'error', message, detail, buttons, noLink: true })
  if (response === 0) reloadSoon(window)
  else app.quit()
}
