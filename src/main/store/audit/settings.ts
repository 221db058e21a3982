import type { Kysely, Transaction } from 'kysely'
import { timeNow } from '../../../shared/clock.ts'
import { type AuditDetail, appendAudit } from '../audit.ts'
import type { Database } from '../schema.ts'
import type { AuditSettings, LoggedAct } from '../types.ts'

/** Logs what was done without changing a row of the record. */
export async function logAct(trx: Transaction<Database>, { actor, act, subject, detail }: LoggedAct): Promise<void> {
  await appendAudit(trx, timeNow(), [{ actor, act, subject, detail: detail as AuditDetail }])
}

export async function auditSettings(db: Kysely<Database>): Promise<AuditSettings> {
  const rows = await db.selectFrom('audit_settings').selectAll().execute()
  const get = (name: string) => rows.find((row) => row.name === name)?.value ?? ''
  const last = get('heads-last')
  return {
    installation: get('installation'),
    headsFolder: get('heads-folder') || null,
    lastHead: last === '' ? null : (JSON.parse(last) as AuditSettings['lastHead']),
  }
}

/** Says where a signed head goes every day; null for nowhere. */
export async function setHeadsFolder(trx: Transaction<Database>, folder: string | null, actor: string): Promise<void> {
  await setSetting(trx, 'heads-folder', folder ?? '')
  const detail = { folder }
  await logAct(trx, { actor, act: 'audit.heads-folder-set', subject: 'audit', detail })
}

/**
 * Logs that this record was made of a backup.
 *
 * @param installation the id that it goes by from now on, apart from the record that it was made of; null where it takes
 * that one's place
 */
export async function logRestored(
  trx: Transaction<Database>,
  detail: object,
  installation: string | null,
  actor: string,
): Promise<void> {
  if (installation !== null) {
    await setSetting(trx, 'installation', installation)
    await setSetting(trx, 'heads-last', '')
  }
  const told = { ...detail, ...(installation !== null && { installation }) }
  await logAct(trx, { actor, act: 'record.restored', subject: 'gyrus', detail: told })
}

/** Logs that a signed head was given out. */
export async function logHead(
  trx: Transaction<Database>,
  head: { at: string; sequence: number; hash: string; fingerprint: string; daily: boolean },
  actor: string,
): Promise<void> {
  const { at, sequence, hash, fingerprint, daily } = head
  if (daily) await setSetting(trx, 'heads-last', JSON.stringify({ at, sequence }))
  const detail = { sequence, hash, fingerprint, daily }
  await logAct(trx, { actor, act: 'audit.head-exported', subject: 'audit', detail })
}

async function setSetting(
  trx: Transaction<Database>,
  name: 'installation' | 'heads-folder' | 'heads-last',
  value: string,
): Promise<void> {
  await trx
    .insertInto('audit_settings')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}
