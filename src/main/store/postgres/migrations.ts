import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import * as stations from '../migrations/0040-stations.ts'
import { GUARDS_SQL } from './guards.ts'
import { INDEXES_SQL } from './indexes.ts'
import { KEPT_SQL } from './kept.ts'
import { TABLES_SQL } from './tables.ts'

/** What the migrations of SQLite up to 0039 came to, at once: no department had any of them. */
const baseline: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const part of [TABLES_SQL, INDEXES_SQL, KEPT_SQL, GUARDS_SQL]) await sql.raw(part).execute(db)
  },
}

/** Forward only, as those of SQLite (migrations/index.ts), from which later ones are taken by their names. */
export const DEPARTMENT_MIGRATIONS: Record<string, Migration> = {
  '0039-baseline': baseline,
  '0040-stations': stations,
}
