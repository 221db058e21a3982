import { type Kysely, sql } from 'kysely'

/** Who works with this record: accounts, tokens for programs, and when a session is locked. */
export async function up(db: Kysely<unknown>): Promise<void> {
  let accounts = db.schema
    .createTable('accounts')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('name_key', 'text', (column) => column.notNull().unique())
  for (const name of ['full_name', 'role', 'password', 'created_at', 'created_by', 'changed_at']) {
    accounts = accounts.addColumn(name, 'text', (column) => column.notNull())
  }
  for (const name of ['must_change', 'active', 'failures', 'failed_at']) {
    accounts = accounts.addColumn(name, 'integer', (column) => column.notNull().defaultTo(0))
  }
  await accounts.addColumn('signed_in_at', 'text').execute()

  let tokens = db.schema
    .createTable('account_tokens')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('account', 'text', (column) => column.notNull().references('accounts.name'))
    .addColumn('sha256', 'text', (column) => column.notNull().unique())
  for (const name of ['purpose', 'created_at', 'created_by', 'expires_at']) {
    tokens = tokens.addColumn(name, 'text', (column) => column.notNull())
  }
  await tokens.addColumn('revoked_at', 'text').execute()

  await db.schema
    .createTable('account_settings')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('lock_minutes', 'integer', (column) => column.notNull())
    .addColumn('strangers', 'integer', (column) => column.notNull())
    .execute()

  // The record names them for ever, so that no name may come to mean somebody else.
  for (const table of ['accounts', 'account_tokens']) await forbid(db, table, 'delete', `before delete on ${table}`)
  await forbid(db, 'accounts', 'rename', 'before update of name, name_key on accounts')
}

const forbid = (db: Kysely<unknown>, table: string, what: string, when: string) =>
  sql
    .raw(`create trigger ${table}_no_${what} ${when} begin select raise(abort, '${table}: no ${what}'); end`)
    .execute(db)
