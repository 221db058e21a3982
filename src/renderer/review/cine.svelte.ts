import { preferences } from '../settings/preferences.svelte.ts'

export const RATES = [2, 5, 10, 15, 20, 30] as const
const USUAL = { rate: 10, bounce: false }
/** Where the system asks for little motion: slowly, and once. Slices a second. */
const CALM_RATE = 4

/** What it plays. */
interface Reel {
  length: number
  at: number
  /** Whether the slice there can be shown at once. */
  has(at: number): boolean
  go(at: number): void
}

const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches

/** Plays a stack by itself, until it is stopped, or scrolled. */
export class Cine {
  playing = $state(false)
  readonly #reel: Reel
  #way: 1 | -1 = 1
  #frame = 0
  #last = 0

  constructor(reel: Reel) {
    this.#reel = reel
  }

  get settings() {
    return preferences.value.cine ?? USUAL
  }

  set(change: Partial<typeof USUAL>): void {
    void preferences.change({ cine: { ...this.settings, ...change } })
  }

  toggle(): void {
    if (this.playing) this.stop()
    else this.#start()
  }

  stop(): void {
    this.playing = false
    cancelAnimationFrame(this.#frame)
  }

  #start(): void {
    if (this.#reel.length < 2) return
    this.playing = true
    this.#last = performance.now()
    this.#way = 1
    // From its end it begins anew.
    if (!this.settings.bounce && this.#reel.at === this.#reel.length - 1) this.#reel.go(0)
    this.#frame = requestAnimationFrame(this.#tick)
  }

  #tick = (now: number): void => {
    if (!this.playing) return
    const { rate } = this.settings
    const every = 1000 / (calm() ? Math.min(rate, CALM_RATE) : rate)
    if (now - this.#last >= every - 1) {
      // Where the screen is slower than that, slices follow each other more slowly; none is left out.
      this.#last = Math.max(this.#last + every, now - every)
      this.#step()
    }
    if (this.playing) this.#frame = requestAnimationFrame(this.#tick)
  }

  #step(): void {
    const { at, length } = this.#reel
    let to = at + this.#way
    if (to < 0 || to >= length) {
      if (calm()) {
        this.stop()
        return
      }
      if (this.settings.bounce) this.#way = this.#way === 1 ? -1 : 1
      to = this.settings.bounce ? at + this.#way : 0
    }
    // One that is still on its way is waited for.
    if (this.#reel.has(to)) this.#reel.go(to)
  }
}
