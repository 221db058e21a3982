import type { Machine } from '../../shared/machine.ts'
import { call } from '../client/client.ts'

const EVERY_MS = 2_000

/** What this machine has and how busy it is, while it is looked at. */
export class MachineLoad {
  now = $state.raw<Machine | null>(null)
  #timer: ReturnType<typeof setTimeout> | undefined
  #stopped = false

  async start(): Promise<void> {
    // It is asked again and again: one answer that does not come is no matter.
    this.now = await call('machine.status', {}).catch(() => this.now)
    if (!this.#stopped) this.#timer = setTimeout(() => void this.start(), EVERY_MS)
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }
}
