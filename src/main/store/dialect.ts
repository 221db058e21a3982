import type SQLite from 'better-sqlite3'
import { type DialectAdapter, type Driver, SqliteAdapter, SqliteDialect } from 'kysely'

/** Statements kept prepared; lists of other lengths make other statements, so there must be an end. */
const MAX_PREPARED = 200

/**
 * Kysely's SQLite dialect with three differences: statements are prepared once; where SQLite has already rolled back
 * by itself (a full disk) the cause stays the error; and migrations are one transaction, so that a kill in one leaves the
 * record as it was.
 */
export class StoreDialect extends SqliteDialect {
  readonly #sqlite: SQLite.Database

  constructor(sqlite: SQLite.Database) {
    super({ database: { prepare: prepareOnce(sqlite), close: () => sqlite.close() } })
    this.#sqlite = sqlite
  }

  override createAdapter(): DialectAdapter {
    return new TransactionalAdapter()
  }

  override createDriver(): Driver {
    const driver = super.createDriver()
    const rollback = driver.rollbackTransaction.bind(driver)
    driver.rollbackTransaction = async (connection) => {
      if (this.#sqlite.inTransaction) await rollback(connection)
    }
    return driver
  }
}

function prepareOnce(sqlite: SQLite.Database): (sql: string) => SQLite.Statement {
  const prepared = new Map<string, SQLite.Statement>()
  return (sql) => {
    const known = prepared.get(sql)
    if (known) return known
    const statement = sqlite.prepare(sql)
    if (prepared.size >= MAX_PREPARED) prepared.clear()
    prepared.set(sql, statement)
    return statement
  }
}

/** SQLite takes changes of the schema back like any others. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}
