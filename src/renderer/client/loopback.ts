import type { GyrusEvent } from '../../shared/contract.ts'
import type { Reply, Transport } from './transport.ts'

/** The core behind 127.0.0.1, in an ordinary browser. Addresses are relative to the page. */
export const loopback: Transport = {
  async call(name, input) {
    const response = await fetch(`api/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
    return (await response.json()) as Reply<never>
  },

  subscribe({ onEvent, onResync, onLost }) {
    const stream = new EventSource('api/events')
    stream.onmessage = ({ data }) => onEvent(JSON.parse(data as string) as GyrusEvent)
    stream.onerror = onLost
    // The first time too: something may have happened between the page's first questions and now.
    stream.onopen = onResync
    return () => stream.close()
  },

  asksBeforeClosing: true,
  pathsOf: () => null,
  choosePaths: () => null,
}
