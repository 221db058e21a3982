import { type Kysely, sql } from 'kysely'

/** Each key of a guarded table, as a condition on the row that has the one of the new row. */
const FIRST = 'case_id = new.case_id and supersedes is null and new.supersedes is null'
const KEYS: Record<string, string[]> = {
  audit: ['seq = new.seq', 'hash = new.hash'],
  results: ['id = new.id', 'supersedes = new.supersedes', FIRST],
  verdicts: ['id = new.id', 'supersedes = new.supersedes'],
  failures: ['id = new.id'],
  signatures: ['id = new.id', 'verdict_id = new.verdict_id', 'supersedes = new.supersedes', FIRST],
  impressions: ['id = new.id', 'result_id = new.result_id and reader = new.reader'],
  second_marks: ['id = new.id', 'case_id = new.case_id'],
  second_readings: ['id = new.id', 'case_id = new.case_id'],
  adjudications: ['id = new.id', 'case_id = new.case_id', 'verdict_id = new.verdict_id'],
  erasures: ['id = new.id', 'case_id = new.case_id'],
  image_removals: ['id = new.id', 'case_id = new.case_id'],
  legal_holds: ['id = new.id', 'lifts = new.lifts'],
  case_views: ['id = new.id'],
  datasets: ['name = new.name and version = new.version'],
  model_activations: ['id = new.id', 'coalesce(supersedes, 0) = coalesce(new.supersedes, 0)'],
  accounts: ['name = new.name', 'name_key = new.name_key'],
  account_tokens: ['id = new.id', 'sha256 = new.sha256'],
}

/** Refused tokens: how many are on record in a row, when the last one was, and how many were not written down since. */
async function countRefusals(db: Kysely<unknown>): Promise<void> {
  for (const table of ['account_tokens', 'account_settings']) {
    for (const name of ['refusals', 'refused_at', 'unlogged']) {
      await db.schema
        .alterTable(table)
        .addColumn(name, 'integer', (column) => column.notNull().defaultTo(0))
        .execute()
    }
  }
}

/**
 * `insert or replace` takes rows out without asking the triggers that forbid to delete (SQLite asks them only where a
 * connection has `recursive_triggers` on). A row whose key is there already is refused before that.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await countRefusals(db)
  for (const [table, keys] of Object.entries(KEYS)) {
    const taken = keys.map((key) => `exists (select 1 from ${table} where ${key})`).join(' or ')
    await sql
      .raw(
        `create trigger ${table}_no_replace before insert on ${table} when ${taken}
         begin select raise(abort, '${table} is append-only: this key is taken'); end`,
      )
      .execute(db)
  }
}
