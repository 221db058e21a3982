import type pg from 'pg'
import { openPool } from '../store/postgres/pool.ts'

/** On which the database tells of each case that was added or changed (store/postgres/kept.ts). */
const CHANNEL = 'gyrus_cases'
const AGAIN_MS = 3_000

/** What other workstations change in the record, as they do it. What is missed while the database is away is not told later. */
export class Changes {
  readonly #pool: pg.Pool
  readonly #onCase: (id: string) => void
  #timer: ReturnType<typeof setTimeout> | undefined
  #client: pg.PoolClient | null = null
  #closed = false

  constructor(url: string, onCase: (id: string) => void) {
    this.#pool = openPool(url, 1)
    this.#onCase = onCase
    this.#listen()
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    clearTimeout(this.#timer)
    const client = this.#client
    this.#client = null
    client?.release(true)
    await this.#pool.end()
  }

  #listen(): void {
    void this.#connect().catch(() => this.#again())
  }

  async #connect(): Promise<void> {
    const client = await this.#pool.connect()
    const lost = () => {
      if (this.#client !== client) return
      this.#client = null
      client.release(true)
      this.#again()
    }
    if (this.#closed) return client.release(true)
    this.#client = client
    client.once('error', lost).once('end', lost)
    client.on('notification', ({ payload }) => payload && this.#onCase(payload))
    await client.query(`listen ${CHANNEL}`).catch(lost)
  }

  #again(): void {
    if (!this.#closed) this.#timer = setTimeout(() => this.#listen(), AGAIN_MS).unref()
  }
}
