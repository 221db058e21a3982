import type { Unsent } from '../../shared/department.ts'
import { account } from '../accounts/account.svelte.ts'
import { call } from '../client/client.ts'
import { onEvent } from '../client/events.ts'

/** What was read here and is not yet in the department's record, for the mark in the title bar. */
class OutboxStatus {
  cases = $state.raw<Unsent[]>([])

  /** To be called once somebody is signed in. */
  start(): void {
    onEvent(({ type }) => {
      if (type === 'outbox' || type === 'resync') void this.load()
    })
    void this.load()
  }

  async load(): Promise<void> {
    // What cannot be asked now is told by what else is on the screen.
    this.cases = account.can('read')
      ? await call('department.outbox', {}).then(
          ({ cases }) => cases,
          () => this.cases,
        )
      : []
  }
}

export const outbox = new OutboxStatus()
