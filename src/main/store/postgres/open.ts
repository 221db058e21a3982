import {
  CompiledQuery,
  type DatabaseConnection,
  HandleEmptyInListsPlugin,
  Kysely,
  replaceWithNoncontingentExpression,
  sql,
} from 'kysely'
import { type MigrationProvider, Migrator } from 'kysely/migration'
import { followClock } from '../../../shared/clock.ts'
import { reasonOf } from '../../../shared/connection-reasons.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { DepartmentDialect } from '../dialect/postgres.ts'
import { asStoreError } from '../errors.ts'
import type { Database } from '../schema.ts'
import { DEPARTMENT_MIGRATIONS } from './migrations.ts'
import { type DatabaseUrl, openPool, SCHEMA } from './pool.ts'

/** Needed for collations of words and for what SQLite and PostgreSQL both know. */
const OLDEST = 150_000

const provider: MigrationProvider = { getMigrations: async () => DEPARTMENT_MIGRATIONS }

/**
 * Opens the department's record and, where whoever opens it owns its schema, brings it to the newest one. Two that do so at
 * once wait for each other.
 *
 * @throws GyrusError `database-unreachable`, `database-refused`, `database-unsuitable`, `database-older`, `database-newer`
 */
export async function openDepartment(url: DatabaseUrl): Promise<Kysely<Database>> {
  const db = connect(url)
  try {
    await refuseUnsuitable(db)
    await bringUp(db)
    return db
  } catch (error) {
    await db.destroy()
    throw isForbidden(error) ? new GyrusError('database-refused', { reason: reasonOf(FORBIDDEN) }) : asStoreError(error)
  }
}

/** What PostgreSQL says to a role that was given no rights (rights.ts). */
const FORBIDDEN = '42501'
const isForbidden = (error: unknown) => error instanceof Error && 'code' in error && error.code === FORBIDDEN

/** Opens it as it is, for single transactions beside others. @throws GyrusError as `openDepartment` */
export async function openDepartmentBeside(url: DatabaseUrl): Promise<Kysely<Database>> {
  const db = connect(url)
  try {
    if ((await standing(db)) !== 'newest') throw new GyrusError('database-older')
    return db
  } catch (error) {
    await db.destroy()
    throw asStoreError(error)
  }
}

export function connect(url: DatabaseUrl): Kysely<Database> {
  return new Kysely<Database>({
    dialect: new DepartmentDialect({ pool: openPool(url), onCreateConnection: followItsClock }),
    // SQLite takes a list of nothing.
    plugins: [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })],
  })
}

/** All workstations tell the time by the database's clock, whatever their own says. */
async function followItsClock(connection: DatabaseConnection): Promise<void> {
  const asked = Date.now()
  const { rows } = await connection.executeQuery<{ at: number }>(
    CompiledQuery.raw('select (extract(epoch from clock_timestamp()) * 1000)::double precision as at'),
  )
  const answered = Date.now()
  followClock((rows[0]?.at ?? answered) - (asked + answered) / 2)
}

/** @returns the version of PostgreSQL, as it is called @throws GyrusError `database-unsuitable` */
export async function refuseUnsuitable(db: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{ version: number; called: string; encoding: string; icu: number }>`
    select current_setting('server_version_num')::int as version, current_setting('server_version') as called,
      current_setting('server_encoding') as encoding,
      exists (select 1 from pg_collation where collname = 'und-x-icu') as icu`.execute(db)
  const [found] = rows
  if (!found || found.version < OLDEST)
    throw new GyrusError('database-unsuitable', { reason: `PostgreSQL ${found?.version ?? '?'}` })
  if (found.encoding !== 'UTF8') throw new GyrusError('database-unsuitable', { reason: found.encoding })
  if (found.icu !== 1) throw new GyrusError('database-unsuitable', { reason: 'ICU' })
  return found.called
}

/** A workstation's own role must not change the schema: there, whoever owns it has to come first. */
async function bringUp(db: Kysely<Database>): Promise<void> {
  const found = await standing(db)
  if (found === 'newest') return
  // In a transaction, for which others wait: two that make it at once, one of them fails.
  const make = sql`create schema if not exists ${sql.id(SCHEMA)}`
  if (found === 'none') await db.transaction().execute((trx) => make.execute(trx))
  else if (!(await ownsSchema(db))) throw new GyrusError('database-older')
  const { error } = await new Migrator({ db, provider, migrationTableSchema: SCHEMA }).migrateToLatest()
  if (error) throw error
}

async function ownsSchema(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{ owns: number }>`
    select pg_has_role(nspowner, 'member') as owns from pg_namespace where nspname = ${SCHEMA}`.execute(db)
  return rows[0]?.owns === 1
}

/** @throws GyrusError `database-newer` where a newer Gyrus has been there */
export async function standing(db: Kysely<Database>): Promise<'none' | 'older' | 'newest'> {
  const { rows: there } = await sql<{ name: string | null }>`
    select to_regclass(${`${SCHEMA}.kysely_migration`})::text as name`.execute(db)
  if (!there[0]?.name) return 'none'
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(`${SCHEMA}.kysely_migration`)}`.execute(db)
  const known = Object.keys(DEPARTMENT_MIGRATIONS)
  const unknown = rows.filter(({ name }) => !known.includes(name)).length
  if (unknown > 0) throw new GyrusError('database-newer', { found: known.length + unknown, known: known.length })
  return rows.length === known.length ? 'newest' : 'older'
}
