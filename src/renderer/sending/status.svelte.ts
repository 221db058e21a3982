import type { Sending, SendingCounts } from '../../shared/sending.ts'
import { account } from '../accounts/account.svelte.ts'
import { call, failureOf } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'

/** What has not arrived at a PACS, for the mark in the title bar and for the panel. */
class SendingStatus {
  counts = $state.raw<SendingCounts | null>(null)
  failing = $state.raw<Sending[]>([])
  failure = $state.raw<UiFailure | null>(null)

  /** To be called once somebody is signed in. */
  start(): void {
    onEvent(({ type }) => {
      if (type === 'sendings' || type === 'resync') void this.load()
    })
    void this.load()
  }

  async load(): Promise<void> {
    if (!account.can('read')) {
      this.counts = null
      return
    }
    try {
      this.counts = await call('sendings.count', {})
      this.failing = this.counts.failing === 0 ? [] : (await call('sendings.failing', {})).sendings
      this.failure = null
    } catch (error) {
      this.failure = failureOf(error)
    }
  }
}

export const sending = new SendingStatus()
