import type pg from 'pg'
import type { Changed } from '../core/department/queue.ts'
import { openPool } from '../store/postgres/pool.ts'

/** On which the database tells of each batch, case and run that was added or changed (store/postgres/kept.ts, migrations.ts). */
const CHANNELS: Record<string, Changed['type']> = {
  gyrus_batches: 'batch',
  gyrus_cases: 'case',
  gyrus_runs: 'run',
}
const AGAIN_MS = 3_000

/** What other workstations change in the record, as they do it. What is missed while the database is away is not told later. */
export class Changes {
  readonly #pool: pg.Pool
  readonly #onChange: (changed: Changed) => void
  #timer: ReturnType<typeof setTimeout> | undefined
  #client: pg.PoolClient | null = null
  #closed = false

  constructor(url: string, onChange: (changed: Changed) => void) {
    this.#pool = openPool(url, 1)
    this.#onChange = onChange
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
    client.on('notification', ({ channel, payload: id }) => {
      const type = CHANNELS[channel]
      if (type && id) this.#onChange({ type, id })
    })
    await client
      .query(
        Object.keys(CHANNELS)
          .map((name) => `listen ${name}`)
          .join('; '),
      )
      .catch(lost)
  }

  #again(): void {
    if (!this.#closed) this.#timer = setTimeout(() => this.#listen(), AGAIN_MS).unref()
  }
}
