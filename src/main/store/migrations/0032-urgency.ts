import { type Kysely, sql } from 'kysely'

/**
 * Which case comes first. What waits for a reader stands in front of what was read, by a rule that `urgency_settings` has the
 * points of; `waited` is the same by waiting alone. As time passes each case gains alike, so that no order changes by
 * itself, and an index keeps it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('urgency_settings')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'real', (column) => column.notNull())
    .execute()
  for (const name of ['urgency', 'waited']) {
    await db.schema
      .alterTable('cases')
      .addColumn(name, 'real', (column) => column.notNull().defaultTo(0))
      .execute()
  }
  await sql.raw(`update cases set ${ranked('cases')}`).execute(db)
  for (const name of ['urgency', 'waited']) {
    await sql
      .raw(`create index cases_by_${name} on cases (${name}, received_at, id) where dismissed_at is null`)
      .execute(db)
  }
  const rank = `update cases set ${ranked('new')} where id = new.id;`
  await sql.raw(`create trigger cases_rank_added after insert on cases begin ${rank} end`).execute(db)
  await sql
    .raw(
      `create trigger cases_rank_changed after update of state, result_id, label, confidence on cases begin ${rank} end`,
    )
    .execute(db)
}

const points = (name: string, otherwise: number) =>
  `coalesce((select value from urgency_settings where name = '${name}'), ${otherwise})`

/** A case that has no answer counts as one of even odds that nobody can be sure of. */
const answered = (row: string) => `${row}.label in ('glioma', 'meningioma', 'notumor', 'pituitary')`
const tumour = (row: string) =>
  `case when ${answered(row)} then coalesce((select 1 - p_notumor from results where id = ${row}.result_id), 0.5) else 0.5 end`
const unsure = (row: string) => `case when ${answered(row)} then 1 - ${row}.confidence else 1 end`
/** Days from 2000 on: differences of some seconds are still told apart. */
const day = (row: string) => `(julianday(${row}.received_at) - 2451544.5)`

/** What both columns are, as SQL. @param row which row's other columns they are worked out of */
export const ranks = (row: string) => {
  const waits = `${row}.state in ('listed', 'received', 'analysed', 'failed')`
  const urgency = `${points('tumour', 1)} * (${tumour(row)}) + ${points('uncertainty', 0.5)} * (${unsure(row)})
    - ${points('waiting', 0.1)} * ${day(row)}`
  // What was read comes behind, the newest first.
  const read = `${day(row)} - 1000000`
  return {
    urgency: `case when ${waits} then ${urgency} else ${read} end`,
    waited: `case when ${waits} then - ${day(row)} else ${read} end`,
  }
}

/** SQL that sets them. */
export const ranked = (row: string) => {
  const { urgency, waited } = ranks(row)
  return `urgency = ${urgency}, waited = ${waited}`
}
