import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, it } from 'vitest'
import { entryHash, GENESIS } from '../../src/main/store/audit.ts'
import { StoreDialect } from '../../src/main/store/dialect/sqlite.ts'
import { openReadStore, openStore, openStoreBeside } from '../../src/main/store/index.ts'
import { MIGRATIONS } from '../../src/main/store/migrations/index.ts'
import { breakOf, verify } from '../support/audit.ts'
import { newCase } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { itInSqlite } from '../support/only-sqlite.ts'
import { tamper } from '../support/spoil.ts'

const AT = '2026-01-01T00:00:00.000Z'
const CASES = 450

/** A record as a Gyrus of schema 5 wrote it: more rows than one entry binds. */
async function oldRecord(): Promise<string> {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const sqlite = new SQLite(file)
  const db = new Kysely<unknown>({ dialect: new StoreDialect(sqlite) })
  await new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } }).migrateTo('0005-training-runs')
  sqlite.exec('begin')
  sqlite.exec(`insert into scans values ('${'a'.repeat(64)}', 1, 'png', 9, 9, '${AT}')`)
  let previous = GENESIS
  let seq = 0
  const log = (act: string, subject: string, detail: string) => {
    const entry = { seq: ++seq, at: AT, actor: 'Dr A', act, subject, detail, previous_hash: previous }
    previous = entryHash(entry)
    sqlite.prepare('insert into audit values (?, ?, ?, ?, ?, ?, ?, ?)').run(...Object.values(entry), previous)
  }
  for (let i = 0; i < CASES; i++) {
    const [state, code] = i === 0 ? ['failed', 'file-empty'] : ['received', null]
    sqlite
      .prepare(
        `insert into cases (id, scan_sha256, received_at, received_by, source, file_name, state, error_code)
         values (?, '${'a'.repeat(64)}', '${AT}', 'Dr A', 'file', 'a.png', ?, ?)`,
      )
      .run(`case-${i}`, state, code)
    log('case.received', `case-${i}`, '{"file":"a.png"}')
    if (code) log('case.failed', `case-${i}`, '{"code":"file-empty","details":{}}')
  }
  sqlite.exec('commit')
  await db.destroy()
  return file
}

itInSqlite('migration 0006: what was on record before is bound as it is, and still verifies', async () => {
  const file = await oldRecord()
  expect(await verify(file)).toMatchObject({ broken: null, entries: CASES + 1, rows: 0 })
  await (await openStore(file)).close()
  // Cases in three entries; the scan, its image and the failure in one each.
  expect(await verify(file)).toMatchObject({ broken: null, entries: CASES + 1 + 6, rows: CASES + 3 })
  tamper(file, (sqlite) => sqlite.exec(`update cases set file_name = 'b.png' where id = 'case-440'`))
  expect(await breakOf(file)).toMatchObject({ kind: 'row-altered', act: 'audit.bound', what: 'cases/case-440' })
})

itInSqlite.each(['failures', 'datasets', 'model_activations'])(
  '%s refuse update, delete and replacing',
  async (table) => {
    const file = join(temporaryFolder(), 'gyrus.sqlite')
    await (await openStore(file)).close()
    const sqlite = new SQLite(file)
    const triggers = sqlite
      .prepare(`select name from sqlite_master where type = 'trigger' and tbl_name = ? order by name desc`)
      .all(table)
    expect(triggers).toEqual(['update', 'replace', 'delete'].map((act) => ({ name: `${table}_no_${act}` })))
    sqlite.close()
  },
)

it('is logged into beside a running Gyrus, one chain for both', async () => {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const store = await openStore(file)
  const beside = await openStoreBeside(file)
  const act = { actor: 'Dr A', act: 'model.exported', subject: 'm', detail: {} } as const
  await Promise.all(Array.from({ length: 8 }, (_, i) => (i % 2 ? beside.log(act) : store.receive([newCase()]))))
  await beside.close()
  await store.close()
  expect(await verify(file)).toMatchObject({ broken: null, entries: 8 })
})

itInSqlite('is not logged into where the schema is another one', async () => {
  const file = await oldRecord()
  await expect(openStoreBeside(file)).rejects.toMatchObject({ code: 'database-newer' })
  const reader = openReadStore(file)
  await reader.close()
})
