import { type MessagePort, workerData } from 'node:worker_threads'
import type pg from 'pg'
import { openPool } from '../../../src/main/store/postgres/pool.ts'

/** @param sql null closes the connections */
export interface Question {
  url: string
  sql: string | null
  values: unknown[]
}
export type Answer = { rows: object[] } | { message: string; code: string }

const { port, flag } = workerData as { port: MessagePort; flag: Int32Array }
const pools = new Map<string, pg.Pool>()

port.on('message', async ({ url, sql, values }: Question) => {
  port.postMessage(await answer(url, sql, values))
  Atomics.store(flag, 0, 1)
  Atomics.notify(flag, 0)
})

async function answer(url: string, sql: string | null, values: unknown[]): Promise<Answer> {
  const pool = pools.get(url) ?? openPool(url, 1)
  pools.set(url, pool)
  try {
    if (sql === null) {
      pools.delete(url)
      await pool.end()
      return { rows: [] }
    }
    const found = await pool.query(sql, values)
    const last = Array.isArray(found) ? found.at(-1) : found
    for (const row of last?.rows ?? []) delete row.rowid
    return { rows: last?.rows ?? [] }
  } catch (error) {
    const { message, code = '' } = error as Error & { code?: string }
    return { message, code }
  }
}
