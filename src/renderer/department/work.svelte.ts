import type { DepartmentWork } from '../../shared/department.ts'
import { account } from '../accounts/account.svelte.ts'
import { call } from '../client/client.ts'
import { onEvent } from '../client/events.ts'

/** As often as workstations are heard of, ms. */
const LOOK_MS = 5_000

/** Of what another workstation works on, only its beginning and its end are told: so often it is asked how far it is, ms. */
const ASK_MS = 3_000

/** Who reads in the department, for whoever waits for a case. */
class WorkStatus {
  /** Null where there is one workstation. */
  now = $state.raw<DepartmentWork | null>(null)
  /** Whether there is one workstation; false as long as it is not known. */
  alone = $state(false)

  /** To be called once somebody is signed in. */
  start(): void {
    onEvent(({ type }) => {
      if (type === 'outbox' || type === 'resync') void this.#load()
    })
    void this.#load()
  }

  get nobodyReads(): boolean {
    return this.now?.readers === 0
  }

  /** Looks again and again, for as long as somebody waits. @returns ends it */
  watch(): () => void {
    void this.#load()
    const timer = setInterval(() => this.now && void this.#load(), LOOK_MS)
    return () => clearInterval(timer)
  }

  /** Asks again soon, in a department. @returns ends it */
  askAgain(ask: () => void): () => void {
    const timer = setTimeout(() => this.now && ask(), ASK_MS)
    return () => clearTimeout(timer)
  }

  async #load(): Promise<void> {
    // What cannot be asked now is told by what else is on the screen.
    const found = account.can('read') ? await call('department.work', {}).catch(() => this.now ?? undefined) : undefined
    this.now = found ?? null
    this.alone = found === null
  }
}

export const departmentWork = new WorkStatus()
