import { type Kysely, sql } from 'kysely'

/**
 * How the picture of a result stands to its model, and which labels cannot be told apart; results from before have
 * neither. What entries of the audit trail bind of a result leaves out what is null, so that theirs still hold.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const name of ['gate', 'gate_reasons', 'answer_set']) {
    await db.schema.alterTable('results').addColumn(name, 'text').execute()
  }
  // Counted by monitoring, and few.
  await sql`create index cases_not_judged on cases (id) where error_code = 'series-not-judged'`.execute(db)
}
