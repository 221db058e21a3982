import {
  type ColumnDefinitionNode,
  CompiledQuery,
  type DatabaseConnection,
  DataTypeNode,
  type Driver,
  type FunctionNode,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  PostgresQueryCompiler,
  type QueryCompiler,
  type QueryResult,
  type RawNode,
  sql,
  type TransactionSettings,
} from 'kysely'
import { GyrusError } from '../../../shared/errors.ts'
import { asStoreError } from '../errors.ts'
import { saidIn } from './words.ts'

/**
 * Who has this lock of the database writes to the record, until the end of the transaction. A number of our own: other
 * programs in the same database choose others.
 */
export const RECORD_LOCK = 7_143_904

/**
 * Kysely's PostgreSQL dialect with three differences: it has the words that both databases are told in; a transaction
 * that may write waits for all others that do, so that the audit trail is one chain and what was written for SQLite's
 * single writer holds here, too; and the columns that SQLite hides are hidden.
 */
export class DepartmentDialect extends PostgresDialect {
  protected readonly config: PostgresDialectConfig

  constructor(config: PostgresDialectConfig) {
    super(config)
    this.config = config
  }

  override createDriver(): Driver {
    return new OneWriter(this.config)
  }

  override createQueryCompiler(): QueryCompiler {
    return new WordsCompiler()
  }
}

export class OneWriter extends PostgresDriver {
  override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    await super.beginTransaction(connection, settings)
    if (settings.accessMode === 'read only') return
    await connection.executeQuery(CompiledQuery.raw(`select pg_advisory_xact_lock(${RECORD_LOCK})`))
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    // Nothing was begun, so that whatever was to be done can be tried again.
    const connection = await super.acquireConnection().catch((error) => {
      const known = asStoreError(error)
      throw known instanceof GyrusError
        ? new GyrusError(known.code, { ...known.details, begun: 'no' }, { cause: error })
        : error
    })
    if (!hiding.has(connection)) hide(connection)
    return connection
  }
}

/** Connections of a pool come again. */
const hiding = new WeakSet<DatabaseConnection>()

/** `rowid` is asked for by another name where it is wanted (postgres/tables.ts). */
function hide(connection: DatabaseConnection): void {
  const execute = connection.executeQuery.bind(connection)
  connection.executeQuery = async <R>(query: CompiledQuery): Promise<QueryResult<R>> => {
    const result = await execute<R>(query)
    if (hasRowid(result.rows[0])) for (const row of result.rows) if (hasRowid(row)) delete row.rowid
    return result
  }
  hiding.add(connection)
}

const hasRowid = (row: unknown): row is { rowid?: unknown } =>
  typeof row === 'object' && row !== null && Object.hasOwn(row, 'rowid')

class WordsCompiler extends PostgresQueryCompiler {
  protected override visitFunction(node: FunctionNode): void {
    const said = saidIn('postgres', node)
    if (!said) super.visitFunction(node)
    else for (const piece of said) typeof piece === 'string' ? this.append(piece) : this.visitNode(piece)
  }

  /** A text column that a migration adds is compared byte by byte, as those of postgres/tables.ts. */
  protected override visitColumnDefinition(node: ColumnDefinitionNode): void {
    const { dataType } = node
    const isText = DataTypeNode.is(dataType) && dataType.dataType === 'text'
    super.visitColumnDefinition(
      isText ? { ...node, dataType: sql`text collate "C"`.toOperationNode() as RawNode } : node,
    )
  }
}
