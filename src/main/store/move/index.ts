import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Kysely } from 'kysely'
import type pg from 'pg'
import { breakSentence } from '../../../shared/audit.ts'
import { type Failure, GyrusError } from '../../../shared/errors.ts'
import { logAct } from '../audit/settings.ts'
import type { CopyFollowing } from '../care-types.ts'
import { forgetMark } from '../department.ts'
import { asStoreError } from '../errors.ts'
import { openDatabase } from '../open.ts'
import { inDepartment } from '../postgres/alone.ts'
import { openDepartment } from '../postgres/open.ts'
import { type DatabaseUrl, placeOf } from '../postgres/pool.ts'
import type { DatabaseFile, RecordPlace } from '../record-place.ts'
import type { Database } from '../schema.ts'
import { openSqlite } from '../sqlite.ts'
import { verifyRecord } from '../verify/index.ts'
import { type Digests, differing } from './cells.ts'
import { withinTransaction } from './connection.ts'
import { copyRows, digestsOf } from './copy.ts'
import { type Left, tellLeft } from './left.ts'
import { fillDepartment, PostgresSide } from './postgres-side.ts'
import * as sqliteSide from './sqlite-side.ts'
import { type Table, tablesOf } from './tables.ts'
import { refuseInTheWay, refuseThere, refuseUnready } from './try.ts'

export interface Moving {
  /** Who does it, for the record. */
  by: string
  following?: CopyFollowing
}

/** What was carried over. */
export interface Moved {
  /** Of each table, the same on both sides. */
  tables: Digests
  rows: number
  /** Of the audit trail as it came over; its next entry tells of the move. Null where it was empty. */
  head: { sequence: number; hash: string } | null
  /** Why the record that was left has no entry that it was; null where it has one. */
  untold: Failure | null
}
/** What came over, before the record that was left is told of it. */
type CameOver = Omit<Moved, 'untold'>

/**
 * Carries a record over from SQLite's file, at which no Gyrus may be at work, into a department's empty database. All of
 * it is one transaction, which ends when rows, digests and chain were found to be the same: of a move that is cancelled,
 * fails or is killed nothing is left. Afterwards the file's own trail tells where it went.
 *
 * @throws GyrusError `move-target-used`, `move-unfinished`, `move-unfit`, `move-differs`, `move-unsound`, `department-owner`, `cancelled`,
 * and what opening the two gives
 */
export async function moveToDepartment(from: DatabaseFile, url: DatabaseUrl, moving: Moving): Promise<Moved> {
  const moved = await carryToDepartment(from, url, moving)
  const went = { by: moving.by, from: 'sqlite', to: 'postgresql', place: placeOf(url), ...entriesOf(moved) } as const
  return { ...moved, untold: await tellLeft(() => openDatabase(from.file, from.key), went) }
}

async function carryToDepartment(from: DatabaseFile, url: DatabaseUrl, moving: Moving): Promise<CameOver> {
  const { by, following = {} } = moving
  await (await openDatabase(from.file, from.key)).destroy()
  await (await openDepartment(url)).destroy()
  const sqlite = openSqlite(from.file, { readonly: true, fileMustExist: true }, from.key)
  try {
    sqlite.exec('begin')
    return await inDepartment(url, 'read write', async (client) => {
      const tables = await refuseInTheWay(sqlite, client)
      const target = new PostgresSide(client)
      const source = new sqliteSide.SqliteSide(sqlite)
      const before = await fillDepartment(client, tables, () => copyRows(source, target, tables, following))
      refuseDiffering(before, await digestsOf(target, tables, following))
      const head = sqliteSide.headIn(sqlite)
      const told = { from: 'sqlite', to: 'postgresql', by }
      const db = withinTransaction(client)
      await conclude(db, 'department', { before, head, ...told }, following)
      await forgetMark(db)
      return summary(before, head)
    })
  } catch (error) {
    throw asStoreError(error)
  } finally {
    sqlite.close()
  }
}

/**
 * Carries a department's record over into a file of SQLite that is not there yet, while no workstation is connected. It
 * gets its name when rows, digests and chain were found to be the same; what a kill leaves beside it goes with the next
 * move. Afterwards the department's own trail tells where it went.
 *
 * @throws GyrusError `move-target-used`, `move-unfinished`, `move-differs`, `move-unsound`, `department-in-use`, `cancelled`, and what
 * opening the two gives
 */
export async function moveToFile(url: DatabaseUrl, file: string, moving: Moving): Promise<Moved> {
  const moved = await carryToFile(url, file, moving)
  const went = { by: moving.by, from: 'postgresql', to: 'sqlite', place: file, ...entriesOf(moved) } as const
  return { ...moved, untold: await tellLeft(() => openDepartment(url), went) }
}

async function carryToFile(url: DatabaseUrl, file: string, moving: Moving): Promise<CameOver> {
  const { by, following = {} } = moving
  refuseThere(file)
  const part = `${file}.moving`
  removeDatabase(part)
  try {
    const moved = await inDepartment(url, 'read only', async (client) => {
      await refuseUnready(client)
      await mkdir(dirname(part), { recursive: true, mode: 0o700 })
      await (await openDatabase(part)).destroy()
      const tables = await tablesOf(client)
      const before = await fillFile(part, new PostgresSide(client), tables, following)
      const head = await headIn(client)
      const db = await openDatabase(part)
      const told = { from: 'postgresql', to: 'sqlite', by }
      await conclude(db, { file: part, key: null }, { before, head, ...told }, following).finally(() => db.destroy())
      return summary(before, head)
    })
    finishFile(part, file)
    return moved
  } catch (error) {
    removeDatabase(part)
    throw asStoreError(error)
  }
}

async function fillFile(
  part: string,
  source: PostgresSide,
  tables: Table[],
  following: CopyFollowing,
): Promise<Digests> {
  const sqlite = openSqlite(part, { fileMustExist: true }, null)
  try {
    // Looked at when all rows are there.
    sqlite.pragma('foreign_keys = OFF')
    sqlite.exec('begin immediate')
    sqliteSide.refuseOtherTables(sqlite, tables)
    const target = new sqliteSide.SqliteSide(sqlite)
    const before = await sqliteSide.withoutTriggers(sqlite, async () => {
      // What a new record begins with.
      for (const { name } of tables) sqlite.exec(`delete from "${name}"`)
      const read = await copyRows(source, target, tables, following)
      sqliteSide.deriveInSqlite(sqlite)
      return read
    })
    sqliteSide.checkReferences(sqlite, 'move-differs')
    refuseDiffering(before, await digestsOf(target, tables, following))
    sqlite.exec('commit')
    return before
  } finally {
    sqlite.close()
  }
}

/** The record moves as one file, without companions; and whoever finds its name finds all of it, after a power cut too. */
function finishFile(part: string, file: string): void {
  const sqlite = openSqlite(part, { fileMustExist: true }, null)
  sqlite.pragma('journal_mode = delete')
  sqlite.close()
  refuseThere(file)
  renameSync(part, file)
  // Windows opens no folders, and needs it not.
  if (process.platform === 'win32') return
  const folder = openSync(dirname(file), 'r')
  fsyncSync(folder)
  closeSync(folder)
}

function removeDatabase(file: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${end}`, { force: true })
}

function refuseDiffering(before: Digests, after: Digests): void {
  const table = differing(before, after)
  if (table !== undefined) throw new GyrusError('move-differs', { reason: table })
}

type Head = Moved['head']

/** The chain's last entry in a department. */
async function headIn(client: pg.ClientBase): Promise<Head> {
  const { rows } = await client.query<{ sequence: number; hash: string }>(
    'select seq as sequence, hash from audit order by seq desc limit 1',
  )
  return rows[0] ?? null
}

interface Told {
  before: Digests
  head: Head
  from: string
  to: string
  by: string
}

/** Holds what came over against its audit trail, and tells there that it came. @throws GyrusError `move-differs`, `move-unsound` */
async function conclude(
  db: Kysely<Database>,
  place: RecordPlace,
  { before, head, from, to, by }: Told,
  following: CopyFollowing,
): Promise<void> {
  const verdict = await verifyRecord(db, place, following)
  if (verdict.broken) throw new GyrusError('move-unsound', { reason: breakSentence(verdict.broken.kind) })
  if ((verdict.head?.hash ?? null) !== (head?.hash ?? null)) throw new GyrusError('move-differs', { reason: 'audit' })
  const detail = { from, to, ...entriesOf(summary(before, head)) }
  await db.transaction().execute((trx) => logAct(trx, { actor: by, act: 'record.moved', subject: 'gyrus', detail }))
}

/** What both sides tell of it. */
const entriesOf = ({ tables, rows, head }: CameOver): Pick<Left, 'rows' | 'entries' | 'head'> => ({
  ...{ rows, entries: tables.audit?.rows ?? 0 },
  head: head?.hash ?? null,
})

const summary = (tables: Digests, head: Head): CameOver => ({
  tables,
  rows: Object.values(tables).reduce((sum, { rows }) => sum + rows, 0),
  head,
})
