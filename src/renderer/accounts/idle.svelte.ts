import { call } from '../client/client.ts'
import { account } from './account.svelte.ts'

/** The core is told at most so often that somebody is there. */
const TELL_MS = 10_000
const WARN_S = 60
const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const

/** Locks the page when nobody touched key or mouse for as long as is set, and says so before. */
class Idle {
  /** Seconds until the page is locked; null while that is far. */
  secondsLeft = $state<number | null>(null)
  #seenAt = Date.now()
  #toldAt = 0
  #telling: ReturnType<typeof setTimeout> | null = null
  /** Other pages of this browser have the same session. */
  readonly #others = new BroadcastChannel('gyrus-somebody-is-here')

  /** To be called once a page; returns what ends it. */
  start(): () => void {
    const seen = () => this.#seen()
    for (const sign of SIGNS) addEventListener(sign, seen, { capture: true, passive: true })
    this.#others.onmessage = () => {
      this.#seenAt = Date.now()
    }
    const watch = setInterval(() => this.#look(), 1000)
    return () => {
      clearInterval(watch)
      for (const sign of SIGNS) removeEventListener(sign, seen, { capture: true })
    }
  }

  #seen(): void {
    if (!account.ready) return
    this.#seenAt = Date.now()
    this.secondsLeft = null
    this.#telling ??= setTimeout(() => this.#tell(), Math.max(0, this.#toldAt + TELL_MS - Date.now()))
  }

  #tell(): void {
    this.#telling = null
    if (!account.ready) return
    this.#toldAt = Date.now()
    this.#others.postMessage(null)
    void call('session.touch', {}).catch(() => undefined)
  }

  #look(): void {
    if (!account.ready || !account.current) {
      this.#seenAt = Date.now()
      this.secondsLeft = null
      return
    }
    const limit = account.current.lockMinutes * 60
    const left = Math.ceil(limit - (Date.now() - this.#seenAt) / 1000)
    this.secondsLeft = left <= Math.min(WARN_S, limit / 2) ? Math.max(0, left) : null
    if (left <= 0) void account.lock('idle')
  }
}

export const idle = new Idle()
