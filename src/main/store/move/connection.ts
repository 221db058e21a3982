import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely, type PostgresPool } from 'kysely'
import pg from 'pg'
import { GyrusError } from '../../../shared/errors.ts'
import { DepartmentDialect, OneWriter, RECORD_LOCK } from '../dialect/postgres.ts'
import { asStoreError } from '../errors.ts'
import { APPLICATIONS, connectionOf, type DatabaseUrl, SCHEMA } from '../postgres/pool.ts'
import type { Database } from '../schema.ts'

/** How long one waits for workstations that were just closed, ms. */
const PATIENCE_MS = 2_000

/**
 * Works in one transaction of a department's database, while nobody else writes to the record. What `work` throws takes
 * all of it back, and so does a kill.
 *
 * @param how `read only` sees all of one moment
 * @throws GyrusError `database-unreachable`, `database-locked` and what else the server says
 */
export async function inDepartment<T>(
  url: DatabaseUrl,
  how: 'read write' | 'read only',
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ ...connectionOf(url), application_name: 'gyrus-move' })
  // It is told by the statement that is under way, or by the next one.
  client.on('error', () => undefined)
  try {
    await client.connect()
    // Before the transaction, which sees what was there when it began.
    await client.query(`select pg_advisory_lock(${RECORD_LOCK})`)
    await client.query(`start transaction isolation level repeatable read ${how}`)
    const done = await work(client)
    await client.query('commit')
    return done
  } catch (error) {
    throw asStoreError(error)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** @throws GyrusError `department-owner` where the tables are those of another role */
export async function refuseOthers(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ owns: number }>(
    `select coalesce(bool_and(pg_has_role(relowner, 'member')), true) as owns from pg_class
     where relnamespace = '${SCHEMA}'::regnamespace and relkind = 'r'`,
  )
  if (rows[0]?.owns !== 1) throw new GyrusError('department-owner')
}

/** @throws GyrusError `department-in-use` while workstations are connected */
export async function refuseAtWork(client: pg.ClientBase): Promise<void> {
  const giveUpAt = Date.now() + PATIENCE_MS
  for (;;) {
    const { rows } = await client.query<{ n: number }>(
      `select count(*) as n from pg_stat_get_activity(null) where application_name = any ($1)
       and datid = (select oid from pg_database where datname = current_database())`,
      [APPLICATIONS],
    )
    const n = rows[0]?.n ?? 0
    if (n === 0) return
    if (Date.now() > giveUpAt) throw new GyrusError('department-in-use', { connections: n })
    await sleep(100)
  }
}

/** The record as the store reads and writes it, within the transaction of a connection. */
export function withinTransaction(client: pg.Client): Kysely<Database> {
  const query = client.query.bind(client)
  const held = { query, release: () => undefined }
  const pool: PostgresPool = { options: {}, connect: async () => held, end: async () => undefined }
  return new Kysely<Database>({ dialect: new HeldDialect({ pool }) })
}

class HeldDialect extends DepartmentDialect {
  override createDriver(): OneWriter {
    return new HeldDriver(this.config)
  }
}

/** A transaction is under way already; what fails in it is taken back with all of it. */
class HeldDriver extends OneWriter {
  override beginTransaction = nothing
  override commitTransaction = nothing
  override rollbackTransaction = nothing
}

async function nothing(): Promise<void> {
  return undefined
}
