import type { StackWindow } from '../../shared/series.ts'
import { failureOf } from '../client/client.ts'
import type { UiFailure } from '../client/transport.ts'
import { headerOfImage, type ImageRef, imageIdOf } from './images.ts'
import { StackLoader } from './stack-loader.ts'

/** At most so often the screen is told which slices are there. */
const TOLD_MS = 100

/** Images that are scrolled through as one stack; a single image is a stack of one. */
export interface ImageStack {
  /** The case whose images they are. */
  of: string
  images: readonly ImageRef[]
  /** At which all of them open, in measured values; null where each opens in its own. */
  window: StackWindow | null
}

/** The slices of a stack: which one is asked for, which is on the screen, which are there. */
export class Slices {
  status = $state<'loading' | 'ready' | 'failed'>('loading')
  failure = $state.raw<UiFailure | null>(null)
  of = $state('')
  images = $state.raw<readonly ImageRef[]>([])
  window: StackWindow | null = null
  at = $state(0)
  shown = $state(-1)
  held = $state(0)
  size = $state.raw<{ width: number; height: number; channels: number; bits: number; empty: boolean } | null>(null)

  #ids: string[] = []
  /** The slice that Cornerstone has; not the one on the screen where that could not be had. */
  #drawn = -1
  readonly #loader = new StackLoader(() => this.#tell())
  #telling: ReturnType<typeof setTimeout> | null = null

  stop(): void {
    this.#loader.stop()
    if (this.#telling) clearTimeout(this.#telling)
  }

  /** Takes a stack; `kept` where what is on the screen is of it already. */
  use({ of, images, window }: ImageStack, at: number, kept: boolean): readonly string[] {
    this.of = of
    this.images = images
    this.window = window
    this.#ids = images.map(imageIdOf)
    this.at = this.within(at)
    if (!kept) {
      this.shown = -1
      this.#drawn = -1
      this.size = null
      this.status = 'loading'
    }
    this.#loader.use(this.#ids, this.at)
    // Some may still be there from before.
    this.#tell()
    return this.#ids
  }

  /** The place in the stack that is nearest. */
  within(at: number): number {
    return Math.max(0, Math.min(this.#ids.length - 1, at))
  }

  /** Whether these are still the images that are shown. */
  are(ids: readonly string[]): boolean {
    return ids === this.#ids
  }

  /** Whether the slice is there already, is not, or cannot be had. */
  has(at: number): 'held' | 'failed' | 'none' {
    return this.#loader.holds(at) ? 'held' : this.#loader.failed(at) ? 'failed' : 'none'
  }

  headerAt(at: number) {
    return headerOfImage(this.#ids[at])
  }

  /** What is known of the image on the screen. */
  get header() {
    return this.headerAt(this.#drawn)
  }

  /** Gets the slice that is asked for, and draws it, unless another one is asked for by then. True where it was drawn. */
  async bring(draw: (at: number) => Promise<void>): Promise<boolean> {
    const [ids, { at }] = [this.#ids, this]
    const current = () => ids === this.#ids && at === this.at
    try {
      if (!this.#loader.holds(at)) await this.#loader.get(at)
      if (!current()) return false
      this.#loader.moveTo(at)
      await draw(at)
      if (!current()) return false
      this.#drawn = at
      this.shown = at
      this.size = this.#sizeNow()
      this.failure = null
      this.status = 'ready'
      return true
    } catch (error) {
      if (!current()) return false
      this.shown = at
      this.failure = failureOf(error)
      this.status = 'failed'
      return false
    }
  }

  #sizeNow() {
    const { header } = this
    if (!header) return null
    const { width, height, channels, bitsPerSample: bits, empty } = header
    return { width, height, channels, bits, empty }
  }

  #tell(): void {
    this.#telling ??= setTimeout(() => {
      this.#telling = null
      this.held++
    }, TOLD_MS)
  }
}
