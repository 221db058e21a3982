import type { Kysely } from 'kysely'
import { type Failure, toFailure } from '../../../shared/errors.ts'
import { logAct } from '../audit/settings.ts'
import { asStoreError } from '../errors.ts'
import type { Database } from '../schema.ts'

export interface Left {
  by: string
  from: 'sqlite' | 'postgresql'
  to: 'sqlite' | 'postgresql'
  /** Where the record is now: host, port and database, or a file. */
  place: string
  rows: number
  entries: number
  /** Hash of the last entry that went along; null where the trail was empty. */
  head: string | null
}

/**
 * Tells a record that it was moved: whoever looks into it later sees that it is not the one that is gone on with. The move
 * is done by then, and stays so.
 *
 * @returns why it could not be written; null where it is
 */
export async function tellLeft(
  open: () => Promise<Kysely<Database>>,
  { by, ...detail }: Left,
): Promise<Failure | null> {
  try {
    const db = await open()
    try {
      await db.transaction().execute((trx) => logAct(trx, { actor: by, act: 'record.left', subject: 'gyrus', detail }))
    } finally {
      await db.destroy()
    }
    return null
  } catch (error) {
    return toFailure(asStoreError(error))
  }
}
