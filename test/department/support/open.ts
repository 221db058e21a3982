import type { Kysely } from 'kysely'
import { connect, openDepartment, openDepartmentBeside } from '../../../src/main/store/postgres/open.ts'
import type { Database } from '../../../src/main/store/schema.ts'
import { ensureDatabase, urlOf } from './database-of.ts'

/** Takes the place of store/open.ts in the project “store-postgres” (vitest.config.ts): a file's name is a database's. */
export const openDatabase = async (file: string): Promise<Kysely<Database>> =>
  openDepartment(await ensureDatabase(file))

export const openDatabaseBeside = (file: string): Promise<Kysely<Database>> => openDepartmentBeside(urlOf(file))

export const openDatabaseForReading = (file: string): Kysely<Database> => connect(urlOf(file))
