import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Kysely, Transaction } from 'kysely'
import type { AuditBreak } from '../../../shared/audit.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { whileLocked } from '../errors.ts'
import type { Database } from '../schema.ts'
import type { VerifyFollowing } from '../types.ts'

/** Rows of one step: some 10 ms of work, between which others have their turn. */
export const CHUNK = 200

/** One step of a walk: reads of one moment, so that what belongs together is seen together. */
export async function step<T>(
  db: Kysely<Database>,
  { signal }: VerifyFollowing,
  work: (trx: Transaction<Database>) => Promise<T>,
): Promise<T> {
  await nextTurn()
  if (signal?.aborted) throw new GyrusError('cancelled')
  const reading = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
  return whileLocked(() => reading.execute(work))
}

/** What became of one piece of a walk: `last` is where the next one begins, undefined behind the end. */
interface Walked {
  broken: AuditBreak | null
  last: number | undefined
  n: number
}

/** Goes through a table piece by piece, with progress and a turn for others between. Ends at the first break. */
export async function walk(
  db: Kysely<Database>,
  following: VerifyFollowing,
  { stage, total }: { stage: string; total: number },
  check: (trx: Transaction<Database>, after: number) => Promise<Walked>,
): Promise<AuditBreak | null> {
  let done = 0
  for (let after = 0; ; ) {
    const { broken, last, n } = await step(db, following, (trx) => check(trx, after))
    if (broken || last === undefined) return broken
    done += n
    after = last
    following.onProgress?.({ stage, done, total: Math.max(total, done) })
  }
}
