import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Kysely, Transaction } from 'kysely'
import { GyrusError } from '../../../shared/errors.ts'
import { whileLocked } from '../errors.ts'
import type { Database } from '../schema.ts'
import type { VerifyFollowing } from '../types.ts'

/** Rows of one step: some 10 ms of work, between which others have their turn. */
export const CHUNK = 200

/** One step of a walk: reads within one transaction, so that what belongs together is of one moment. */
export async function step<T>(
  db: Kysely<Database>,
  { signal }: VerifyFollowing,
  work: (trx: Transaction<Database>) => Promise<T>,
): Promise<T> {
  await nextTurn()
  if (signal?.aborted) throw new GyrusError('cancelled')
  return whileLocked(() => db.transaction().execute(work))
}
