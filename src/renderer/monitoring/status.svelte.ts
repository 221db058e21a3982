import type { MonitoringStatus } from '../../shared/monitoring.ts'
import { account } from '../accounts/account.svelte.ts'
import { call, failureOf } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'

/** Days go by without anything happening. */
const LOOK_AGAIN_MS = 10 * 60 * 1000

/** What alarms there are, for the mark in the title bar and for the monitoring page. */
class Alarms {
  status = $state.raw<MonitoringStatus | null>(null)
  failure = $state.raw<UiFailure | null>(null)

  /** To be called once somebody is signed in. */
  start(): void {
    onEvent(({ type }) => {
      if (type === 'monitoring' || type === 'resync') void this.load()
    })
    setInterval(() => void this.load(), LOOK_AGAIN_MS)
    void this.load()
  }

  async load(): Promise<void> {
    if (!account.can('read')) {
      this.status = null
      return
    }
    try {
      this.status = await call('monitoring.status', {})
      this.failure = null
    } catch (error) {
      this.failure = failureOf(error)
    }
  }
}

export const alarms = new Alarms()
