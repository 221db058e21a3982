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
/** A network that is cut breaks no connection: so often it is asked whether anybody answers, and so long is waited for that, ms. */
const BEAT_MS = 3_000
const SILENCE_MS = 5_000

/** What other workstations change in the record, as they do it. What is missed while the database is away is not told later. */
export class Changes {
  readonly #pool: pg.Pool
  readonly #onChange: (changed: Changed) => void
  readonly #onAway: (away: boolean) => void
  #timer: ReturnType<typeof setTimeout> | undefined
  #beat: ReturnType<typeof setTimeout> | undefined
  #client: pg.PoolClient | null = null
  #closed = false

  /** @param onAway told whenever the database goes away, and when it is there again */
  constructor(url: string, onChange: (changed: Changed) => void, onAway: (away: boolean) => void) {
    this.#pool = openPool(url, 1)
    this.#onChange = onChange
    this.#onAway = onAway
    this.#listen()
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    clearTimeout(this.#timer)
    clearTimeout(this.#beat)
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
      clearTimeout(this.#beat)
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
      .then(() => {
        if (this.#client !== client) return
        this.#onAway(false)
        this.#look(client, lost)
      }, lost)
  }

  #look(client: pg.PoolClient, lost: () => void): void {
    this.#beat = setTimeout(() => {
      const silent = setTimeout(lost, SILENCE_MS)
      silent.unref()
      client.query('select 1').then(
        () => {
          clearTimeout(silent)
          if (this.#client === client) this.#look(client, lost)
        },
        () => clearTimeout(silent),
      )
    }, BEAT_MS).unref()
  }

  #again(): void {
    if (this.#closed) return
    this.#onAway(true)
    this.#timer = setTimeout(() => this.#listen(), AGAIN_MS).unref()
  }
}
