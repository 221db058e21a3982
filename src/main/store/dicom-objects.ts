import type { Kysely, Transaction } from 'kysely'
import { timeNow } from '../../shared/clock.ts'
import type { ObjectsChange, ObjectsSettings } from '../../shared/objects-contract.ts'
import { appendAudit } from './audit.ts'
import type { KeptObject, NewObjects } from './object-types.ts'
import type { Database } from './schema.ts'

/** DICOM objects that were made of a case, oldest first. */
export function objectsOf(db: Kysely<Database>, caseId: string): Promise<KeptObject[]> {
  return db
    .selectFrom('dicom_objects')
    .where('case_id', '=', caseId)
    .select(['kind', 'uid', 'installation', 'version', 'at'])
    .orderBy('id')
    .execute()
}

/** Logs that they were made. One that is on record is the same object again: it has the same UID. */
export async function keepObjects(trx: Transaction<Database>, made: NewObjects): Promise<void> {
  const { caseId, by, at, signed, to, quiet = false, objects } = made
  const known = new Set((await objectsOf(trx, caseId)).map(({ uid }) => uid))
  const fresh = objects.filter(({ uid }) => !known.has(uid))
  const rows =
    fresh.length === 0
      ? []
      : await trx
          .insertInto('dicom_objects')
          .values(fresh.map((object) => ({ case_id: caseId, made_by: by, ...object })))
          .returningAll()
          .execute()
  if (quiet && rows.length === 0) return
  const binds = rows.map((row) => ({ kind: 'dicom_objects' as const, row }))
  const detail = { objects: objects.map(({ kind, uid }) => ({ kind, uid })), signed, to }
  await appendAudit(trx, at, [{ actor: by, act: 'case.objects-made', subject: caseId, detail, binds }])
}

/** Only after the signature, where nobody has said otherwise. */
export async function objectsSettings(db: Kysely<Database>): Promise<ObjectsSettings> {
  const row = await db
    .selectFrom('dicom_settings')
    .where('name', '=', 'before-signing')
    .select('value')
    .executeTakeFirst()
  return { beforeSigning: row?.value === 'on', organisation: await organisationAt(db) }
}

/** Without a time: now. */
export async function organisationAt(db: Kysely<Database>, at?: string): Promise<string> {
  const named = db.selectFrom('organisations').select('name').orderBy('id', 'desc').limit(1)
  const row = await (at === undefined ? named : named.where('at', '<=', at)).executeTakeFirst()
  return row?.name ?? ''
}

/** What is given is changed; what stays as it is makes no entry. */
export async function setObjects(
  trx: Transaction<Database>,
  { beforeSigning, organisation }: ObjectsChange,
  actor: string,
): Promise<void> {
  if (beforeSigning !== undefined) await setBeforeSigning(trx, beforeSigning, actor)
  if (organisation !== undefined) await setOrganisation(trx, organisation, actor)
}

async function setBeforeSigning(trx: Transaction<Database>, beforeSigning: boolean, actor: string): Promise<void> {
  const value = beforeSigning ? 'on' : 'off'
  await trx
    .insertInto('dicom_settings')
    .values({ name: 'before-signing', value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
  const detail = { beforeSigning }
  await appendAudit(trx, timeNow(), [{ actor, act: 'objects.before-signing-set', subject: 'department', detail }])
}

async function setOrganisation(trx: Transaction<Database>, name: string, actor: string): Promise<void> {
  const before = await organisationAt(trx)
  if (before === name) return
  const at = timeNow()
  await trx.insertInto('organisations').values({ at, name }).execute()
  const detail = { organisation: name, before }
  await appendAudit(trx, at, [{ actor, act: 'objects.organisation-set', subject: 'department', detail }])
}
