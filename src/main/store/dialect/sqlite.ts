import type SQLite from 'better-sqlite3'
import {
  type DialectAdapter,
  type Driver,
  type FunctionNode,
  type QueryCompiler,
  SqliteAdapter,
  SqliteDialect,
  SqliteQueryCompiler,
} from 'kysely'
import { saidIn } from './words.ts'

/** Statements kept prepared; lists of other lengths make other statements, so there must be an end. */
const MAX_PREPARED = 200

/**
 * Kysely's SQLite dialect with four differences: it has the words that both databases are told in; statements are
 * prepared once; where SQLite has already rolled back by itself (a full disk) the cause stays the error; and migrations
 * are one transaction, so that a kill in one leaves the record as it was.
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

  override createQueryCompiler(): QueryCompiler {
    return new WordsCompiler()
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

class WordsCompiler extends SqliteQueryCompiler {
  protected override visitFunction(node: FunctionNode): void {
    const said = saidIn('sqlite', node)
    if (!said) super.visitFunction(node)
    else for (const piece of said) typeof piece === 'string' ? this.append(piece) : this.visitNode(piece)
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
