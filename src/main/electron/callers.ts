import { randomBytes } from 'node:crypto'
import { BrowserWindow, type WebContents } from 'electron'
import type { Caller } from '../core/caller.ts'

/** Made here, one a window, and never sent to one: a page cannot take itself for another window. */
const connections = new WeakMap<WebContents, string>()

/** Whom the core knows as the one at this window. A page that is loaded again in it stays the same caller. */
export function callerOf(contents: WebContents): Caller {
  const connection = connections.get(contents) ?? randomBytes(32).toString('hex')
  connections.set(contents, connection)
  return { shell: 'electron', connection }
}

export const allCallers = (): Caller[] => BrowserWindow.getAllWindows().map(({ webContents }) => callerOf(webContents))
