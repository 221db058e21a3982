import type { SessionState } from '../../shared/account-schemas.ts'
import { mayDo, type Right } from '../../shared/accounts.ts'
import { call } from '../client/client.ts'
import { onEvent, resync } from '../client/events.ts'

type SignedIn = Extract<SessionState, { state: 'signed-in' }>

/** Who is signed in at this page. What they may not do is hidden here, and refused by the core. */
class Account {
  state = $state.raw<SessionState | null>(null)
  /** Who was here before the page was locked. */
  before = $state('')
  /** Why it is locked, as far as this page knows. */
  because = $state<'asked' | 'idle' | 'ended'>('ended')

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
    this.take(await call('session.get', {}))
  }

  take(state: SessionState): void {
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
    // At once, whatever the core has to say: nobody looks at a page that was locked.
    this.take({ state: 'signed-out' })
    await call('session.lock', { because }).catch(() => undefined)
  }
}

export const account = new Account()
