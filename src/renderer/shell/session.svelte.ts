import type { RequestOutput } from '../../shared/contract.ts'
import { call, failureOf, onUnauthorised } from '../client/client.ts'
import { onEvent, onLost } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'

const RETRY_MS = 2000

/** What the whole page knows: who reads, what this installation is, and whether the engine can read. */
class Session {
  info = $state<RequestOutput<'app.info'> | null>(null)
  engine = $state<RequestOutput<'engine.status'> | null>(null)
  /** The page cannot go on: no session. */
  fatal = $state<UiFailure | null>(null)
  /** The core answered with a failure where it should not. */
  failure = $state.raw<UiFailure | null>(null)
  /** The core does not answer; the page tries on. */
  lost = $state(false)

  async start(): Promise<void> {
    onUnauthorised((failure) => {
      this.fatal = failure
    })
    onLost(() => {
      this.lost = true
    })
    onEvent(({ type }) => {
      if (type === 'resync') this.lost = false
      if (type === 'engine' || type === 'resync') void this.load()
    })
    await this.load()
  }

  /** Asks until it is answered. */
  async load(): Promise<void> {
    try {
      this.info = await call('app.info', {})
      this.engine = await call('engine.status', {})
      this.lost = false
      this.failure = null
    } catch (error) {
      const failure = failureOf(error)
      this.lost = failure.code === 'unreachable'
      this.failure = this.lost ? null : failure
      if (!this.fatal) setTimeout(() => this.load(), RETRY_MS)
    }
  }

  /** `JPEG, PNG, …` from the extensions that the engine decodes. */
  get formats(): string {
    const names = (this.info?.extensions ?? []).map((extension) =>
      extension === '.webp' ? 'WebP' : extension.slice(1).toUpperCase(),
    )
    const short = names.filter(
      (name) => !(name === 'JPG' && names.includes('JPEG')) && !(name === 'TIF' && names.includes('TIFF')),
    )
    return short.length < 2 ? short.join('') : `${short.slice(0, -1).join(', ')} and ${short.at(-1)}`
  }
}

export const session = new Session()
