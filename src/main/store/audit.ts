import { createHash } from 'node:crypto'
import type { Transaction } from 'kysely'
import { canonicalJson, type Json } from '../../shared/canonical-json.ts'
import { clockSlack } from '../../shared/clock.ts'
import { type Binding, type Bound, bind } from './audit/bindings.ts'
import type { AuditTable, Database } from './schema.ts'

export type AuditDetail = Record<string, Json>

export interface AuditEntry {
  /** Who did it: a reader's name, or `gyrus` for what the system does by itself. */
  actor: string
  act: string
  /** What it was done to, e.g. a case's id. */
  subject: string
  /** Never free text about a patient: that stands in the rows, which can be erased. */
  detail: AuditDetail
  /** Rows that were written with it, which it binds by their digests. */
  binds?: Bound[]
}

/** What the first entry stands on. */
export const GENESIS = '0'.repeat(64)

/** Appends entries to the chain, in the transaction of the change that they tell of. */
export async function appendAudit(trx: Transaction<Database>, at: string, entries: AuditEntry[]): Promise<void> {
  if (entries.length === 0) return
  const last = await trx
    .selectFrom('audit')
    .select(['seq', 'hash', 'at'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  let seq = last?.seq ?? 0
  let previous = last?.hash ?? GENESIS
  const bindings: Binding[] = []
  const rows = [...clockSetBack(last?.at ?? at, at), ...entries].map(({ binds = [], ...entry }) => {
    seq += 1
    const { digests, bindings: made } = bind(binds, seq)
    bindings.push(...made)
    const detail = canonicalJson(binds.length > 0 ? { ...entry.detail, binds: digests } : entry.detail)
    const fields = { seq, at, ...entry, detail, previous_hash: previous }
    previous = entryHash(fields)
    return { ...fields, hash: previous }
  })
  await trx.insertInto('audit').values(rows).execute()
  if (bindings.length > 0) await keepBindings(trx, bindings)
}

/** Some acts bind a row anew (verify/rows.ts), which may be twice at once; the later one stands. */
async function keepBindings(trx: Transaction<Database>, bindings: Binding[]): Promise<void> {
  const standing = new Map(bindings.map((binding) => [`${binding.kind}/${binding.key}`, binding]))
  await trx
    .insertInto('audit_bindings')
    .values([...standing.values()])
    .onConflict((conflict) =>
      conflict
        .columns(['kind', 'key'])
        .doUpdateSet((eb) => ({ salt: eb.ref('excluded.salt'), seq: eb.ref('excluded.seq') })),
    )
    .execute()
}

/** The order of the chain is its sequence; a clock that goes backwards breaks nothing, but is told. */
function clockSetBack(before: string, now: string): AuditEntry[] {
  if (Date.parse(before) - Date.parse(now) <= clockSlack()) return []
  return [{ actor: 'gyrus', act: 'clock.set-back', subject: 'clock', detail: { before, now } }]
}

/** SHA-256 (hex) over the canonical JSON array of an entry's fields and the hash before it. */
export function entryHash(entry: Omit<AuditTable, 'hash'>): string {
  const { seq, at, actor, act, subject, detail, previous_hash } = entry
  return createHash('sha256')
    .update(canonicalJson([seq, at, actor, act, subject, detail, previous_hash]))
    .digest('hex')
}
