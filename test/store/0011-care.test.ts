import SQLite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import { makeRecord, verify } from '../support/audit.ts'
import { temporaryFolder } from '../support/cleanup.ts'

it('a record from before it gets tombstones and settings when it is opened, and stays sound', async () => {
  const file = await makeRecord(temporaryFolder())
  const sqlite = new SQLite(file)
  // As the migrations before have them.
  for (const name of triggersOn(sqlite, 'case_text')) sqlite.exec(`drop trigger ${name}`)
  sqlite.exec(`alter table case_texts drop column patient; drop index batch_files_by_batch;
    drop table erasures; drop table backup_settings;
    delete from kysely_migration where name >= '0011'`)
  for (const table of ['verdicts', 'failures']) {
    sqlite.exec(`drop trigger ${table}_no_update; create trigger ${table}_no_update before update on ${table}
      begin select raise(abort, '${table} is append-only'); end`)
  }
  const reviewed = sqlite.prepare(`select id from cases where state = 'reviewed'`).pluck().get() as string
  sqlite.close()
  const store = await openStore(file)
  expect(await store.backupSettings()).toEqual({ folder: null, daily: 14, weekly: 13, last: null })
  await store.setBackups({ folder: '/backups', daily: 3, weekly: 0 }, 'Dr A')
  expect(await store.backupSettings()).toMatchObject({ folder: '/backups', daily: 3, weekly: 0 })
  await store.erase({ caseIds: [reviewed], by: 'Dr A', reason: { salt: 'b'.repeat(32), sha256: 'a'.repeat(64) } })
  const { verdicts } = await store.getCase(reviewed)
  expect(verdicts.map(({ comment, verdict }) => [comment, verdict])).toEqual([
    ['', 'disagree'],
    ['', 'cannot-tell'],
  ])
  await store.close()
  expect(await verify(file)).toMatchObject({ broken: null })
})

/** What fills the texts that cases are found by, or follows them. */
function triggersOn(sqlite: SQLite.Database, text: string): string[] {
  const found = sqlite.prepare(`select name from sqlite_master where type = 'trigger' and sql like ?`)
  return found.pluck().all(`%${text}%`) as string[]
}
