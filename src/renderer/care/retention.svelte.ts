import type { Hold, HoldScope, RetentionPlan, RetentionRules, RetentionStatus } from '../../shared/retention.ts'
import { call, failureOf } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'

const t = texts.care

/** The rules of retention and the legal holds, while their screen is open. */
export class Retention {
  status = $state.raw<RetentionStatus | null>(null)
  holds = $state.raw<Hold[] | null>(null)
  failure = $state.raw<UiFailure | null>(null)
  /** What would go, as it was last asked. */
  plan = $state.raw<RetentionPlan | null>(null)
  /** What is to be confirmed: rules to be set, null to carry out those that are set; undefined for nothing. */
  asking = $state.raw<{ rules: RetentionRules | null; plan: RetentionPlan } | undefined>()
  readonly #stop = onEvent(({ type }) => {
    if (type === 'retention' || type === 'resync') void this.load()
  })

  constructor() {
    void this.load()
  }

  stop(): void {
    this.#stop()
  }

  async load(): Promise<void> {
    try {
      const [status, { holds }] = await Promise.all([call('retention.status', {}), call('holds.list', {})])
      // What was told before is no longer so.
      if (this.status && !status.running && (this.status.running || status.setAt !== this.status.setAt))
        this.plan = null
      this.status = status
      this.holds = holds
      this.failure = null
    } catch (error) {
      this.failure = failureOf(error)
    }
  }

  dryRun = (): Promise<boolean> =>
    this.#try(async () => {
      this.plan = await call('retention.plan', {})
    })

  /** Shows what rules, or those that are set, would take, before they are set or carried out. */
  ask = (rules: RetentionRules | null): Promise<boolean> =>
    this.#try(async () => {
      this.asking = { rules, plan: await call('retention.plan', { rules }) }
    })

  async answer(yes: boolean): Promise<void> {
    const { asking } = this
    this.asking = undefined
    if (!yes || !asking) return
    const { rules } = asking
    if (rules === null) await this.#try(() => call('retention.run', {}))
    else await this.#try(() => call('retention.set', { rules }), isOff(rules) ? t.retention.off : t.retention.saved)
  }

  confirmClock = (): Promise<boolean> => this.#try(() => call('retention.confirm-clock', {}), t.retention.clockSaid)

  lift = (id: number, reason: string): Promise<boolean> =>
    this.#try(() => call('holds.lift', { id, reason }), t.holds.lifted)

  place = (caseId: string, scope: HoldScope, reason: string): Promise<boolean> =>
    this.#try(() => call('holds.place', { caseId, scope, reason }), t.holds.placed)

  async #try(work: () => Promise<unknown>, done?: string): Promise<boolean> {
    const worked = await work().then(
      () => true,
      (error: unknown) => {
        toasts.failure(failureOf(error))
        return false
      },
    )
    if (worked && done !== undefined) toasts.note(done)
    await this.load()
    return worked
  }
}

export const isOff = ({ imagesMonths, casesYears }: RetentionRules) => imagesMonths === null && casesYears === null
