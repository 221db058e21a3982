import { type Kysely, sql } from 'kysely'
import { days } from './dialect/words.ts'
import type { Database } from './schema.ts'

const DAY_MS = 86_400_000
/** Longer than any department is closed, ms: where the trail is silent for so long, the clock may have been set. */
const FAR_MS = 30 * DAY_MS

/** Where the clock went on by more than can be believed unasked. */
export interface ClockJump {
  before: string
  after: string
}

/**
 * The newest place behind entry `since` at which the trail’s times go on by more than 30 days, now among them. A jump to a
 * time that is still to come is none: the clock was set back since.
 */
export async function findJump(db: Kysely<Database>, since: number, now: string): Promise<ClockJump | null> {
  const last = await db.selectFrom('audit').select('at').orderBy('seq', 'desc').limit(1).executeTakeFirst()
  if (last && isFar(last.at, now)) return { before: last.at, after: now }
  const { rows } = await sql<ClockJump>`
    select before, at as after from
      (select seq, at, lag(at) over (order by seq) as before from audit where seq >= ${since}) as told
    where ${days(sql`at`)} - ${days(sql`before`)} > ${FAR_MS / DAY_MS} and at <= ${now} order by seq desc limit 1`.execute(
    db,
  )
  return rows[0] ?? null
}

const isFar = (before: string, after: string) => Date.parse(after) - Date.parse(before) > FAR_MS

/** Entries `from` to before `until` were written under a clock that was wrong: it was at least `atLeast` by then. */
export interface WrongTime {
  from: number
  until: number
  atLeast: string
}

/**
 * Where the clock was set back by more than a day and later put right by a jump, e.g. with a flat battery: what was done in
 * between bears a date that is too old. A clock that was set back from a time to come is caught up with, without a jump.
 */
export async function wrongTimes(db: Kysely<Database>): Promise<WrongTime[]> {
  const setBack = await db
    .selectFrom('audit')
    .where('act', '=', 'clock.set-back')
    .select(['seq', 'detail'])
    .orderBy('seq')
    .execute()
  const found: WrongTime[] = []
  for (const { seq, detail } of setBack) {
    const { before, now } = JSON.parse(detail) as { before: string; now: string }
    if (Date.parse(before) - Date.parse(now) <= DAY_MS) continue
    const right = await db
      .selectFrom('audit')
      .where('seq', '>', seq)
      .where('at', '>=', before)
      .select(['seq', 'at'])
      .orderBy('seq')
      .limit(1)
      .executeTakeFirst()
    if (right && (await jumpsTo(db, right))) found.push({ from: seq, until: right.seq, atLeast: before })
  }
  return found
}

async function jumpsTo(db: Kysely<Database>, { seq, at }: { seq: number; at: string }): Promise<boolean> {
  const before = await db
    .selectFrom('audit')
    .where('seq', '=', seq - 1)
    .select('at')
    .executeTakeFirst()
  return before !== undefined && Date.parse(at) - Date.parse(before.at) > DAY_MS
}
