import { createHash } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { AuditTable, Database } from './schema.ts'

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type AuditDetail = Record<string, Json>

export interface AuditEntry {
  /** Who did it: a reader's name, or `gyrus` for what the system does by itself. */
  actor: string
  act: string
  /** What it was done to, e.g. a case's id. */
  subject: string
  detail: AuditDetail
}

/** What the first entry stands on. */
const GENESIS = '0'.repeat(64)

/** Appends entries to the chain, in the transaction of the change that they tell of. */
export async function appendAudit(trx: Transaction<Database>, at: string, entries: AuditEntry[]): Promise<void> {
  if (entries.length === 0) return
  const last = await trx.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst()
  let seq = last?.seq ?? 0
  let previous = last?.hash ?? GENESIS
  const rows = entries.map((entry) => {
    const fields = { seq: ++seq, at, ...entry, detail: canonicalJson(entry.detail), previous_hash: previous }
    previous = entryHash(fields)
    return { ...fields, hash: previous }
  })
  await trx.insertInto('audit').values(rows).execute()
}

/** SHA-256 (hex) over the canonical JSON array of an entry's fields and the hash before it. */
export function entryHash(entry: Omit<AuditTable, 'hash'>): string {
  const { seq, at, actor, act, subject, detail, previous_hash } = entry
  return createHash('sha256')
    .update(canonicalJson([seq, at, actor, act, subject, detail, previous_hash]))
    .digest('hex')
}

/** JSON with sorted keys and no white space, so that the same content always has the same hash. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] as Json)}`)
  return `{${members.join(',')}}`
}
