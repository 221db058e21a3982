import type { SessionState } from '../../shared/account-schemas.ts'
import { mayDo, type Right } from '../../shared/accounts.ts'
import { call, failureOf } from '../client/client.ts'
import { onEvent, resync } from '../client/events.ts'

type SignedIn = Extract<SessionState, { state: 'signed-in' }>

/** Who is signed in at this page. What they may not do is hidden here, and refused by the core. */
class Account {
  state = $state.raw<SessionState | null>(null)
  /** Who was here before the page was locked. */
  before = $state('')
  /** Why it is locked, as far as this page knows. */
  because = $state<'asked' | 'idle' | 'ended'>('ended')

  /** Why the page was locked, where the core was not told yet. */
  #toEnd: 'asked' | 'idle' | null = null
  #turn = 0

  readonly current: SignedIn | null = $derived(this.state?.state === 'signed-in' ? this.state : null)
  /** Signed in, and not just to change a one-time password. */
  readonly ready: boolean = $derived(this.current !== null && !this.current.mustChange)

  can(right: Right): boolean {
    return this.current !== null && this.ready && mayDo(this.current.role, right)
  }

  /** To be called once, when the page starts. */
  start(): void {
    onEvent(({ type }) => {
      if (type === 'session') void this.load().catch(() => undefined)
    })
  }

  /** Throws `RequestFailed`. */
  async load(): Promise<void> {
    await this.#endInCore()
    const turn = ++this.#turn
    const state = await call('session.get', {})
    // What was asked before something happened here is no longer so.
    if (turn === this.#turn) this.take(state)
  }

  take(state: SessionState): void {
    this.#turn++
    if (state.state === 'signed-in') this.#toEnd = null
    const [was, name] = [this.ready, this.current?.name]
    this.state = state
    if (name !== undefined && !this.current) this.before = name
    if (this.current) this.because = 'ended'
    // Nothing of what this page shows was asked for by who is here now.
    if (this.ready && (!was || this.current?.name !== name)) resync()
  }

  async lock(because: 'asked' | 'idle'): Promise<void> {
    if (!this.current) return
    this.because = because
    this.#toEnd = because
    // At once, whatever the core has to say: nobody looks at a page that was locked.
    this.take({ state: 'signed-out' })
    await this.#endInCore().catch(() => undefined)
  }

  /** A core that cannot be reached when the page is locked is told when it can: the page never unlocks by itself. */
  async #endInCore(): Promise<void> {
    if (this.#toEnd === null) return
    await call('session.lock', { because: this.#toEnd }).catch((error: unknown) => {
      if (failureOf(error).code !== 'not-signed-in') throw error
    })
    this.#toEnd = null
  }
}

export const account = new Account()
