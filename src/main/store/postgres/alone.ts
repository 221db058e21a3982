import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { GyrusError } from '../../../shared/errors.ts'
import { RECORD_LOCK } from '../dialect/postgres.ts'
import { asStoreError } from '../errors.ts'
import { APPLICATIONS, connectionOf, type DatabaseUrl, SCHEMA } from './pool.ts'

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
  const client = new pg.Client({ ...connectionOf(url), application_name: 'gyrus-alone' })
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
