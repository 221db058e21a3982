import { type Kysely, sql } from 'kysely'

/** How far pictures were from those that their model learned from; answers from before, and of models that cannot tell, have none. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('input_statistics').addColumn('distance', 'real').execute()
  // The first ones of a model are looked for, and there may be none among many.
  await sql`create index input_statistics_distance on input_statistics (result_id) where distance is not null`.execute(
    db,
  )
}
