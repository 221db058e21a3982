import { existsSync } from 'node:fs'
import type SQLite from 'better-sqlite3'
import type pg from 'pg'
import { GyrusError } from '../../../shared/errors.ts'
import { asStoreError } from '../errors.ts'
import { openDatabase } from '../open.ts'
import { inDepartment, refuseAtWork, refuseOthers } from '../postgres/alone.ts'
import type { DatabaseUrl } from '../postgres/pool.ts'
import { tryDepartment } from '../postgres/try.ts'
import type { DatabaseFile } from '../record-place.ts'
import { openSqlite } from '../sqlite.ts'
import { refuseUsed } from './postgres-side.ts'
import { UNFINISHED } from './side.ts'
import { checkReferences, refuseOtherTables, refuseUnfit } from './sqlite-side.ts'
import { type Table, tablesOf } from './tables.ts'

/**
 * Looks whether a record could be carried over into a department's database, and changes nothing there: the files that go
 * first may be a terabyte.
 *
 * @throws GyrusError as `moveToDepartment`
 */
export async function tryMoveToDepartment(from: DatabaseFile, url: DatabaseUrl): Promise<void> {
  const { found } = await tryDepartment(url)
  await (await openDatabase(from.file, from.key)).destroy()
  const sqlite = openSqlite(from.file, { readonly: true, fileMustExist: true }, from.key)
  try {
    // Where there are no tables yet, none is in the way.
    if (found.cases === null) refuseUnsound(sqlite)
    else await inDepartment(url, 'read only', (client) => refuseInTheWay(sqlite, client))
  } catch (error) {
    throw asStoreError(error)
  } finally {
    sqlite.close()
  }
}

/**
 * Looks whether a department's record could be carried over into a file.
 *
 * @throws GyrusError as `moveToFile`
 */
export async function tryMoveToFile(url: DatabaseUrl, file: string): Promise<void> {
  refuseThere(file)
  await inDepartment(url, 'read only', refuseUnready)
}

/** @returns the tables that rows go into @throws GyrusError as `moveToDepartment`, before a row is carried over */
export async function refuseInTheWay(sqlite: SQLite.Database, client: pg.ClientBase): Promise<Table[]> {
  await refuseOthers(client)
  const tables = await tablesOf(client)
  await refuseUsed(client, tables)
  refuseOtherTables(sqlite, tables)
  refuseUnfit(sqlite, tables)
  refuseUnsound(sqlite)
  return tables
}

function refuseUnsound(sqlite: SQLite.Database): void {
  refuseUnfinished(sqlite.prepare(UNFINISHED).pluck().get() as string | undefined)
  checkReferences(sqlite, 'move-unsound')
}

/** @throws GyrusError `department-in-use`, `move-unfinished` */
export async function refuseUnready(client: pg.ClientBase): Promise<void> {
  await refuseAtWork(client)
  const { rows } = await client.query<{ name: string }>(UNFINISHED)
  refuseUnfinished(rows[0]?.name)
}

/** @throws GyrusError `move-target-used` */
export function refuseThere(file: string): void {
  if (existsSync(file)) throw new GyrusError('move-target-used', { place: file })
}

function refuseUnfinished(name: string | undefined): void {
  if (name !== undefined) throw new GyrusError('move-unfinished', { name })
}
