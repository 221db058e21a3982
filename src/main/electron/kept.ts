import type { WebContents } from 'electron'
import { KEEP, KEPT } from './channels.ts'
import { handle } from './ipc.ts'

/** Verdicts and comments that were begun: a few kilobytes. */
const MOST = 2 ** 20

/** What each window's page would not lose with its process. In memory only: it tells of patients. */
const kept = new WeakMap<WebContents, string>()

export function bindKept(): void {
  handle(KEEP, async (text, { sender }) => {
    if (typeof text === 'string' && text.length <= MOST) kept.set(sender, text)
  })
  handle(KEPT, async (_input, { sender }) => kept.get(sender) ?? null)
}
