import { Kysely, type PostgresPool } from 'kysely'
import type pg from 'pg'
import { DepartmentDialect, OneWriter } from '../dialect/postgres.ts'
import type { Database } from '../schema.ts'

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
