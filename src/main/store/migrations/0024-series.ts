import { type Kysely, sql } from 'kysely'

/** Cases that are stacks of other cases, and those that are their slices. Neither table tells of a patient. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('series')
    .addColumn('case_id', 'text', (column) => column.primaryKey().references('cases.id'))
    .addColumn('standing', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('slices')
    .addColumn('case_id', 'text', (column) => column.primaryKey().references('cases.id'))
    .addColumn('series_id', 'text', (column) => column.notNull().references('series.case_id'))
    .addColumn('joined_at', 'text', (column) => column.notNull())
    .addColumn('listed', 'integer', (column) => column.notNull())
    .addColumn('place', 'integer', (column) => column.notNull())
    .addColumn('mm', 'real')
    .addColumn('scope', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('slices_by_series').on('slices').columns(['series_id', 'place']).execute()
  await forbid(db, 'slices', 'update', 'new.series_id != old.series_id or new.joined_at != old.joined_at')
  for (const table of ['slices', 'series']) {
    await forbid(db, table, 'delete', 'true')
    // As in 0015.
    await forbid(db, table, 'replace', `exists (select 1 from ${table} where case_id = new.case_id)`)
  }
}

/** Where a slice lies may come out anew with each that comes; which series it is of may not. */
async function forbid(db: Kysely<unknown>, table: string, act: 'update' | 'delete' | 'replace', when: string) {
  const [before, why] = act === 'replace' ? ['insert', 'append-only: this key is taken'] : [act, 'append-only']
  await sql
    .raw(
      `create trigger ${table}_no_${act} before ${before} on ${table} when ${when}
       begin select raise(abort, '${table} is ${why}'); end`,
    )
    .execute(db)
}
