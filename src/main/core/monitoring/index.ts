import { statfs } from 'node:fs/promises'
import type { ModelRow } from '../../../shared/models.ts'
import type { Limits, MonitoringQuery, MonitoringStatus, UseReport } from '../../../shared/monitoring.ts'
import type { MachineSample, Store } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Events, Unsubscribe } from '../events.ts'
import { AlarmRecord } from './alarm-record.ts'
import { findAlarms } from './alarms.ts'
import { KeptCounts } from './kept.ts'
import { type Counted, monthReport } from './monthly.ts'
import type { ReadInputs } from './read-trained.ts'
import { useReport } from './report.ts'

const SAMPLE_MS = 60 * 60 * 1000
/** A disk fills, and days go by, without any case. */
const LOOK_AGAIN_MS = 10 * 60 * 1000
/** A folder that comes in tells of many cases: a look is to take a twentieth of the time at most, but for the longest ones. */
const [SOON_MS, LATE_MS, REST] = [500, 30_000, 20]

interface MonitoringParts {
  store: Store
  folder: DataFolder
  events: Events
  /** Restarts of the engine since Gyrus started. */
  restarts(): number
  /** Id of the model that answers. */
  activeModel(): Promise<string>
  /** Id of the model that answered before any was put in force. */
  shippedModel: string
  models(): Promise<ModelRow[]>
  inputs: ReadInputs
}

/** Watches how the active model does in use, and how this machine is. */
export class Monitoring {
  /** Months or weeks of the newest report that is being made. */
  counting: { done: number; total: number } | null = null
  readonly #parts: MonitoringParts
  readonly #unsubscribe: Unsubscribe
  readonly #kept = new KeptCounts()
  readonly #record: AlarmRecord
  readonly #timers: NodeJS.Timeout[] = []
  #soon: NodeJS.Timeout | undefined
  #status: MonitoringStatus | null = null
  #looking: Promise<MonitoringStatus> | undefined
  #outdated = false
  /** How long the last look took, ms. */
  #took = 0
  /** Restarts that are in no sample yet are those since then. */
  #sampled = 0
  #closed = false

  constructor(parts: MonitoringParts) {
    this.#parts = parts
    this.#record = new AlarmRecord(parts.store)
    this.#unsubscribe = parts.events.subscribe((event) => {
      if (event.type === 'case') this.#kept.changed(event.id)
      if (event.type === 'case' || event.type === 'models') this.#lookSoon()
    })
  }

  /** Begins to watch. */
  schedule(): void {
    const every = (ms: number, work: () => Promise<unknown>) => {
      this.#timers.push(setInterval(() => void work().catch(() => undefined), ms).unref())
    }
    every(SAMPLE_MS, () => this.#sample())
    every(LOOK_AGAIN_MS, () => this.#look())
    void this.#sample().catch(() => undefined)
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#unsubscribe()
    for (const timer of this.#timers) clearInterval(timer)
    clearTimeout(this.#soon)
    await this.#looking?.catch(() => undefined)
  }

  /** What alarms there are. */
  async status(): Promise<MonitoringStatus> {
    const known = this.#status
    const isOld = known === null || this.#outdated || Date.now() - Date.parse(known.at) > LOOK_AGAIN_MS
    return isOld ? this.#look() : known
  }

  async report(query: MonitoringQuery): Promise<UseReport> {
    const mine = { done: 0, total: query.steps }
    this.counting = mine
    const onCounted = (done: number) => {
      mine.done = done
    }
    try {
      return await useReport(this.#parts.store, query, { ...(await this.#now()), kept: this.#kept, onCounted })
    } finally {
      if (this.counting === mine) this.counting = null
    }
  }

  /** One month, with those before it. @throws GyrusError `month-to-come` */
  async month(month: string): Promise<Counted> {
    const { store, shippedModel: shipped } = this.#parts
    return monthReport(store, { month, shipped, models: await this.#parts.models(), ...(await this.#now()) })
  }

  limits(): Promise<Limits> {
    return this.#parts.store.limits()
  }

  async setLimits(limits: Limits, by: string): Promise<void> {
    await this.#parts.store.setLimits(limits, by)
    this.#outdated = true
    this.#parts.events.emit({ type: 'monitoring' })
  }

  #lookSoon(): void {
    this.#outdated = true
    this.#soon ??= setTimeout(
      () => {
        this.#soon = undefined
        void this.#look().catch(() => undefined)
      },
      Math.min(LATE_MS, SOON_MS + REST * this.#took),
    ).unref()
  }

  /** One at a time; whoever asks meanwhile gets the same. */
  #look(): Promise<MonitoringStatus> {
    this.#looking ??= this.#find().finally(() => {
      this.#looking = undefined
    })
    return this.#looking
  }

  async #find(): Promise<MonitoringStatus> {
    this.#outdated = false
    const before = this.#status
    const start = performance.now()
    const status = await findAlarms(this.#parts.store, { ...(await this.#now()), kept: this.#kept })
    this.#took = performance.now() - start
    this.#status = status
    // A disk that takes no more must not hide the alarm that says so; the next look tries again.
    await this.#record.note(status).catch(() => undefined)
    const changed = before !== null && JSON.stringify(told(before)) !== JSON.stringify(told(status))
    if (changed && !this.#closed) this.#parts.events.emit({ type: 'monitoring' })
    return status
  }

  async #now() {
    const now = new Date()
    const { inputs } = this.#parts
    return { now, inputs, active: await this.#parts.activeModel(), machine: await this.#machine(now) }
  }

  async #sample(): Promise<void> {
    const sample = await this.#machine(new Date())
    if (this.#closed) return
    this.#sampled += sample.restarts
    await this.#parts.store.addMachineSample(sample)
  }

  async #machine(now: Date): Promise<MachineSample> {
    const { bavail, bsize } = await statfs(this.#parts.folder.root)
    return {
      at: now.toISOString(),
      restarts: this.#parts.restarts() - this.#sampled,
      memoryBytes: process.memoryUsage.rss(),
      diskBytes: bavail * bsize,
    }
  }
}

/** All but when it was looked at, and from when on. */
const told = ({ at, from, ...rest }: MonitoringStatus) => rest
