import { randomUUID } from 'node:crypto'

/** Downloads kept: a page that never fetches what it asked for must not fill the memory. */
const MOST_WAITING = 100

export interface Download {
  fileName: string
  mediaType: string
  /** Made as it is read: a long one is never in memory as a whole. */
  content: AsyncIterable<string | Uint8Array>
}

/** What a page asked for, by a request that is on record, and then fetches once under a name that nobody can guess. */
export class Downloads {
  readonly #waiting = new Map<string, Download>()

  /** @returns where the page fetches it, relative to the page */
  offer(download: Download): string {
    const ticket = randomUUID()
    this.#waiting.set(ticket, download)
    for (const oldest of this.#waiting.keys()) if (this.#waiting.size > MOST_WAITING) this.#waiting.delete(oldest)
    return `exports/${ticket}/${download.fileName}`
  }

  /** Once; undefined for an unknown ticket. */
  take(ticket: string): Download | undefined {
    const download = this.#waiting.get(ticket)
    this.#waiting.delete(ticket)
    return download
  }
}
