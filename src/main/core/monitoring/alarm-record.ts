import { z } from 'zod'
import { type AuditEntryRow, auditQuerySchema } from '../../../shared/audit.ts'
import { alarmSchema, type MonitoringStatus } from '../../../shared/monitoring.ts'
import type { ReadStore, Store } from '../../store/types.ts'
import type { Period } from './steps.ts'

const RAISED = 'monitoring.alarm-raised'
const ENDED = 'monitoring.alarm-ended'
const PAGE = 500

const raisedSchema = alarmSchema.extend({ model: z.string() })
const endedSchema = raisedSchema.pick({ kind: true, model: true })

/** An alarm as it was raised, and how long it stood. */
export interface StoodAlarm extends z.infer<typeof raisedSchema> {
  from: string
  /** Null while it stands. */
  until: string | null
}

/** Puts on record which alarms are raised, and which stand no longer. Between two looks, nothing is known. */
export class AlarmRecord {
  readonly #store: Store
  /** Null before the record was asked. */
  #open: Map<string, z.infer<typeof endedSchema>> | null = null

  constructor(store: Store) {
    this.#store = store
  }

  async note({ model, alarms }: MonitoringStatus): Promise<void> {
    this.#open ??= await openAlarms(this.#store)
    const open = this.#open
    const standing = new Map(alarms.map((alarm) => [keyOf({ kind: alarm.kind, model }), { ...alarm, model }]))
    for (const [key, { kind, model: of }] of open) {
      if (standing.has(key)) continue
      await this.#log(ENDED, { kind, model: of })
      open.delete(key)
    }
    for (const [key, alarm] of standing) {
      if (open.has(key)) continue
      await this.#log(RAISED, alarm)
      open.set(key, alarm)
    }
  }

  #log(act: typeof RAISED | typeof ENDED, detail: object): Promise<void> {
    return this.#store.log({ actor: 'gyrus', act, subject: 'monitoring', detail })
  }
}

/** Alarms that stood in a span of time, those raised first at the top. */
export async function alarmsIn(store: ReadStore, { from, until }: Period): Promise<StoodAlarm[]> {
  const all = await alarmsOnRecord(store)
  return all.filter((alarm) => alarm.from < until && (alarm.until === null || alarm.until > from))
}

async function openAlarms(store: ReadStore) {
  const open = (await alarmsOnRecord(store)).filter(({ until }) => until === null)
  return new Map(open.map(({ kind, model }) => [keyOf({ kind, model }), { kind, model }]))
}

/** All that were ever raised, oldest first. */
async function alarmsOnRecord(store: ReadStore): Promise<StoodAlarm[]> {
  const entries: AuditEntryRow[] = []
  const query = auditQuerySchema.parse({ acts: [RAISED, ENDED] })
  for (let after = null; ; ) {
    const page = await store.listAudit(query, after, PAGE)
    entries.push(...page.entries)
    if (!page.next) break
    after = page.next
  }
  const all: StoodAlarm[] = []
  const open = new Map<string, StoodAlarm>()
  for (const { act, at, detail } of entries.reverse()) {
    const told: unknown = JSON.parse(detail)
    // What another Gyrus wrote otherwise is none that this one knows.
    const raised = act === RAISED ? raisedSchema.safeParse(told).data : undefined
    const ended = act === ENDED ? endedSchema.safeParse(told).data : undefined
    if (raised) open.set(keyOf(raised), add(all, { ...raised, from: at, until: null }))
    const over = ended && open.get(keyOf(ended))
    if (over) over.until = at
    if (ended) open.delete(keyOf(ended))
  }
  return all
}

function add<T>(all: T[], one: T): T {
  all.push(one)
  return one
}

const keyOf = ({ kind, model }: z.infer<typeof endedSchema>) => `${kind} ${model}`
