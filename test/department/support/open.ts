import type { Kysely } from 'kysely'
import { connect, openDepartment, openDepartmentBeside } from '../../../src/main/store/postgres/open.ts'
import type { Database } from '../../../src/main/store/schema.ts'
import { ensureDatabase, urlOf } from './database-of.ts'
import { asStation } from './server.ts'

/** Takes the place of store/open.ts in the project “store-postgres” (vitest.config.ts): a file's name is a database's,
 * opened with no more rights than a workstation has. */
export const openDatabase = async (file: string): Promise<Kysely<Database>> =>
  openDepartment(asStation(await ensureDatabase(file)))

export const openDatabaseBeside = (file: string): Promise<Kysely<Database>> =>
  openDepartmentBeside(asStation(urlOf(file)))

export const openDatabaseForReading = (file: string): Kysely<Database> => connect(asStation(urlOf(file)))
