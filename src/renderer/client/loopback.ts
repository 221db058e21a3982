import type { GyrusEvent } from '../../shared/contract.ts'
import { download } from './download.ts'
import type { Reply, Transport } from './transport.ts'

/** The core behind 127.0.0.1, in an ordinary browser. Addresses are relative to the page. */
/** A refused stream is not tried again by the browser itself. */
const REOPEN_MS = 2000

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
    let stream: EventSource
    let reopening: ReturnType<typeof setTimeout> | undefined
    const open = () => {
      stream = new EventSource('api/events')
      stream.onmessage = ({ data }) => onEvent(JSON.parse(data as string) as GyrusEvent)
      // The first time too: something may have happened between the page's first questions and now.
      stream.onopen = onResync
      stream.onerror = () => {
        if (stream.readyState === EventSource.CLOSED) reopening = setTimeout(open, REOPEN_MS)
        onLost()
      }
    }
    open()
    return () => {
      clearTimeout(reopening)
      stream.close()
    }
  },

  asksBeforeClosing: true,
  saveReport: async (fileName, pdf) => {
    savePdf(fileName, pdf)
    return { ok: true }
  },
  printing: () => {
    // A tab that opens later would not be of the click any more, and be blocked.
    const tab = window.open('')
    if (!tab) return null
    return {
      print: async (_fileName, pdf) => {
        tab.location.href = urlOf(pdf)
        return { ok: true }
      },
      giveUp: () => tab.close(),
    }
  },
  takeDropped: () => null,
  choosePaths: () => null,
  // A browser has its own menu, is handed nothing, and keeps nothing of patients.
  onCommand: () => () => undefined,
  showMenu: () => undefined,
  takePaths: async () => [],
  keep: () => undefined,
  kept: async () => null,
}

/** The browser asks, or has been told, where downloads go. */
const savePdf = (fileName: string, pdf: string): void => download(urlOf(pdf), fileName)

/** An address of a PDF; whoever fetches it soon has its own hold on the bytes then. */
function urlOf(pdf: string): string {
  const bytes = Uint8Array.from(atob(pdf), (character) => character.charCodeAt(0))
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/pdf' }))
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
  return url
}
