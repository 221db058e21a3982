import type { Kysely, Transaction } from 'kysely'
import { appendAudit } from './audit.ts'
import type { Database } from './schema.ts'
import type { AuditPlace, Export } from './types.ts'

/** The newest audit entry about something; null where there is none. */
export async function lastAuditOf(db: Kysely<Database>, subject: string): Promise<AuditPlace | null> {
  const entry = await db
    .selectFrom('audit')
    .where('subject', '=', subject)
    .select(['seq', 'at', 'act', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return entry ?? null
}

/** Logs that something of the record was given out. */
export async function logExport(trx: Transaction<Database>, { actor, act, subject, detail }: Export): Promise<void> {
  await appendAudit(trx, new Date().toISOString(), [{ actor, act, subject, detail: { ...detail } }])
}
