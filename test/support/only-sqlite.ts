import { describe, it } from 'vitest'

/** Whether these tests run in the department's database (vitest.config.ts, project “store-postgres”). */
export const IN_POSTGRES = process.env.GYRUS_TEST_STORE === 'postgres'

/** A test of what the department's database does not have: the record of an older Gyrus, SQLite's plans, a file. */
export const itInSqlite = it.skipIf(IN_POSTGRES)
export const describeInSqlite = describe.skipIf(IN_POSTGRES)

/** What the database says where a key is taken that stays. */
export const TAKEN = IN_POSTGRES ? 'duplicate key value' : 'append-only: this key is taken'
/** Where a row is not as the table wants it. */
export const UNFIT = IN_POSTGRES ? 'check constraint' : 'CHECK'
