import type { Unsent } from '../../shared/department.ts'
import { account } from '../accounts/account.svelte.ts'
import { call } from '../client/client.ts'
import { onEvent, resync } from '../client/events.ts'

const NOTHING = { cases: [], away: false }

/** Whether the department's record is away, and what was read here and is not yet in it, for the mark in the title bar. */
class OutboxStatus {
  cases = $state.raw<Unsent[]>([])
  away = $state(false)

  /** To be called once somebody is signed in. */
  start(): void {
    onEvent(({ type }) => {
      if (type === 'outbox' || type === 'resync') void this.load()
    })
    void this.load()
  }

  async load(): Promise<void> {
    const before = this.away
    // What cannot be asked now is told by what else is on the screen.
    const now = account.can('read') ? await call('department.outbox', {}).catch(() => this) : NOTHING
    this.cases = now.cases
    this.away = now.away
    // What was changed meanwhile was told to nobody, and what could not be loaded can be now.
    if (before && !this.away) resync()
  }
}

export const outbox = new OutboxStatus()
