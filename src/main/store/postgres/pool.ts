import { readFileSync } from 'node:fs'
import pg from 'pg'
import { GyrusError } from '../../../shared/errors.ts'

/** Where the department's database is, as an administrator writes it: `postgres://user:password@host:port/database`. */
export type DatabaseUrl = string

/** Connections of one workstation: one writes at a time, the others read. */
const CONNECTIONS = 6
const CONNECT_MS = 5_000
/** Longer than any statement of ours; one that takes longer waits for somebody who is gone. */
const STATEMENT_MS = 120_000
/** So long a transaction waits for others before it is tried again. */
const LOCK_MS = 10_000
/** A workstation that was stopped in a transaction keeps the others from writing no longer than that. */
const IDLE_MS = 15_000

/** The schema that all of Gyrus is in, so that the database may be shared with others. */
export const SCHEMA = 'gyrus'

/**
 * Settings of each connection. Databases lie on disks without a head that moves: with the four-fold price that PostgreSQL
 * puts on a page elsewhere by itself, it would rather read a whole table than what an index says of it. And what takes
 * milliseconds is not worth the tenths of a second that it takes to compile it.
 */
const SETTINGS = `-c search_path=${SCHEMA} -c random_page_cost=1.1 -c jit=off`

/** What the connections of workstations are called, in the order of those to the record and those to the queue. */
export const APPLICATIONS = ['gyrus', 'gyrus-queue'] as const

/** PostgreSQL's types that are read as SQLite gives them: numbers, and truth as 1 and 0. */
const PARSERS: Record<number, (text: string) => number> = {
  [pg.types.builtins.INT8]: wholeNumber,
  [pg.types.builtins.NUMERIC]: Number,
  [pg.types.builtins.BOOL]: (text) => (text === 't' ? 1 : 0),
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`a number of the database is too large: ${text}`)
  return value
}

/**
 * One that fails on its way in is closed: the server would wait a minute for a password that nobody has, and this process
 * with it.
 */
class PoolClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    this.connection.once('error', () => this.connection.stream.destroy())
  }
}

/**
 * Connections to the department's database, opened when they are needed.
 *
 * TLS is asked for by the address: `sslmode=verify-full` and `sslrootcert=FILE` as PostgreSQL's own programs have them.
 *
 * @param called what the server calls them
 * @throws GyrusError `database-address` where it is none
 */
export function openPool(url: DatabaseUrl, connections = CONNECTIONS, called: string = APPLICATIONS[0]): pg.Pool {
  const pool = new pg.Pool({
    ...connectionOf(url),
    Client: PoolClient,
    application_name: called,
    max: connections,
    statement_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: IDLE_MS,
    // A pool that nobody uses must not keep a command from ending.
    allowExitOnIdle: true,
  })
  // A connection that breaks while nobody uses it; whoever asks next gets another one, or is told.
  pool.on('error', () => undefined)
  // And one that breaks while it is used: the statement that is under way is told, or the next one. Its error event, which may
  // come more than once, would end the process where nobody listens.
  pool.on('connect', (client) => void client.on('error', () => undefined))
  return pool
}

/** A connection of whatever takes its time. @throws GyrusError `database-address` */
export const connectionOf = (url: DatabaseUrl): pg.ClientConfig => ({
  ...addressOf(url),
  connectionTimeoutMillis: CONNECT_MS,
  lock_timeout: LOCK_MS,
  keepAlive: true,
  application_name: APPLICATIONS[0],
  options: SETTINGS,
  types: { getTypeParser: (oid, format) => PARSERS[oid] ?? pg.types.getTypeParser(oid, format) },
})

/** Where a database is, without who signs in there and by what. @throws GyrusError `database-address` */
export function placeOf(url: DatabaseUrl): string {
  const { host, pathname } = parsed(url)
  return `${host}${pathname}`
}

interface Address {
  connectionString: string
  ssl?: { rejectUnauthorized: boolean; ca?: string } | false
}

/**
 * An address as the driver takes it. What `sslmode` asks for is as PostgreSQL's own programs have it: `require` alone
 * takes any certificate.
 *
 * @throws GyrusError `database-address`
 */
export function addressOf(url: DatabaseUrl): Address {
  const address = parsed(url)
  const mode = address.searchParams.get('sslmode')
  const root = address.searchParams.get('sslrootcert')
  for (const name of ['sslmode', 'sslrootcert']) address.searchParams.delete(name)
  const connectionString = address.href
  if (mode === null && root === null) return { connectionString }
  if (mode === 'disable') return { connectionString, ssl: false }
  const ca = root === null ? {} : { ca: certificateIn(root) }
  if (mode === 'require' && root === null) return { connectionString, ssl: { rejectUnauthorized: false } }
  if (mode === null || mode === 'require' || mode === 'verify-full')
    return { connectionString, ssl: { rejectUnauthorized: true, ...ca } }
  throw new GyrusError('database-address', { reason: `sslmode=${mode}` })
}

function parsed(url: DatabaseUrl): URL {
  const address = URL.parse(url)
  if (!address || !['postgres:', 'postgresql:'].includes(address.protocol))
    throw new GyrusError('database-address', { reason: 'it does not begin with postgres://' })
  return address
}

function certificateIn(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new GyrusError('database-address', { reason: 'the file of sslrootcert cannot be read' }, { cause })
  }
}
