import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { expect } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { itInSqlite } from '../support/only-sqlite.ts'

itInSqlite('databases of these tests are in clear, and in the project “encrypted” they are not', async () => {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  await (await openStore(file)).close()
  const inClear = readFileSync(file).subarray(0, 15).toString('latin1') === 'SQLite format 3'
  expect(inClear).toBe(SQLite.name !== 'EncryptedSqlite')
})
