import type pg from 'pg'
import { GyrusError } from '../../../shared/errors.ts'
import { inDepartment, refuseOthers } from './alone.ts'
import { CHANGING_COLUMNS } from './guards.ts'
import { type DatabaseUrl, SCHEMA } from './pool.ts'

/** Where pg-boss keeps the queue of work. */
const QUEUE_SCHEMA = 'pgboss'

/** Rows come, and some go again, but none changes. */
const ADDED_ONLY = ['batch_roots', 'machine_samples', 'network_secrets', 'source_files']

/** Of these alone rows are taken away. */
const REMOVED = [
  ...[
    'batch_passed_over',
    'dicom_settings',
    'language_settings',
    'network_secrets',
    'pacs',
    'run_progress',
    'source_files',
    'sources',
  ],
]

/** Of the schema itself: read, to know whether it is the newest. */
const READ_ONLY = ['kysely_migration', 'kysely_migration_lock']

/**
 * Gives a role what a workstation needs of the record and of the queue, and takes from it what else it had there: it adds
 * rows, changes what may change and removes what may go. The audit trail and what readers said it can add to, and neither
 * change nor empty, even if nobody guarded them (guards.ts). To be done again when a newer Gyrus has brought the schema up
 * to date.
 *
 * @param url of whoever owns the tables, which are of the newest schema
 * @throws GyrusError `department-owner`, `department-role-missing`, `department-role-owner`, `database-unreachable`
 */
export async function grantRole(url: DatabaseUrl, role: string): Promise<void> {
  await inDepartment(url, 'read write', async (client) => {
    await refuseOthers(client)
    await refuseUnbound(client, role)
    for (const statement of rightsOf(await tablesIn(client), client.escapeIdentifier(role)))
      await client.query(statement)
  })
}

/** No right that is not given keeps a role from what it owns. */
async function refuseUnbound(client: pg.ClientBase, role: string): Promise<void> {
  const { rows } = await client.query<{ free: number }>(
    `select rolsuper or pg_has_role(oid, (select nspowner from pg_namespace where nspname = $2), 'member') as free
     from pg_roles where rolname = $1`,
    [role, SCHEMA],
  )
  if (!rows[0]) throw new GyrusError('department-role-missing', { role })
  if (rows[0].free === 1) throw new GyrusError('department-role-owner', { role })
}

async function tablesIn(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace = $1::regnamespace and relkind = 'r' and relname <> all ($2) order by relname`,
    [SCHEMA, READ_ONLY],
  )
  return rows.map(({ name }) => name)
}

function rightsOf(tables: string[], role: string): string[] {
  const on = (table: string) => `"${SCHEMA}"."${table}" to ${role}`
  const changing = tables.filter((table) => !(table in CHANGING_COLUMNS) && !ADDED_ONLY.includes(table))
  const inPart = tables.flatMap((table) => {
    const columns = CHANGING_COLUMNS[table] ?? []
    return columns.length > 0 ? [`grant update (${columns.join(', ')}) on ${on(table)}`] : []
  })
  return [
    ...[SCHEMA, QUEUE_SCHEMA].flatMap((schema) => [
      `revoke all on schema "${schema}" from ${role}`,
      `revoke all on all tables in schema "${schema}" from ${role}`,
      `revoke all on all sequences in schema "${schema}" from ${role}`,
      `grant usage on schema "${schema}" to ${role}`,
      `grant select on all tables in schema "${schema}" to ${role}`,
      `grant execute on all functions in schema "${schema}" to ${role}`,
    ]),
    ...tables.map((table) => `grant insert on ${on(table)}`),
    ...changing.map((table) => `grant update on ${on(table)}`),
    ...inPart,
    ...REMOVED.map((table) => `grant delete on ${on(table)}`),
    `grant insert, update, delete on all tables in schema "${QUEUE_SCHEMA}" to ${role}`,
    `grant usage on all sequences in schema "${QUEUE_SCHEMA}" to ${role}`,
  ]
}
