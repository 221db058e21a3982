import type SQLite from 'better-sqlite3'
import type { AuditBreak } from '../../../shared/audit.ts'
import { textsOf as textsBefore } from '../migrations/0014-search-and-salt.ts'
import { ranks as firstRanks } from '../migrations/0032-urgency.ts'
import { ranks as ranksBefore, textsOf } from '../migrations/0038-work-list.ts'
import { ranks } from '../migrations/0039-edited-last.ts'
import { breakBeside } from './break.ts'

/** By the rules that the record was brought to; one of an older Gyrus that was only opened for reading keeps by those of its time. */
function rulesOf(sqlite: SQLite.Database) {
  const done = sqlite.prepare('select name from kysely_migration').pluck().all()
  if (!done.includes('0038-work-list')) return { textsOf: textsBefore, ranks: firstRanks }
  return { textsOf, ranks: done.includes('0039-edited-last') ? ranks : ranksBefore }
}

/** The texts that the search is made of are those of the cases. */
export function otherText(sqlite: SQLite.Database): AuditBreak | null {
  const rules = rulesOf(sqlite)
  const differs = sqlite.prepare(`
    select case_id from case_texts as kept
    where (kept.patient, kept.text) is not (select t.patient, t.text from (${rules.textsOf('where c.id = kept.case_id')}) as t)
    union all
    select id from cases where not exists (select 1 from case_texts where case_id = cases.id)
    limit 1`)
  const id = differs.pluck().get()
  return id === undefined ? null : breakBeside('search-differs', `cases/${id}`)
}

/** The order of the work list is that of its rule. */
export function otherOrder(sqlite: SQLite.Database): AuditBreak | null {
  const { urgency, waited } = rulesOf(sqlite).ranks('cases')
  const id = sqlite
    .prepare(`select id from cases not indexed where urgency is not (${urgency}) or waited is not (${waited}) limit 1`)
    .pluck()
    .get()
  return id === undefined ? null : breakBeside('copy-differs', `cases/${id}`)
}

const COUNTED = 'source, state, label, model_id, verdict, reader, second'

/** The counts of the work list are the numbers of its cases. */
export function otherCount(sqlite: SQLite.Database): AuditBreak | null {
  const kept = `select ${COUNTED}, n from case_counts where n != 0`
  const counted = `select ${COUNTED}, count(*) from cases not indexed where dismissed_at is null group by ${COUNTED}`
  const differs = sqlite.prepare(
    `select * from (select * from (${kept}) except select * from (${counted}))
     union all select * from (select * from (${counted}) except select * from (${kept})) limit 1`,
  )
  const row = differs.raw().get() as unknown[] | undefined
  if (row === undefined) return null
  const values = row.slice(0, -1).filter((value) => value !== '')
  return breakBeside('count-differs', `case_counts/${values.join('@')}`)
}

const COUNTERS = {
  files: 'count(*)',
  analysed: `sum(state in ('analysed', 'reviewed', 'signed'))`,
  failed: `sum(state = 'failed')`,
  skipped: `sum(state = 'skipped')`,
}

/** The totals of a batch are the numbers of its files. */
export function otherBatchCount(sqlite: SQLite.Database): AuditBreak | null {
  const counted = Object.entries(COUNTERS).map(([name, counts]) => `${counts} as ${name}`)
  const differs = Object.keys(COUNTERS).map((name) => `batches.${name} is not coalesce(counted.${name}, 0)`)
  const id = sqlite
    .prepare(
      `select id from batches left join
         (select batch_id, ${counted.join(', ')} from batch_files not indexed group by batch_id) as counted
         on counted.batch_id = batches.id
       where ${differs.join(' or ')} limit 1`,
    )
    .pluck()
    .get()
  return id === undefined ? null : breakBeside('count-differs', `batches/${id}`)
}
