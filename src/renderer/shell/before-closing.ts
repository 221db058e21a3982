import { transport } from '../client/client.ts'
import type { UiFailure } from '../client/transport.ts'
import { toasts } from './toasts.svelte.ts'

const CLOSES_AGAIN_MS = 10_000

/**
 * Keeps a page with something unsaved from being closed without a word. Where the shell does not ask by itself, the page says
 * why it stays open, and a second attempt closes it.
 *
 * @returns what ends it
 */
export function askBeforeClosing(unsaved: () => boolean, why: () => UiFailure): () => void {
  let closesUntil = 0
  const insists = () => {
    if (transport.asksBeforeClosing) return false
    const again = performance.now() < closesUntil
    closesUntil = performance.now() + CLOSES_AGAIN_MS
    if (!again) toasts.failure(why())
    return again
  }
  const listener = (event: BeforeUnloadEvent) => {
    if (unsaved() && !insists()) event.preventDefault()
  }
  addEventListener('beforeunload', listener)
  return () => removeEventListener('beforeunload', listener)
}
