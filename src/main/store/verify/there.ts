import type { Kysely } from 'kysely'
import type { AuditBreak } from '../../../shared/audit.ts'
import { lookInDepartment } from '../postgres/look.ts'
import type { RecordPlace } from '../record-place.ts'
import type { Database } from '../schema.ts'
import type { VerifyFollowing } from '../types.ts'
import { lookInThread } from './in-thread.ts'

/** Looks where the record lies: SQLite's file in a thread of its own, PostgreSQL's tables by PostgreSQL. */
export const lookThere = (
  db: Kysely<Database>,
  place: RecordPlace,
  following: VerifyFollowing,
): Promise<AuditBreak | null> =>
  place === 'department' ? lookInDepartment(db, following) : lookInThread(place, following)
