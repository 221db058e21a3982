import type pg from 'pg'
import { openPool } from '../store/postgres/pool.ts'

/** Who has this lock of the database does what a department does once; see `RECORD_LOCK` for the number. */
const LEAD_LOCK = 7_143_905
/** So soon another workstation takes over where one is gone, ms. */
const LOOK_MS = 3_000

/** The server keeps so many letters of what a connection is called. */
const CALLED = 63
/** What the connection of who leads is called: all others know by it who that is. */
const calledAs = (station: string) => `gyrus-lead ${station}`.slice(0, CALLED)

/** Whether this workstation does what the department does by itself, such as sending and removing: one of them does. */
export class Lead {
  readonly #pool: pg.Pool
  #held: pg.PoolClient | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #closed = false

  constructor(url: string, station: string) {
    this.#pool = openPool(url, 1, calledAs(station))
  }

  /** Tells of a workstation whether it is the one; of none where nobody is, or where the database cannot be asked. */
  async who(): Promise<(station: string) => boolean> {
    const asked = this.#held ?? this.#pool
    const { rows } = await asked.query<{ called: string }>(
      `select application_name as called from pg_locks join pg_stat_activity using (pid)
       where locktype = 'advisory' and objid = ${LEAD_LOCK} and granted
       and database = (select oid from pg_database where datname = current_database())`,
    )
    return (station) => rows[0]?.called === calledAs(station)
  }

  /** @param onLead called once, when this workstation is the one @param onLost called where it no longer is */
  seek(onLead: () => void, onLost: () => void): void {
    void this.#try(onLost)
      .catch(() => false)
      .then((leads) => {
        if (leads) onLead()
        else if (!this.#closed) this.#timer = setTimeout(() => this.seek(onLead, onLost), LOOK_MS).unref()
      })
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    clearTimeout(this.#timer)
    const held = this.#held
    this.#held = null
    held?.release(true)
    await this.#pool.end()
  }

  async #try(onLost: () => void): Promise<boolean> {
    const client = await this.#pool.connect()
    try {
      const { rows } = await client.query(`select pg_try_advisory_lock(${LEAD_LOCK}) as leads`)
      if (rows[0]?.leads !== 1) {
        client.release()
        return false
      }
    } catch (error) {
      client.release(true)
      throw error
    }
    this.#held = client
    // The lock goes with the connection, however that ends.
    client.once('error', () => {
      if (this.#held !== client) return
      this.#held = null
      client.release(true)
      if (!this.#closed) onLost()
    })
    return true
  }
}
