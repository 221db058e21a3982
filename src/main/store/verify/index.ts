import type { Kysely } from 'kysely'
import type { AuditVerdict } from '../../../shared/audit.ts'
import type { RecordPlace } from '../record-place.ts'
import type { Database } from '../schema.ts'
import type { VerifyFollowing } from '../types.ts'
import { checkBatchFiles } from './batch-files.ts'
import { type ChainState, walkChain } from './chain.ts'
import { findExtra } from './extra.ts'
import { checkStanding } from './standing.ts'
import { lookThere } from './there.ts'

/**
 * Holds the record against its audit trail: the chain, the rows that its entries bind, rows that none binds, what
 * stands on cases and on files of batches; and then what the screens read through against the rows. In steps, with memory for one step; what is added meanwhile is for the next time.
 *
 * @returns the first break, without files and heads, of which the store knows nothing
 * @throws GyrusError `cancelled`, `database-corrupt` and what else a database that cannot be read gives
 */
export async function verifyRecord(
  db: Kysely<Database>,
  place: RecordPlace,
  following: VerifyFollowing,
): Promise<AuditVerdict> {
  const last = await db.selectFrom('audit').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst()
  const until = last?.seq ?? 0
  const hasBindings = await isBound(db)
  const chain = await walkChain(db, until, hasBindings, following)
  if (hasBindings && !chain.broken) {
    chain.broken = await findExtra(db, until, chain.bound, following)
    chain.broken ??= await checkStanding(db, following)
    chain.broken ??= await checkBatchFiles(db, following)
  }
  chain.broken ??= await lookThere(db, place, following)
  return toVerdict(chain)
}

/** A record that an older Gyrus wrote, opened for reading only, binds nothing yet. */
async function isBound(db: Kysely<Database>): Promise<boolean> {
  return (await db.introspection.getTables()).some(({ name }) => name === 'audit_bindings')
}

function toVerdict({ broken, entries, bound, clockSetBack, head }: ChainState): AuditVerdict {
  const rows = [...bound.values()].reduce((sum, n) => sum + n, 0)
  const stood = head && { sequence: head.seq, hash: head.hash, at: head.at }
  return { broken, entries, rows, files: null, heads: 0, clockSetBack, head: stood }
}
