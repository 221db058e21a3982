import type { GyrusEvent } from '../../shared/contract.ts'
import { transport } from './client.ts'

type Listener = (event: GyrusEvent | { type: 'resync' }) => void
const listeners = new Set<Listener>()
const lostListeners = new Set<() => void>()

/** Starts listening; once, when the page starts. */
export function startEvents(): () => void {
  return transport.subscribe({
    onEvent: tell,
    onResync: resync,
    onLost: () => {
      for (const listener of lostListeners) listener()
    },
  })
}

/** What this page shows may be out of date: all of it is asked again. */
export const resync = () => tell({ type: 'resync' })

function tell(event: GyrusEvent | { type: 'resync' }): void {
  for (const listener of [...listeners]) listener(event)
}

/** Hears every event; `resync` means: ask again for all that is shown. Returns what ends it. */
export function onEvent(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Hears that the connection broke. */
export function onLost(listener: () => void): void {
  lostListeners.add(listener)
}
