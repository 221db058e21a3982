import type { Kysely, Selectable, Transaction } from 'kysely'
import type { AuditBreak } from '../../../shared/audit.ts'
import { entryHash, GENESIS } from '../audit.ts'
import type { AuditTable, Database } from '../schema.ts'
import type { VerifyFollowing } from '../types.ts'
import { breakAt } from './break.ts'
import { CHUNK, step } from './following.ts'
import { checkRows } from './rows.ts'

type Entry = Selectable<AuditTable>

export interface ChainState {
  broken: AuditBreak | null
  entries: number
  /** By kind: bindings that are the ones the entries tell of. */
  bound: Map<string, number>
  clockSetBack: number
  head: Pick<Entry, 'seq' | 'hash' | 'at'> | null
}

/**
 * Walks the chain up to entry `until`: each entry stands on the one before, and the rows that it binds are what they
 * were. Ends at the first break.
 */
export async function walkChain(
  db: Kysely<Database>,
  until: number,
  hasBindings: boolean,
  following: VerifyFollowing,
): Promise<ChainState> {
  const state: ChainState = { broken: null, entries: 0, bound: new Map(), clockSetBack: 0, head: null }
  for (let ended = false; !ended && !state.broken; ) {
    ended = await step(db, following, async (trx) => {
      // Started again by a lock that came in between, it must not count twice.
      const after = state.head?.seq ?? 0
      const entries = await nextEntries(trx, after, until)
      const { whole, broken } = links(entries, state.head)
      const rows = hasBindings ? await checkRows(trx, whole) : { broken: null, bound: new Map() }
      count(state, whole, rows.bound)
      state.broken = rows.broken ?? broken
      return entries.length < CHUNK
    })
    following.onProgress?.({ stage: 'entries', done: state.entries, total: until })
  }
  return state
}

const nextEntries = (trx: Transaction<Database>, after: number, until: number): Promise<Entry[]> =>
  trx
    .selectFrom('audit')
    .selectAll()
    .where('seq', '>', after)
    .where('seq', '<=', until)
    .orderBy('seq')
    .limit(CHUNK)
    .execute()

/** The entries that stand each on the one before, up to the first that does not. */
function links(entries: Entry[], head: ChainState['head']): { whole: Entry[]; broken: AuditBreak | null } {
  let last = head?.seq ?? 0
  let previous = head?.hash ?? GENESIS
  for (const [index, entry] of entries.entries()) {
    const whole = entries.slice(0, index)
    if (entry.seq !== last + 1) {
      return { whole, broken: { kind: 'gap', sequence: last + 1, act: null, subject: null, what: null } }
    }
    if (entry.previous_hash !== previous || !hashFits(entry)) return { whole, broken: breakAt('hash', texts(entry)) }
    last = entry.seq
    previous = entry.hash
  }
  return { whole: entries, broken: null }
}

/** A spoilt column can hold what no JSON has. */
function hashFits(entry: Entry): boolean {
  const { seq: _, ...columns } = entry
  return Object.values(columns).every((value) => typeof value === 'string') && entryHash(entry) === entry.hash
}

const texts = ({ seq, act, subject }: Entry) => ({ seq, act: String(act), subject: String(subject) })

function count(state: ChainState, entries: Entry[], bound: Map<string, number>): void {
  for (const [kind, n] of bound) state.bound.set(kind, (state.bound.get(kind) ?? 0) + n)
  state.entries += entries.length
  state.clockSetBack += entries.filter(({ act }) => act === 'clock.set-back').length
  state.head = entries.at(-1) ?? state.head
}
