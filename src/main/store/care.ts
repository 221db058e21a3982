import { type Kysely, sql, type Transaction } from 'kysely'
import type { BackupSettings } from '../../shared/backup.ts'
import { timeNow } from '../../shared/clock.ts'
import { GyrusError } from '../../shared/errors.ts'
import { type AuditDetail, appendAudit } from './audit.ts'
import type { CareReads, Dossier, KnownBackup } from './care-types.ts'
import { findJump } from './clock.ts'
import { erasedAmong, erasedScans, livingCases } from './erasures.ts'
import { heldAmong, listHolds } from './holds.ts'
import { loggedBackups } from './logged-backups.ts'
import { datedCases, imageRemoval, needsOf, retentionSettings } from './retention.ts'
import type { Database } from './schema.ts'
import { vectorsInWords } from './similar.ts'

/** A fortnight of days and a quarter of weeks. */
const DAILY = 14
const WEEKLY = 13

export const careReads = (db: Kysely<Database>): CareReads => ({
  casesOfPatient: (patientId) => casesOfPatient(db, patientId),
  dossier: (caseId) => dossier(db, caseId),
  erasedAmong: (caseIds) => erasedAmong(db, caseIds),
  sharingScan: (caseIds) => sharingScan(db, caseIds),
  batchesOf: (caseIds) => batchesOf(db, caseIds),
  erasedScans: () => erasedScans(db),
  countScans: () => countScans(db),
  heldAmong: (caseIds) => heldAmong(db, caseIds),
  listHolds: () => listHolds(db),
  datedCases: (place) => datedCases(db, place),
  needsOf: (sha256) => needsOf(db, sha256),
  imageRemoval: (caseId) => imageRemoval(db, caseId),
  retentionSettings: () => retentionSettings(db),
  findJump: (since, now) => findJump(db, since, now),
  loggedBackups: () => loggedBackups(db),
  firstReceived: () => firstReceived(db),
  backupsSince: (since) => backupsSince(db, since),
  backupSettings: () => backupSettings(db),
})

async function casesOfPatient(db: Kysely<Database>, patientId: string): Promise<string[]> {
  if (patientId === '') return []
  const rows = await db.selectFrom('cases').where('patient_id', '=', patientId).select('id').orderBy('id').execute()
  return rows.map(({ id }) => id)
}

async function dossier(db: Kysely<Database>, id: string): Promise<Dossier> {
  const row = await db.selectFrom('cases').where('id', '=', id).selectAll().executeTakeFirst()
  if (!row) throw new GyrusError('case-unknown')
  const sha256 = row.scan_sha256
  const of = <T extends keyof Database>(table: T) =>
    sql<Record<string, unknown>>`select * from ${sql.table(table)} where case_id = ${id} order by rowid`.execute(db)
  const scan =
    sha256 === null
      ? undefined
      : await db.selectFrom('scans').where('sha256', '=', sha256).selectAll().executeTakeFirst()
  return {
    case: row,
    scan: scan ?? null,
    results: (await of('results')).rows,
    verdicts: (await of('verdicts')).rows,
    signatures: (await of('signatures')).rows,
    impressions: (await of('impressions')).rows,
    marks: (await of('second_marks')).rows,
    secondReadings: (await of('second_readings')).rows,
    adjudications: (await of('adjudications')).rows,
    failures: (await of('failures')).rows,
    views: (await of('case_views')).rows,
    files: (await sql<object>`select * from batch_files where case_id = ${id} order by batch_id, seq`.execute(db)).rows,
    dicom: (await of('case_dicom')).rows[0] ?? null,
    dicomObjects: (await of('dicom_objects')).rows,
    sendings: (await of('sendings')).rows,
    experiments: (await of('experiments')).rows,
    editedFrom: (await of('edited_scans')).rows[0] ?? null,
    series: (await of('series')).rows[0] ?? null,
    slice: (await of('slices')).rows[0] ?? null,
    vectors: await vectorsInWords(db, id),
    regions: (await of('region_features')).rows,
    erased: (await of('erasures')).rows[0] ?? null,
    imageRemoved: (await of('image_removals')).rows[0] ?? null,
    holds: (await of('legal_holds')).rows,
    timeline: await db
      .selectFrom('audit')
      .where('subject', '=', id)
      .select(['seq', 'at', 'actor', 'act', 'detail'])
      .orderBy('seq')
      .execute(),
  }
}

async function sharingScan(db: Kysely<Database>, caseIds: string[]): Promise<string[]> {
  if (caseIds.length === 0) return []
  const rows = await db
    .selectFrom('cases')
    .where('scan_sha256', 'in', (eb) =>
      eb
        .selectFrom('cases as own')
        .where('own.id', 'in', caseIds)
        .select('own.scan_sha256')
        .$narrowType<{ scan_sha256: string }>(),
    )
    .where('id', 'not in', caseIds)
    .where('id', 'not in', (eb) => eb.selectFrom('erasures').select('case_id'))
    .select('id')
    .execute()
  return rows.map(({ id }) => id)
}

async function batchesOf(db: Kysely<Database>, caseIds: string[]): Promise<string[]> {
  if (caseIds.length === 0) return []
  const rows = await db
    .selectFrom('batches')
    .where('id', 'in', (eb) => eb.selectFrom('batch_files').where('case_id', 'in', caseIds).select('batch_id'))
    .select('id')
    .execute()
  return rows.map(({ id }) => id)
}

async function countScans(db: Kysely<Database>): Promise<{ scans: number; bytes: number }> {
  return db
    .selectFrom('scans')
    .where((eb) => eb.exists(livingCases(eb)))
    .select((eb) => [
      eb.fn.countAll<number>().as('scans'),
      eb.fn.coalesce(eb.fn.sum<number>('bytes'), sql<number>`0`).as('bytes'),
    ])
    .executeTakeFirstOrThrow()
}

async function firstReceived(db: Kysely<Database>): Promise<string | null> {
  const first = await db.selectFrom('cases').select('received_at').orderBy('id').limit(1).executeTakeFirst()
  return first?.received_at ?? null
}

async function backupsSince(db: Kysely<Database>, since: string): Promise<KnownBackup[]> {
  const entries = await db
    .selectFrom('audit')
    .where('act', 'in', ['backup.made', 'backup.removed'])
    .select(['act', 'at', 'detail'])
    .orderBy('seq')
    .execute()
  const known = new Map<string, KnownBackup>()
  for (const { act, at, detail } of entries) {
    const { path } = JSON.parse(detail) as { path: string }
    if (act === 'backup.removed') known.delete(path)
    else if (at >= since) known.set(path, { path, at })
  }
  return [...known.values()]
}

export async function backupSettings(db: Kysely<Database>): Promise<BackupSettings> {
  const rows = await db.selectFrom('backup_settings').selectAll().execute()
  const get = (name: string) => rows.find((row) => row.name === name)?.value ?? ''
  const last = get('last')
  return {
    folder: get('folder') || null,
    daily: Number(get('daily') || DAILY),
    weekly: Number(get('weekly') || WEEKLY),
    last: last === '' ? null : (JSON.parse(last) as BackupSettings['last']),
  }
}

export async function setBackups(
  trx: Transaction<Database>,
  { folder, daily, weekly }: Pick<BackupSettings, 'folder' | 'daily' | 'weekly'>,
  by: string,
): Promise<void> {
  await set(trx, 'folder', folder ?? '')
  await set(trx, 'daily', String(daily))
  await set(trx, 'weekly', String(weekly))
  await log(trx, by, 'backup.schedule-set', 'backup', { folder, daily, weekly })
}

export async function logBackup(
  trx: Transaction<Database>,
  { path, at, detail, daily }: { path: string; at: string; detail: object; daily: boolean },
  by: string,
): Promise<void> {
  await set(trx, 'last', JSON.stringify({ path, at }))
  await log(trx, by, 'backup.made', 'backup', { path, daily, ...(detail as AuditDetail) })
}

const log = (trx: Transaction<Database>, actor: string, act: string, subject: string, detail: AuditDetail) =>
  appendAudit(trx, timeNow(), [{ actor, act, subject, detail }])

async function set(trx: Transaction<Database>, name: 'folder' | 'daily' | 'weekly' | 'last', value: string) {
  await trx
    .insertInto('backup_settings')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}
