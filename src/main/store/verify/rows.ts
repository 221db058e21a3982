import { type Selectable, sql, type Transaction } from 'kysely'
import type { AuditBreak } from '../../../shared/audit.ts'
import {
  type Binding,
  BOUND_KINDS,
  type BoundKind,
  boundTable,
  isBoundKind,
  keyOf,
  type Row,
  rowDigest,
} from '../audit/bindings.ts'
import type { AuditTable, Database } from '../schema.ts'
import { breakAt } from './break.ts'

type Entry = Selectable<AuditTable>

/**
 * Acts that may bind a row anew: what an erasure leaves of it; a case whose file could be copied after all, or told of its
 * patient when it was read; a series whose slices came to something else.
 */
const REBINDING = new Set(['case.erased', 'case.copied', 'case.grouped', 'case.analysed', 'case.analysed-again'])

interface Claim {
  entry: Entry
  kind: BoundKind
  key: string
  digest: string
}

interface Checked {
  broken: AuditBreak | null
  /** By kind: claims whose binding is there. */
  bound: Map<string, number>
}

/** Whether the rows that entries bind are there and what they were. */
export async function checkRows(trx: Transaction<Database>, entries: Entry[]): Promise<Checked> {
  const { claims, malformed } = claimsOf(entries)
  const bound = new Map<string, number>()
  const found: AuditBreak[] = malformed ? [malformed] : []
  for (const kind of BOUND_KINDS) {
    const ofKind = claims.filter((claim) => claim.kind === kind)
    if (ofKind.length === 0) continue
    const rows = await rowsOf(trx, kind, ofKind)
    const bindings = await bindingsOf(trx, kind, ofKind)
    for (const claim of ofKind) {
      const outcome = await judge(trx, claim, rows.get(claim.key), bindings.get(claim.key))
      if (outcome === 'bound') bound.set(kind, (bound.get(kind) ?? 0) + 1)
      else if (outcome !== 'superseded') found.push(outcome)
    }
  }
  const first = found.toSorted((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0))[0]
  return { broken: first ?? null, bound }
}

async function judge(
  trx: Transaction<Database>,
  { entry, kind, key, digest }: Claim,
  row: Row | undefined,
  binding: Binding | undefined,
): Promise<AuditBreak | 'bound' | 'superseded'> {
  const what = `${kind}/${key}`
  if (!row) return breakAt('row-missing', entry, what)
  if (binding && binding.seq > entry.seq && (await rebinds(trx, binding.seq, what))) return 'superseded'
  const fits = binding?.seq === entry.seq && rowDigest(kind, row, binding.salt) === digest
  return fits ? 'bound' : breakAt('row-altered', entry, what)
}

async function rebinds(trx: Transaction<Database>, seq: number, what: string): Promise<boolean> {
  const entry = await trx.selectFrom('audit').selectAll().where('seq', '=', seq).executeTakeFirst()
  return entry !== undefined && REBINDING.has(entry.act) && Object.hasOwn(bindsOf(entry) ?? {}, what)
}

function claimsOf(entries: Entry[]): { claims: Claim[]; malformed: AuditBreak | null } {
  const claims: Claim[] = []
  for (const entry of entries) {
    const binds = bindsOf(entry)
    if (binds === null) return { claims, malformed: breakAt('malformed', entry) }
    for (const [what, digest] of Object.entries(binds)) {
      const [kind = '', key = ''] = splitAt(what, what.indexOf('/'))
      if (!isBoundKind(kind) || typeof digest !== 'string') return { claims, malformed: breakAt('malformed', entry) }
      claims.push({ entry, kind, key, digest })
    }
  }
  return { claims, malformed: null }
}

const splitAt = (text: string, at: number) => [text.slice(0, at), text.slice(at + 1)]

/** The digests that an entry tells; null where its detail is no JSON object. */
export function bindsOf({ detail }: Pick<Entry, 'detail'>): Record<string, unknown> | null {
  // Most entries that bind nothing are told without reading them.
  if (!detail.includes('"binds":')) return {}
  try {
    const parsed = JSON.parse(detail) as { binds?: Record<string, unknown> } | null
    return parsed?.binds ?? {}
  } catch {
    return null
  }
}

/**
 * By way of the row ids: read straight through an index, a column that the index has comes from there, and a row that
 * was changed in the file behind its index would look as it was.
 */
async function rowsOf(trx: Transaction<Database>, kind: BoundKind, claims: Claim[]): Promise<Map<string, Row>> {
  const { table, key, columns, where = 'true' } = boundTable(kind)
  const name = key.length === 1 ? sql.ref(key[0] as string) : sql.raw(key.join(` || '@' || `))
  const { rows } = await sql<Row>`
    select ${sql.join(columns.map((column) => sql.ref(column)))} from ${sql.table(table)}
    where rowid in
      (select rowid from ${sql.table(table)} where ${name} in (${sql.join(claims.map((claim) => claim.key))}))
      and ${sql.raw(where)}`.execute(trx)
  return new Map(rows.map((row) => [keyOf(kind, row), row]))
}

async function bindingsOf(trx: Transaction<Database>, kind: BoundKind, claims: Claim[]): Promise<Map<string, Binding>> {
  const { rows } = await sql<Binding>`
    select * from audit_bindings where rowid in
      (select rowid from audit_bindings
       where kind = ${kind} and key in (${sql.join(claims.map((claim) => claim.key))}))`.execute(trx)
  return new Map(rows.filter((row) => row.kind === kind).map((row) => [row.key, row]))
}
