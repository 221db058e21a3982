import { GyrusError, toGyrusError } from '../../../shared/errors.ts'
import {
  GRACE_MS,
  hasRules,
  type RetentionPlan,
  type RetentionRules,
  type RetentionStatus,
} from '../../../shared/retention.ts'
import type { Store } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Emit } from '../events.ts'
import { confirmClock, runRetention } from './case-retention.ts'
import { findDue } from './due.ts'
import type { Settled } from './remove-scans.ts'

interface Parts {
  store: Store
  folder: DataFolder
  emit: Emit
  settled: Settled
  /** Whether a backup is being made: it would still hold what goes meanwhile. */
  backingUp: () => boolean
}

const LOOK_AGAIN_MS = 10 * 60 * 1000
const TELL_MS = 200

/** The department's rules of retention in a Gyrus that is at work: carried out once a day, and when it is asked for. */
export class RetentionJob {
  readonly #parts: Parts
  #timer: ReturnType<typeof setInterval> | undefined
  #running: { abort: AbortController; ended: Promise<void> } | undefined
  #progress: RetentionStatus['running'] = null
  #failure: GyrusError | null = null

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Begins to look for what is due each day. */
  schedule(): void {
    this.#timer ??= setInterval(() => void this.look(), LOOK_AGAIN_MS).unref()
    void this.look()
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    this.#running?.abort.abort()
    await this.#running?.ended
  }

  get running(): boolean {
    return this.#running !== undefined
  }

  async status(): Promise<RetentionStatus> {
    const { rules, setAt, last } = await this.#parts.store.retentionSettings()
    return { rules, setAt, last, running: this.#progress, failure: this.#failure?.toFailure() ?? null }
  }

  /** What would go now by these rules, or by those that are set. */
  async plan(rules: RetentionRules | null): Promise<RetentionPlan> {
    const asked = rules ?? (await this.#parts.store.retentionSettings()).rules
    return (await findDue(this.#parts.store, asked, new Date())).plan
  }

  async set(rules: RetentionRules, by: string): Promise<void> {
    await this.#parts.store.setRetention(rules, by)
    this.#failure = null
    this.#tell()
  }

  async confirmClock(by: string): Promise<void> {
    await confirmClock(this.#parts.store, by)
    this.#failure = null
    this.#tell()
  }

  /** Returns at once; the status tells how it ends. @throws GyrusError `retention-busy`, `erase-during-backup` */
  start(by: string): void {
    if (this.#running) throw new GyrusError('retention-busy')
    if (this.#parts.backingUp()) throw new GyrusError('erase-during-backup')
    void this.#run(by)
  }

  /** Carries the rules out where they are due today. Never rejects: why not is in the status. */
  async look(): Promise<void> {
    if (this.#running || this.#parts.backingUp()) return
    try {
      const { rules, setAt, last } = await this.#parts.store.retentionSettings()
      const now = new Date()
      const fresh = setAt !== null && now.getTime() - Date.parse(setAt) < GRACE_MS
      if (!hasRules(rules) || fresh || last?.at.slice(0, 10) === now.toISOString().slice(0, 10)) return
      if (this.#running === undefined && !this.#parts.backingUp()) await this.#run('gyrus')
    } catch (error) {
      this.#failure = toGyrusError(error)
      this.#tell()
    }
  }

  #run(by: string): Promise<void> {
    const abort = new AbortController()
    let toldAt = 0
    const onProgress = ({ done, total }: { done: number; total: number }) => {
      this.#progress = { done, total }
      if (Date.now() - toldAt < TELL_MS) return
      toldAt = Date.now()
      this.#tell()
    }
    this.#progress = { done: 0, total: 0 }
    const ended = runRetention(this.#parts, { by, now: new Date() }, { signal: abort.signal, onProgress })
      .then(
        () => {
          this.#failure = null
        },
        (error) => {
          const known = toGyrusError(error)
          this.#failure = known.code === 'cancelled' ? null : known
        },
      )
      .finally(() => {
        this.#running = undefined
        this.#progress = null
        this.#tell()
      })
    this.#running = { abort, ended }
    this.#tell()
    return ended
  }

  #tell(): void {
    this.#parts.emit({ type: 'retention' })
  }
}
