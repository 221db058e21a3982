import { looksLikeImage } from '../../shared/formats.ts'
import { nameHeader, sendFile } from '../client/send-file.ts'
import type { UiFailure } from '../client/transport.ts'

const AT_ONCE = 4

interface Wanted {
  file: File
  /** Below the folder that was chosen, with `/`. */
  path: string
}

/** A folder's images and tables on their way from the browser to the core, whatever screen is open. */
export class HandOver {
  readonly total: number
  done = $state(0)
  refused = $state.raw<{ path: string; failure: UiFailure }[]>([])
  readonly #queue: Wanted[]
  readonly #abort = new AbortController()
  readonly #since = performance.now()

  constructor(files: Wanted[]) {
    this.#queue = [...files]
    this.total = files.length
  }

  get secondsLeft(): number | null {
    if (this.done === 0 || this.done >= this.total) return null
    return ((performance.now() - this.#since) / 1000 / this.done) * (this.total - this.done)
  }

  /** True when all were tried; false where it was stopped. */
  async run(id: string): Promise<boolean> {
    await Promise.all(Array.from({ length: AT_ONCE }, () => this.#work(id)))
    return !this.#abort.signal.aborted
  }

  stop(): void {
    this.#queue.length = 0
    this.#abort.abort()
  }

  async #work(id: string): Promise<void> {
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      const { file, path } = next
      const failure = await sendFile(`staged/${id}`, nameHeader(path), file, this.#abort.signal)
      if (this.#abort.signal.aborted) return
      if (failure) this.refused = [...this.refused, { path, failure }]
      this.done++
    }
  }
}

/** What of a chosen folder can be part of a data set: images and tables, none of them hidden. */
export function wantedOf(list: FileList): { name: string; files: Wanted[] } {
  const files = [...list].map((file) => ({ file, path: file.webkitRelativePath.split('/').slice(1).join('/') }))
  const name = list[0]?.webkitRelativePath.split('/')[0] ?? ''
  return { name, files: files.filter(({ path }) => isWanted(path)) }
}

const isWanted = (path: string): boolean =>
  path.split('/').every((part) => !part.startsWith('.')) && (looksLikeImage(path) || /\.csv$/i.test(path))
