import { type Kysely, sql } from 'kysely'

/** Which model was put in force when, by whom, why, and what the gate found. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('model_activations')
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('model_id', 'text', (column) => column.notNull())
    .addColumn('weights_sha256', 'text', (column) => column.notNull())
    .addColumn('manifest_sha256', 'text')
    .addColumn('card_sha256', 'text')
    .addColumn('activated_by', 'text', (column) => column.notNull())
    .addColumn('activated_at', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('gate', 'text', (column) => column.notNull())
    // Unique: each activation is superseded once, so that they are one chain.
    .addColumn('supersedes', 'integer', (column) => column.unique().references('model_activations.id'))
    .addColumn('restores', 'integer', (column) => column.references('model_activations.id'))
    .execute()
  // One of them is the first.
  await sql`create unique index model_activations_first on model_activations (coalesce(supersedes, 0))`.execute(db)
  for (const act of ['update', 'delete']) {
    await sql
      .raw(
        `create trigger model_activations_no_${act} before ${act} on model_activations
         begin select raise(abort, 'model_activations is append-only'); end`,
      )
      .execute(db)
  }
}
