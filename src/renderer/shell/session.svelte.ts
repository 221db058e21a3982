import type { RequestOutput } from '../../shared/contract.ts'
import { locale } from '../../shared/language.ts'
import { account } from '../accounts/account.svelte.ts'
import { call, failureOf, onAnswered, onSignedOut, onUnauthorised } from '../client/client.ts'
import { onEvent, onLost, resync } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'
import { texts } from '../texts.ts'

const RETRY_MS = 2000

/** What the whole page knows: what this installation is, and whether the engine can read. */
class Session {
  info = $state<RequestOutput<'app.info'> | null>(null)
  engine = $state<RequestOutput<'engine.status'> | null>(null)
  /** The core does not know this page's session: the page cannot go on until a new link was opened in this browser. */
  refused = $state.raw<UiFailure | null>(null)
  /** The core answered with a failure where it should not. */
  failure = $state.raw<UiFailure | null>(null)
  /** The core does not answer; the page tries on. */
  lost = $state(false)
  #again: ReturnType<typeof setTimeout> | null = null

  /** Refused before there was anything to show. */
  get fatal(): UiFailure | null {
    return this.info ? null : this.refused
  }

  async start(): Promise<void> {
    onUnauthorised((failure) => {
      this.refused = failure
      this.lost = false
      this.#tryAgain()
    })
    onAnswered(() => {
      if (!this.lost && !this.refused) return
      this.lost = false
      this.refused = null
      resync()
    })
    onSignedOut(() => void account.load().catch(() => undefined))
    // The stream does not say why it broke; a question does.
    onLost(() => {
      if (!this.refused) this.lost = true
      this.#tryAgain()
    })
    onEvent(({ type }) => {
      if (type === 'engine' || type === 'resync') void this.load()
    })
    await this.load()
  }

  #tryAgain(): void {
    this.#again ??= setTimeout(() => {
      this.#again = null
      void this.load()
    }, RETRY_MS)
  }

  /** Asks until it is answered. */
  async load(): Promise<void> {
    try {
      this.info = await call('app.info', {})
      await account.load()
      if (account.ready) this.engine = await call('engine.status', {})
      this.failure = null
    } catch (error) {
      const failure = failureOf(error)
      const unreachable = failure.code === texts.unreachable.code
      if (unreachable && !this.refused) this.lost = true
      this.failure = unreachable || this.refused ? null : failure
      this.#tryAgain()
    }
  }

  /** `JPEG, PNG, …` from the extensions that the engine decodes. */
  get formats(): string {
    const names = (this.info?.extensions ?? []).map((extension) =>
      extension === '.webp' ? 'WebP' : extension.slice(1).toUpperCase(),
    )
    const short = names.filter((name) => !names.includes(LONG_NAMES[name] ?? ''))
    return short.length < 2 ? short.join('') : new Intl.ListFormat(locale(), { type: 'conjunction' }).format(short)
  }
}

/** Other names of the same format. */
const LONG_NAMES: Record<string, string> = { JPG: 'JPEG', TIF: 'TIFF', DCM: 'DICOM', IMA: 'DICOM' }

export const session = new Session()
