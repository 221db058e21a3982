import SQLite from 'better-sqlite3'
import { expect } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import { makeRecord, verify } from '../support/audit.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { itInSqlite } from '../support/only-sqlite.ts'
import { undoFrom } from '../support/undo.ts'

itInSqlite('a record from before it gets tombstones and settings when it is opened, and stays sound', async () => {
  const file = await makeRecord(temporaryFolder())
  await undoFrom(file, '0011-care')
  const sqlite = new SQLite(file)
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
