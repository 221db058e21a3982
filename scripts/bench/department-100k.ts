import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { openDepartmentStore } from '../../src/main/store/index.ts'
import { copyRows } from '../../src/main/store/move/copy.ts'
import { fillDepartment, PostgresSide } from '../../src/main/store/move/postgres-side.ts'
import { SqliteSide } from '../../src/main/store/move/sqlite-side.ts'
import { tablesOf } from '../../src/main/store/move/tables.ts'
import { inDepartment } from '../../src/main/store/postgres/alone.ts'
import { openDepartment } from '../../src/main/store/postgres/open.ts'
import { query } from '../../test/department/support/server.ts'
import { defineBench, type Findings, single } from './support/contract.ts'
import { inFolder } from './support/folders.ts'
import { missingPostgres, onPostgres, type RunningServer } from './support/postgres.ts'
import { timed } from './support/times.ts'
import { ABOUT_PAGES, fillRecord, measureStore } from './support/work-list.ts'

export const bench = defineBench({
  name: 'department-100k',
  area: 'record',
  title: 'The work list of 100,000 cases in a department’s database',
  question:
    'How long do the same lists take in PostgreSQL, how large is the database, and how long does a record take to get there?',
  sizes: { cases: { what: 'cases of the record', usual: 100_000, small: 2_000 } },
  minutes: 2,
  missing: missingPostgres,
  run: ({ cases }) => inFolder((folder) => onPostgres((running) => measure(running, folder, cases))),
})

async function measure({ server }: RunningServer, folder: string, cases: number): Promise<Findings> {
  const file = join(folder, 'gyrus.sqlite')
  await fillRecord(file, cases)
  const database = await server.createDatabase('history')
  await (await openDepartment(database)).destroy()
  const [moving, rows] = await timed(() => carryOver(file, database))
  await query(database, 'vacuum analyze')
  const [size] = await query<{ bytes: number }>(database, 'select pg_database_size(current_database())::float as bytes')
  const store = await openDepartmentStore(database, 'bench')
  try {
    return {
      rows: [
        ...(await measureStore(store, cases)),
        single('rows carried over from SQLite, with all that is worked out of them', rows, ''),
        single('… which took', moving / 1000, 's'),
        single('size of the database', (size?.bytes ?? 0) / 1e6, 'MB'),
        single('… of it for a case', (size?.bytes ?? 0) / cases / 1e3, 'kB'),
      ],
      remarks: [ABOUT_PAGES],
    }
  } finally {
    await store.close()
  }
}

/** As a move does it, of a record that has no trail. @returns how many rows */
async function carryOver(file: string, database: string): Promise<number> {
  const sqlite = new SQLite(file, { readonly: true })
  try {
    return await inDepartment(database, 'read write', async (client) => {
      const tables = await tablesOf(client)
      const [source, target] = [new SqliteSide(sqlite), new PostgresSide(client)]
      const read = await fillDepartment(client, tables, () => copyRows(source, target, tables, {}))
      return Object.values(read).reduce((sum, { rows }) => sum + rows, 0)
    })
  } finally {
    sqlite.close()
  }
}
