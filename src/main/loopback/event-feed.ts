import { setTimeout as sleep } from 'node:timers/promises'
import type { SSEStreamingApi } from 'hono/streaming'
import type { Events } from '../core/events.ts'

/** Events are gathered for so long before they go out: a busy intake makes hundreds a second, many of them the same. */
const GATHER_MS = 60
/** A comment now and then tells a dead connection from a quiet one. */
const KEEP_ALIVE_MS = 15_000

/** Sends the core's events to one browser page as Server-Sent Events; while nobody is signed in there, only that. */
export class EventFeed {
  readonly #events: Events
  readonly #sees: () => boolean
  readonly #waiting = new Set<string>()

  constructor(events: Events, sees: () => boolean) {
    this.#events = events
    this.#sees = sees
  }

  async run(stream: SSEStreamingApi): Promise<void> {
    const unsubscribe = this.#events.subscribe((event) => {
      if (event.type === 'session' || this.#sees()) this.#waiting.add(JSON.stringify(event))
    })
    stream.onAbort(unsubscribe)
    await stream.write(': connected\n\n')
    let quietSince = Date.now()
    while (!stream.aborted && !stream.closed) {
      await sleep(GATHER_MS, undefined, { ref: false })
      const events = [...this.#waiting]
      this.#waiting.clear()
      for (const data of events) await stream.writeSSE({ data })
      if (events.length > 0) quietSince = Date.now()
      if (Date.now() - quietSince > KEEP_ALIVE_MS) {
        await stream.write(': still here\n\n')
        quietSince = Date.now()
      }
    }
  }
}
