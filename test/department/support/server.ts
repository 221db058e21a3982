import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { type OnEnd, temporaryFolder } from '../../support/cleanup.ts'
import { freePort } from '../../support/free-port.ts'

const run = promisify(execFile)
const PATIENCE_MS = 20_000
const OWNER = 'gyrus'
/** A database with the newest schema and nothing in it. */
export const TEMPLATE = 'gyrus_template'

/** The role that workstations of the store's tests have. */
export const STATION = 'station'

/** The same database as a workstation opens it. */
export const asStation = (url: string): string => url.replace(`${OWNER}@`, `${STATION}@`)

export interface ServerOptions {
  /** The program `postgres`; others of the same version lie beside it. */
  program: string
  /** Settings of the server, as `-c name=value`. */
  settings?: Record<string, string>
}

/** Its own user must not be root: whom Debian's package makes for it, where the tests are root. */
async function whoRuns(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout)
  return { uid: await id('-u'), gid: await id('-g') }
}

/** A PostgreSQL of its own in a folder of its own, on this machine's loopback, gone at the end. */
export class PostgresServer {
  readonly folder: string
  readonly port: number
  readonly #options: ServerOptions
  readonly #user: { uid: number; gid: number } | undefined
  #kill: ((signal: NodeJS.Signals) => Promise<void>) | undefined

  private constructor(
    folder: string,
    port: number,
    options: ServerOptions,
    user: { uid: number; gid: number } | undefined,
  ) {
    this.folder = folder
    this.port = port
    this.#options = options
    this.#user = user
  }

  static async start(options: ServerOptions, onEnd?: OnEnd): Promise<PostgresServer> {
    const folder = temporaryFolder(onEnd)
    const user = await whoRuns()
    if (user) chownSync(folder, user.uid, user.gid)
    const server = new PostgresServer(join(folder, 'data'), await freePort(), options, user)
    const made = ['-D', server.folder, '-U', OWNER, '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']
    await run(join(dirname(options.program), 'initdb'), made, { ...user, cwd: folder })
    await server.start()
    onEnd?.(() => server.stop())
    return server
  }

  /** Again, after it was stopped. */
  async start(): Promise<void> {
    const settings = { listen_addresses: '127.0.0.1', fsync: 'off', max_connections: '200', ...this.#options.settings }
    const told = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const args = ['-D', this.folder, '-p', String(this.port), '-k', this.folder, ...told]
    const server = spawn(this.#options.program, args, { ...this.#user, cwd: this.folder, stdio: 'ignore' })
    const ended = once(server, 'exit')
    this.#kill = async (signal) => {
      server.kill(signal)
      await ended
    }
    const giveUpAt = Date.now() + PATIENCE_MS
    while (!(await this.#answers())) {
      if (server.exitCode !== null || Date.now() > giveUpAt) throw new Error('PostgreSQL did not start')
      await sleep(50)
    }
  }

  /** Whoever is connected loses the connection. @param how `SIGQUIT` is as if the machine had lost its power */
  async stop(how: 'SIGINT' | 'SIGQUIT' = 'SIGINT'): Promise<void> {
    await this.#kill?.(how)
    this.#kill = undefined
  }

  url(database: string, user = OWNER): string {
    return `postgres://${user}@127.0.0.1:${this.port}/${database}`
  }

  /** A database that is gone with the server. @returns its address */
  async createDatabase(name: string, template = 'template1'): Promise<string> {
    await query(this.url('postgres'), `create database "${name}" template "${template}"`)
    return this.url(name)
  }

  async #answers(): Promise<boolean> {
    return query(this.url('postgres'), 'select 1').then(
      () => true,
      () => false,
    )
  }
}

/** One statement by a connection of its own. */
export async function query<T extends object>(url: string, sql: string, values: unknown[] = []): Promise<T[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<T>(sql, values)).rows
  } finally {
    await client.end()
  }
}
