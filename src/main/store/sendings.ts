import type { Kysely, Transaction } from 'kysely'
import { timeNow } from '../../shared/clock.ts'
import { GyrusError } from '../../shared/errors.ts'
import type { Sending, SendingCounts, SendingReason } from '../../shared/sending.ts'
import { appendAudit } from './audit.ts'
import type { SendingRow } from './dicom-schema.ts'
import { allPacs } from './pacs.ts'
import { toFailure } from './rows.ts'
import type { Database } from './schema.ts'
import type { DueSending, FailedTry, SendingStore } from './sending-types.ts'

const SETTING = 'send-to'
/** Nobody has had the last word yet. */
const UNSETTLED = ['marked', 'open', 'disputed']

export async function sendTo(db: Kysely<Database>): Promise<string | null> {
  const row = await db
    .selectFrom('dicom_settings')
    .innerJoin('pacs', 'pacs.id', 'dicom_settings.value')
    .where('name', '=', SETTING)
    .select('value')
    .executeTakeFirst()
  return row?.value ?? null
}

export async function setSendTo(trx: Transaction<Database>, pacs: string | null, actor: string): Promise<void> {
  const to = pacs === null ? null : await nameOf(trx, pacs)
  await trx.deleteFrom('dicom_settings').where('name', '=', SETTING).execute()
  if (pacs !== null) await trx.insertInto('dicom_settings').values({ name: SETTING, value: pacs }).execute()
  const entry = { actor, act: 'sending.set', subject: 'department', detail: { to } }
  await appendAudit(trx, timeNow(), [entry])
}

/** Puts a signed case in the queue, where the department has chosen a PACS and nobody has still to read it. */
export async function sendSigned(trx: Transaction<Database>, caseId: string, by: string): Promise<void> {
  const pacs = await sendTo(trx)
  if (pacs === null) return
  const found = await trx
    .selectFrom('cases')
    .innerJoin('case_dicom', 'case_dicom.case_id', 'cases.id')
    .where('cases.id', '=', caseId)
    .where('state', '=', 'signed')
    .where('second', 'not in', UNSETTLED as never[])
    .select('cases.id')
    .executeTakeFirst()
  if (found) await queue(trx, { caseId, pacs, by, why: 'signed' })
}

export async function askToSend(
  trx: Transaction<Database>,
  asked: { caseId: string; pacs: string; by: string },
): Promise<number> {
  const { caseId, pacs, by } = asked
  const id = await queue(trx, { ...asked, why: 'asked' })
  const detail = { sending: id, pacs: await nameOf(trx, pacs) }
  await appendAudit(trx, timeNow(), [{ actor: by, act: 'case.send-asked', subject: caseId, detail }])
  return id
}

/** What is made of the case when its time comes says how it stands then: earlier ones would say the same. */
async function queue(
  trx: Transaction<Database>,
  { caseId, pacs, by, why }: { caseId: string; pacs: string; by: string; why: SendingReason },
): Promise<number> {
  const at = timeNow()
  await trx
    .updateTable('sendings')
    .set({ state: 'superseded', next_at: null, ended_at: at })
    .where('case_id', '=', caseId)
    .where('pacs', '=', pacs)
    .where('state', 'in', ['waiting', 'failed'])
    .execute()
  const { id } = await trx
    .insertInto('sendings')
    .values({
      ...{ case_id: caseId, pacs, pacs_name: await nameOf(trx, pacs), why, asked_by: by, asked_at: at },
      ...{ state: 'waiting', tries: 0, next_at: at },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function dueSendings(db: Kysely<Database>, now: string, only?: number): Promise<DueSending[]> {
  const waiting = db.selectFrom('sendings').where('state', '=', 'waiting').selectAll().orderBy('id')
  const rows = await (only === undefined
    ? waiting.where('next_at', '<=', now)
    : waiting.where('id', '=', only)
  ).execute()
  return rows.map((row) => ({
    ...{ id: row.id, caseId: row.case_id, pacs: row.pacs, pacsName: row.pacs_name, by: row.asked_by, why: row.why },
    ...{ askedAt: row.asked_at, tries: row.tries },
  }))
}

export async function nextSending(db: Kysely<Database>): Promise<string | null> {
  const row = await db
    .selectFrom('sendings')
    .where('state', '=', 'waiting')
    .select((eb) => eb.fn.min('next_at').as('at'))
    .executeTakeFirst()
  return row?.at ?? null
}

/** That it arrived is true also where it was superseded or given up meanwhile. */
export async function sent(trx: Transaction<Database>, ...[id, objects]: Parameters<SendingStore['sent']>) {
  const row = await rowOf(trx, id)
  const at = timeNow()
  const tries = row.tries + 1
  await trx
    .updateTable('sendings')
    .set({ state: 'sent', tries, next_at: null, error_code: null, error_details: null, ended_at: at })
    .where('id', '=', id)
    .execute()
  const detail = { sending: id, pacs: row.pacs_name, by: row.asked_by, objects, tries }
  await appendAudit(trx, at, [{ actor: actorOf(row), act: 'case.sent', subject: row.case_id, detail }])
}

/** The first failure is on record, and the last; those between them are no news. */
export async function sendingFailed(
  trx: Transaction<Database>,
  { id, code, details, nextAt }: FailedTry,
): Promise<void> {
  const row = await rowOf(trx, id)
  if (row.state !== 'waiting') return
  const at = timeNow()
  const tries = row.tries + 1
  await trx
    .updateTable('sendings')
    .set({
      ...{ state: nextAt === null ? 'failed' : 'waiting', tries, next_at: nextAt, error_code: code },
      ...{ error_details: JSON.stringify(details), ended_at: nextAt === null ? at : null },
    })
    .where('id', '=', id)
    .execute()
  if (tries > 1 && nextAt !== null) return
  const detail = { sending: id, pacs: row.pacs_name, by: row.asked_by, code, tries, again: nextAt !== null }
  await appendAudit(trx, at, [{ actor: actorOf(row), act: 'case.send-failed', subject: row.case_id, detail }])
}

export async function retrySending(trx: Transaction<Database>, id: number, actor: string): Promise<void> {
  const row = await openRow(trx, id)
  const at = timeNow()
  await trx
    .updateTable('sendings')
    .set({ state: 'waiting', next_at: at, ended_at: null })
    .where('id', '=', id)
    .execute()
  const detail = { sending: id, pacs: row.pacs_name }
  await appendAudit(trx, at, [{ actor, act: 'case.send-asked', subject: row.case_id, detail }])
}

export async function giveUpSending(trx: Transaction<Database>, id: number, actor: string): Promise<void> {
  const row = await openRow(trx, id)
  const at = timeNow()
  await trx
    .updateTable('sendings')
    .set({ state: 'given-up', next_at: null, ended_at: at })
    .where('id', '=', id)
    .execute()
  const detail = { sending: id, pacs: row.pacs_name }
  await appendAudit(trx, at, [{ actor, act: 'case.send-given-up', subject: row.case_id, detail }])
}

/** Nothing of a case that was erased is sent any more, and nothing is told of why it could not be. */
export async function endSendings(trx: Transaction<Database>, caseId: string): Promise<void> {
  const ofCase = trx.updateTable('sendings').where('case_id', '=', caseId)
  await ofCase.set({ error_details: null }).execute()
  await ofCase
    .set({ state: 'given-up', next_at: null, ended_at: timeNow() })
    .where('state', 'in', ['waiting', 'failed'])
    .execute()
}

/** For a record that was made of another one, which sends what there is to send. */
export async function switchSendingOff(trx: Transaction<Database>, actor: string): Promise<void> {
  if ((await sendTo(trx)) !== null) await setSendTo(trx, null, actor)
  const waiting = await trx.selectFrom('sendings').where('state', '=', 'waiting').select('id').execute()
  for (const { id } of waiting) await giveUpSending(trx, id, actor)
}

export async function sendingsOf(db: Kysely<Database>, caseId: string): Promise<Sending[]> {
  const rows = await db.selectFrom('sendings').where('case_id', '=', caseId).selectAll().orderBy('id', 'desc').execute()
  return rows.map(toSending)
}

const failing = (db: Kysely<Database>) =>
  db
    .selectFrom('sendings')
    .where((eb) =>
      eb.or([eb('state', '=', 'failed'), eb.and([eb('state', '=', 'waiting'), eb('error_code', 'is not', null)])]),
    )

export async function failingSendings(db: Kysely<Database>, limit: number): Promise<Sending[]> {
  return (await failing(db).selectAll().orderBy('id', 'desc').limit(limit).execute()).map(toSending)
}

export async function sendingCounts(db: Kysely<Database>): Promise<SendingCounts> {
  const count = { waiting: 0, failing: 0 }
  const waiting = db.selectFrom('sendings').where('state', '=', 'waiting')
  const [all, bad] = await Promise.all(
    [waiting, failing(db)].map((some) => some.select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirst()),
  )
  return { waiting: all?.n ?? count.waiting, failing: bad?.n ?? count.failing }
}

function toSending(row: SendingRow): Sending {
  return {
    ...{ id: row.id, caseId: row.case_id, pacsName: row.pacs_name, state: row.state, why: row.why, by: row.asked_by },
    ...{ askedAt: row.asked_at, tries: row.tries, nextAt: row.next_at, endedAt: row.ended_at },
    failure: toFailure(row),
  }
}

/** What goes by itself, Gyrus does. */
const actorOf = ({ why, asked_by }: SendingRow) => (why === 'signed' ? 'gyrus' : asked_by)

/** @throws GyrusError `sending-unknown` */
async function openRow(trx: Transaction<Database>, id: number): Promise<SendingRow> {
  const row = await rowOf(trx, id)
  if (row.state !== 'waiting' && row.state !== 'failed') throw new GyrusError('sending-unknown')
  return row
}

/** @throws GyrusError `sending-unknown` */
async function rowOf(trx: Transaction<Database>, id: number): Promise<SendingRow> {
  const row = await trx.selectFrom('sendings').where('id', '=', id).selectAll().executeTakeFirst()
  if (!row) throw new GyrusError('sending-unknown')
  return row
}

/** @throws GyrusError `pacs-unknown` */
async function nameOf(db: Kysely<Database>, pacs: string): Promise<string> {
  const known = (await allPacs(db)).find(({ id }) => id === pacs)
  if (!known) throw new GyrusError('pacs-unknown')
  return known.settings.name
}
