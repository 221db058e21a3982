import { chmodSync } from 'node:fs'
import { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { GyrusError } from '../../shared/errors.ts'
import { StoreDialect } from './dialect/sqlite.ts'
import { asStoreError, whileLocked } from './errors.ts'
import { MIGRATIONS } from './migrations/index.ts'
import type { Database } from './schema.ts'
import { type DatabaseKey, openSqlite } from './sqlite.ts'

/**
 * How long a statement waits for another program's lock, ms. It waits in the core's own thread, so not for long: what
 * is worth waiting for is tried again by `whileLocked`.
 */
const BUSY_MS = 50
/** Pages of the file kept in memory, KiB: what lists of a large record walk over again and again. */
const CACHE_KIB = 64 * 1024

/**
 * Opens the database file and brings it to the newest schema.
 *
 * @throws GyrusError `database-locked`, `database-read-only`, `database-corrupt`, `database-newer`, `disk-full`
 */
export async function openDatabase(file: string, key: DatabaseKey = null): Promise<Kysely<Database>> {
  try {
    const sqlite = openSqlite(file, { timeout: BUSY_MS }, key)
    sqlite.pragma('journal_mode = WAL')
    sqlite.pragma(`cache_size = -${CACHE_KIB}`)
    sqlite.pragma('synchronous = FULL')
    sqlite.pragma('foreign_keys = ON')
    // What an erasure empties must not stay in the free parts of the file.
    sqlite.pragma('secure_delete = ON')
    const db = new Kysely<Database>({ dialect: new StoreDialect(sqlite) })
    // A file that cannot be written opens without complaint; better to know now than with the first case.
    await whileLocked(async () => void sqlite.exec('begin immediate; create table try_to_write (x); rollback'))
    // Its companions (-wal, -shm) take its rights over.
    chmodSync(file, 0o600)
    await whileLocked(() => migrate(db))
    return db
  } catch (error) {
    throw asStoreError(error)
  }
}

/**
 * Opens the database of a running Gyrus of the same schema, for single transactions.
 *
 * @throws GyrusError as `openDatabase`; `database-newer` also where the schema is an older one
 */
export async function openDatabaseBeside(file: string, key: DatabaseKey = null): Promise<Kysely<Database>> {
  try {
    const sqlite = openSqlite(file, { timeout: BUSY_MS, fileMustExist: true }, key)
    sqlite.pragma('synchronous = FULL')
    sqlite.pragma('foreign_keys = ON')
    const db = new Kysely<Database>({ dialect: new StoreDialect(sqlite) })
    const known = Object.keys(MIGRATIONS).length
    const found = await whileLocked(() => countMigrations(db))
    if (found !== known) throw new GyrusError('database-newer', { found, known })
    return db
  } catch (error) {
    throw asStoreError(error)
  }
}

/** Opens an existing database for reading only; works beside a running Gyrus. */
export function openDatabaseForReading(file: string, key: DatabaseKey = null): Kysely<Database> {
  try {
    const sqlite = openSqlite(file, { timeout: BUSY_MS, readonly: true, fileMustExist: true }, key)
    return new Kysely<Database>({ dialect: new StoreDialect(sqlite) })
  } catch (error) {
    throw asStoreError(error)
  }
}

async function migrate(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  const unknown = await unknownMigrations(db)
  if (unknown > 0) {
    const known = Object.keys(MIGRATIONS).length
    throw new GyrusError('database-newer', { found: known + unknown, known })
  }
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}

/** Migrations that were run on this database and that this Gyrus does not have. */
async function unknownMigrations(db: Kysely<Database>): Promise<number> {
  return (await namesOfMigrations(db)).filter((name) => !(name in MIGRATIONS)).length
}

const countMigrations = async (db: Kysely<Database>) => (await namesOfMigrations(db)).length

async function namesOfMigrations(db: Kysely<Database>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === 'kysely_migration')) return []
  const rows = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .execute()
  return rows.map(({ name }) => name)
}
