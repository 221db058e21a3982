import { type Kysely, sql, type Transaction } from 'kysely'
import { timeNow } from '../../shared/clock.ts'
import { NO_RULES, type RetentionRules, type RetentionRun } from '../../shared/retention.ts'
import { type AuditDetail, appendAudit } from './audit.ts'
import type { CaseShape, Dated, RetentionSettings, RuleRemoval } from './care-types.ts'
import { findCase } from './case-detail.ts'
import { type WrongTime, wrongTimes } from './clock.ts'
import { erasedScans, refuseErased } from './erasures.ts'
import { heldAmong, refuseHeld } from './holds.ts'
import type { Database } from './schema.ts'

/**
 * Cases that came before `before`, of those that can go (not erased, nothing under way), behind `after` in the order of
 * their ids, each with the time from which its age counts: its last signature, else its last verdict (of a slice, those
 * of its series), else its arrival.
 * Where the clock was wrong then, it is at least what the trail knew of the time.
 */
export async function datedCases(
  db: Kysely<Database>,
  { before, after, limit }: { before: string; after: string; limit: number },
): Promise<Dated[]> {
  const { rows } = await sql<CaseShape>`
    select id, sha256, signed, removed, coalesce(
      (select at from signatures where id = d.signature),
      (select created_at from verdicts where id = d.verdict), received) as at,
      case when d.signature is not null then 'signatures' when d.verdict is not null then 'verdicts' else 'cases' end as kind,
      cast(coalesce(d.signature, d.verdict, id) as text) as key
    from (select c.id, c.scan_sha256 as sha256, whole.state = 'signed' as signed, c.received_at as received,
        (select max(id) from signatures where case_id = whole.id) as signature,
        (select max(id) from verdicts where case_id = whole.id) as verdict,
        exists (select 1 from image_removals where case_id = c.id) as removed
      from cases as c join cases as whole
        on whole.id = coalesce((select series_id from slices where case_id = c.id and listed = 0), c.id) where c.id > ${after} and c.received_at < ${before} and c.state != 'received'
        and not exists (select 1 from erasures where case_id = c.id)
      order by c.id limit ${limit}) as d order by id`.execute(db)
  const ids = rows.map(({ id }) => id)
  const held = new Set(await heldAmong(db, ids))
  const wrong = ids.length > 0 ? await wrongTimes(db) : []
  const dated: Dated[] = []
  for (const row of rows) {
    const { id, sha256, signed, removed } = row
    const at = wrong.length === 0 ? row.at : await atLeast(db, row, wrong)
    dated.push({ id, at, signed: signed === 1, held: held.has(id), sha256: removed === 1 ? null : sha256 })
  }
  return dated
}

/** Where the entry of what a case is dated by was written under a wrong clock, what the trail knew of the time by then. */
async function atLeast(db: Kysely<Database>, { kind, key, at }: CaseShape, wrong: WrongTime[]): Promise<string> {
  const binding = await db
    .selectFrom('audit_bindings')
    .where('kind', '=', kind)
    .where('key', '=', key)
    .select('seq')
    .executeTakeFirst()
  const seq = binding?.seq ?? 0
  const within = wrong.filter(({ from, until }) => from < seq && seq < until)
  return within.reduce((latest, { atLeast }) => (atLeast > latest ? atLeast : latest), at)
}

/** Bytes of a stored file, and the cases that need it: not erased, and not without their image. */
export async function needsOf(db: Kysely<Database>, sha256: string): Promise<{ bytes: number; caseIds: string[] }> {
  const scan = await db.selectFrom('scans').where('sha256', '=', sha256).select('bytes').executeTakeFirst()
  const cases = await db
    .selectFrom('cases')
    .where('scan_sha256', '=', sha256)
    .where('id', 'not in', (eb) => eb.selectFrom('erasures').select('case_id'))
    .where('id', 'not in', (eb) => eb.selectFrom('image_removals').select('case_id'))
    .select('id')
    .execute()
  return { bytes: scan?.bytes ?? 0, caseIds: cases.map(({ id }) => id) }
}

/**
 * Puts a tombstone on the images of cases that stay, each with an entry that names the rule. The copies are the caller's.
 *
 * @returns scans that no case needs any more
 */
export async function removeImages(
  trx: Transaction<Database>,
  { caseIds, by, rule }: RuleRemoval,
): Promise<{ scans: string[] }> {
  const at = timeNow()
  const scans = new Set<string>()
  for (const id of caseIds) {
    const found = await findCase(trx, id)
    await refuseErased(trx, id)
    await refuseHeld(trx, id)
    const row = await trx
      .insertInto('image_removals')
      .values({ case_id: id, removed_at: at, removed_by: by, rule })
      .returningAll()
      .executeTakeFirstOrThrow()
    const binds = [{ kind: 'image_removals' as const, row }]
    await appendAudit(trx, at, [{ actor: by, act: 'case.image-removed', subject: id, detail: { rule }, binds }])
    if (found.scan_sha256 !== null) scans.add(found.scan_sha256)
  }
  return { scans: await erasedScans(trx, [...scans]) }
}

export async function imageRemoval(db: Kysely<Database>, caseId: string): Promise<{ at: string; rule: string } | null> {
  const row = await db
    .selectFrom('image_removals')
    .where('case_id', '=', caseId)
    .select(['removed_at as at', 'rule'])
    .executeTakeFirst()
  return row ?? null
}

export async function retentionSettings(db: Kysely<Database>): Promise<RetentionSettings> {
  const rows = await db.selectFrom('retention_settings').selectAll().execute()
  const get = (name: string) => rows.find((row) => row.name === name)?.value
  const { setAt = null, ...rules } = JSON.parse(get('rules') ?? '{}') as Partial<RetentionRules> & { setAt?: string }
  const last = get('last')
  return {
    rules: { ...NO_RULES, ...rules },
    setAt,
    last: last === undefined ? null : (JSON.parse(last) as RetentionRun),
    clockSeq: Number(get('clock') ?? 0),
  }
}

export async function setRetention(trx: Transaction<Database>, rules: RetentionRules, by: string): Promise<void> {
  const at = timeNow()
  await set(trx, 'rules', JSON.stringify({ ...rules, setAt: at }))
  await log(trx, at, by, 'retention.rules-set', { ...rules })
}

/** Logs a run that came to its end, and that the trail’s times were looked at up to here. */
export async function logRetention(trx: Transaction<Database>, run: RetentionRun, by: string): Promise<void> {
  await set(trx, 'last', JSON.stringify(run))
  const { at: _, ...detail } = run
  if (run.cases + run.images > 0) await log(trx, run.at, by, 'retention.run', detail)
  await markClock(trx)
}

/** An administrator says that the time is right now, although the clock went on far. */
export async function confirmClock(
  trx: Transaction<Database>,
  jump: { before: string; after: string },
  by: string,
): Promise<void> {
  await log(trx, timeNow(), by, 'retention.clock-confirmed', { ...jump })
  await markClock(trx)
}

async function markClock(trx: Transaction<Database>): Promise<void> {
  const last = await trx.selectFrom('audit').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst()
  await set(trx, 'clock', String(last?.seq ?? 0))
}

const log = (trx: Transaction<Database>, at: string, actor: string, act: string, detail: AuditDetail) =>
  appendAudit(trx, at, [{ actor, act, subject: 'retention', detail }])

async function set(trx: Transaction<Database>, name: 'rules' | 'clock' | 'last', value: string): Promise<void> {
  await trx
    .insertInto('retention_settings')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}
