import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { grantStation } from '../../src/main/compose.ts'
import {
  moveToDepartment,
  moveToFile,
  openDepartmentReadStore,
  openDepartmentStore,
  openReadStore,
  openStore,
} from '../../src/main/store/index.ts'
import { openDepartment } from '../../src/main/store/postgres/open.ts'
import type { ReadStore } from '../../src/main/store/types.ts'
import { batchQuerySchema } from '../../src/shared/batches.ts'
import { caseQuerySchema, SORT_COLUMNS } from '../../src/shared/cases.ts'
import { breakOf } from '../support/audit.ts'
import { newCase, newResult } from '../support/cases.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { tamper } from '../support/spoil.ts'
import { query } from './support/server.ts'
import { makeDepartment } from './support/station.ts'
import { fileIn, makeWholeRecord } from './support/whole-record.ts'

const BY = { by: 'Dr Admin' }
let file = ''
let batch = ''
beforeAll(async () => {
  const cleanup = new Cleanup()
  const made = await makeWholeRecord(cleanup.add)
  file = made.file
  batch = made.batch
  return cleanup.run
})

const inClear = (of: string) => ({ file: of, key: null })

function copyOf(of: string): string {
  const copy = fileIn()
  const sqlite = new SQLite(of)
  sqlite.prepare('vacuum into ?').run(copy)
  sqlite.close()
  return copy
}

const rowsIn = async (url: string) =>
  (
    await query<{ n: number }>(
      url,
      'select (select count(*) from gyrus.audit)::int + (select count(*) from gyrus.scans)::int as n',
    )
  )[0]?.n

/** All that lists, filters, search and a batch's page show. */
async function shownOf(store: ReadStore): Promise<unknown[]> {
  const queries = [
    ...SORT_COLUMNS.map((column) => ({ sort: { column, direction: 'asc' as const } })),
    ...['falx', 'mull', 'scans', 'glioma', 'lukasz', 'strasse', 'ACC-9'].map((search) => ({ search })),
  ]
  // Sums have no order.
  const totals = (await store.batchTotals(batch)).map((sum) => JSON.stringify(sum)).sort()
  const shown: unknown[] = [await store.facets(), await store.getBatch(batch), totals]
  for (const one of queries) {
    const { rows, ...page } = await store.listCases(caseQuerySchema.parse(one), 0, 100)
    // Points grow while one looks.
    shown.push({ ...page, one, rows: rows.map(({ urgency: _, ...row }) => row) })
  }
  const top = { after: null, skip: 0, limit: 100 }
  shown.push(await store.batchFiles(batch, batchQuerySchema.parse({ sort: 'attention' }), top, 'Dr A'))
  return shown
}

describe('a record', () => {
  it('goes to a department and back, with each row, the chain, and what lists and search show', async () => {
    const { database } = await makeDepartment()
    const there = await moveToDepartment(inClear(file), database, BY)
    for (const name of ['results', 'case_dicom', 'feature_vectors', 'experiments', 'erasures', 'series', 'batch_files'])
      expect(there.tables[name]?.rows, name).toBeGreaterThan(0)
    const [sqlite, postgres] = [openReadStore(file), await openDepartmentReadStore(database)]
    expect(await shownOf(postgres)).toEqual(await shownOf(sqlite))
    expect(await postgres.verifyRecord({})).toMatchObject({ broken: null })
    await Promise.all([sqlite.close(), postgres.close()])
    const told = await query<{ detail: string }>(
      database,
      `select detail from gyrus.audit where act = 'record.moved' and actor = 'Dr Admin' and subject = 'gyrus'`,
    )
    expect(JSON.parse(told[0]?.detail ?? '')).toEqual({
      ...{ from: 'sqlite', to: 'postgresql', rows: there.rows, entries: there.head?.sequence, head: there.head?.hash },
    })

    const back = fileIn()
    const again = await moveToFile(database, back, BY)
    // The department's trail has one entry more, which tells of the first move.
    const { audit, ...others } = there.tables
    expect(again.tables).toMatchObject(others)
    expect(again.tables.audit?.rows).toBe((audit?.rows ?? 0) + 1)
    expect(await breakOf(back)).toBeNull()
    const [first, last] = [openReadStore(file), openReadStore(back)]
    expect(await shownOf(last)).toEqual(await shownOf(first))
    await Promise.all([first.close(), last.close()])
    const name = `%.png`
    const dump = (of: string) => {
      const sqlite = new SQLite(of, { readonly: true })
      const rows = sqlite.prepare('select rowid, * from cases where file_name like ? order by rowid').all(name)
      const results = sqlite.prepare('select rowid, * from results order by rowid').all()
      sqlite.close()
      return { rows, results }
    }
    expect(dump(back)).toEqual(dump(file))
  })

  it('is worked on where it went: the next rows come behind those that are there', async () => {
    const { database } = await makeDepartment()
    await moveToDepartment(inClear(file), database, BY)
    const store = await openDepartmentStore(database, 'a')
    const one = newCase({ fileName: 'next.png', scan: { sha256: '9'.repeat(64), bytes: 5 } })
    await store.receive([one])
    await store.complete([newResult(one.id)])
    await store.review({ caseId: one.id, reader: 'Dr B', verdict: 'agree', label: null, comment: 'falx' })
    expect((await store.verifyRecord({})).broken).toBeNull()
    // A batch that was broken off before goes on at the workstation where somebody says so.
    await store.changeBatch({ id: batch, actor: 'Dr B', act: 'resumed' })
    expect(await store.queuedBatches()).toEqual([batch])
    await store.changeBatch({ id: batch, actor: 'Dr B', act: 'started' })
    await expect(moveToFile(database, fileIn(), BY)).rejects.toMatchObject({ code: 'department-in-use' })
    await store.close()
    await expect(moveToFile(database, fileIn(), BY)).rejects.toMatchObject({ code: 'move-unfinished' })
    const restarted = await openDepartmentStore(database, 'a')
    expect(await restarted.interruptBatches()).toEqual([batch])
    await restarted.close()
    const back = fileIn()
    await moveToFile(database, back, BY)
    const home = await openStore(back)
    const two = newCase({ fileName: 'home.png', scan: { sha256: '8'.repeat(64), bytes: 5 } })
    await home.receive([two])
    await home.complete([newResult(two.id)])
    await home.changeBatch({ id: batch, actor: 'Dr A', act: 'resumed' })
    expect(await home.queuedBatches()).toEqual([batch])
    await home.close()
    expect(await breakOf(back)).toBeNull()
  })

  it('keeps numbers of 64 bits, and what SQLite and PostgreSQL write differently', async () => {
    const copy = copyOf(file)
    const sqlite = new SQLite(copy)
    sqlite.prepare('insert into machine_samples values (?, ?, ?, ?)').run('far', 2n ** 63n - 1n, -(2n ** 63n), 0n)
    sqlite.close()
    const { database } = await makeDepartment()
    await moveToDepartment(inClear(copy), database, BY)
    const sample = `select restarts::text, memory_bytes::text from gyrus.machine_samples where at = 'far'`
    expect(await query(database, sample)).toEqual([
      { restarts: String(2n ** 63n - 1n), memory_bytes: String(-(2n ** 63n)) },
    ])
    const back = fileIn()
    await moveToFile(database, back, BY)
    const again = new SQLite(back, { readonly: true })
    const row = again
      .prepare(`select restarts, memory_bytes from machine_samples where at = 'far'`)
      .safeIntegers()
      .raw()
    expect(row.get()).toEqual([2n ** 63n - 1n, -(2n ** 63n)])
    again.close()
  })
})

it('needs no administrator of the server: an owner of the database moves, grants, and sees who is connected', async () => {
  const server = inject('departmentServer')
  const [owner, station] = ['owner', 'station'].map((name) => `${name}_${process.pid}`)
  for (const role of [owner, station]) await query(`${server}postgres`, `create role ${role} login`)
  await query(`${server}postgres`, `create database ${owner} owner ${owner}`)
  const as = (role: string | undefined) => `${server.replace('gyrus@', `${role}@`)}${owner}`
  await moveToDepartment(inClear(file), as(owner), BY)
  await grantStation({ database: as(owner), station: 'owner' }, station ?? '')
  const store = await openDepartmentStore(as(station), 'a')
  const one = newCase()
  await store.receive([one])
  await store.complete([newResult(one.id)])
  await expect(moveToFile(as(owner), fileIn(), BY)).rejects.toMatchObject({ code: 'department-in-use' })
  await store.close()
  const back = fileIn()
  await moveToFile(as(owner), back, BY)
  expect(await breakOf(back)).toBeNull()
  // Whoever may only work in it reads all of it, and cannot fill another one.
  await moveToFile(as(station), fileIn(), BY)
  await query(as(owner), 'drop schema gyrus cascade')
  const empty = await openDepartment(as(owner))
  await empty.destroy()
  await grantStation({ database: as(owner), station: 'owner' }, station ?? '')
  await expect(moveToDepartment(inClear(file), as(station), BY)).rejects.toMatchObject({ code: 'department-owner' })
}, 60_000)

it('leaves every index and trigger of an empty department as it was', async () => {
  const { database } = await makeDepartment()
  const made = () =>
    query<{ made: string }>(
      database,
      `select indexdef as made from pg_indexes where schemaname = 'gyrus' union all
       select pg_get_triggerdef(oid) || tgenabled::text from pg_trigger
       where not tgisinternal and tgrelid in (select oid from pg_class where relnamespace = 'gyrus'::regnamespace) order by made`,
    )
  const before = await made()
  expect(before.length).toBeGreaterThan(100)
  await moveToDepartment(inClear(file), database, BY)
  expect(await made()).toEqual(before)
})

describe('it is refused', () => {
  it('where something is there already, and nothing is changed', async () => {
    const { database } = await makeDepartment()
    await moveToDepartment(inClear(file), database, BY)
    const before = await rowsIn(database)
    await expect(moveToDepartment(inClear(file), database, BY)).rejects.toMatchObject({ code: 'move-target-used' })
    expect(await rowsIn(database)).toBe(before)
    await expect(moveToFile(database, file, BY)).rejects.toMatchObject({ code: 'move-target-used' })
    expect(await breakOf(file)).toBeNull()
  })

  it('while workstations are connected', async () => {
    const { database } = await makeDepartment()
    const store = await openDepartmentStore(database, 'a')
    await store.receive([newCase()])
    const to = fileIn()
    await expect(moveToFile(database, to, BY)).rejects.toMatchObject({ code: 'department-in-use' })
    await store.close()
    await moveToFile(database, to, BY)
    expect(existsSync(to)).toBe(true)
  })

  it('where a text has a NUL, which PostgreSQL cannot keep, before anything is written', async () => {
    const copy = copyOf(file)
    tamper(copy, (sqlite) => void sqlite.prepare('update verdicts set comment = ? where id = 2').run('du\0ral'))
    const { database } = await makeDepartment()
    const moved = moveToDepartment(inClear(copy), database, BY)
    await expect(moved).rejects.toMatchObject({
      code: 'move-unfit',
      details: { table: 'verdicts', row: 2, column: 'comment' },
    })
    expect(await rowsIn(database)).toBe(0)
  })

  it('while a batch is not done', async () => {
    const copy = copyOf(file)
    const store = await openStore(copy)
    await store.changeBatch({ id: batch, actor: 'Dr A', act: 'resumed' })
    await store.close()
    const { database } = await makeDepartment()
    const moved = moveToDepartment(inClear(copy), database, BY)
    await expect(moved).rejects.toMatchObject({ code: 'move-unfinished', details: { name: 'monday' } })
    expect(await rowsIn(database)).toBe(0)
  })

  it('where the record is not sound', async () => {
    const copy = copyOf(file)
    tamper(copy, (sqlite) => void sqlite.exec(`update verdicts set comment = 'none' where id = 2`))
    const { database } = await makeDepartment()
    await expect(moveToDepartment(inClear(copy), database, BY)).rejects.toMatchObject({ code: 'move-unsound' })
    expect(await rowsIn(database)).toBe(0)
    expect(await moveToDepartment(inClear(file), database, BY)).toMatchObject({ head: { hash: expect.any(String) } })
  })

  it('where another value came over than was there, by a rule of the database itself', async () => {
    const { database } = await makeDepartment()
    await query(
      database,
      `create rule spoil as on insert to gyrus.machine_samples do also
      update gyrus.machine_samples set restarts = 7`,
    )
    const moved = moveToDepartment(inClear(file), database, BY)
    await expect(moved).rejects.toMatchObject({ code: 'move-differs', details: { reason: 'machine_samples' } })
    expect(await rowsIn(database)).toBe(0)
  })
})

describe('nothing of it is left', () => {
  it.each(['rows', 'check', 'entries'])('where it is cancelled at %s, and it can be done again', async (stage) => {
    const { database } = await makeDepartment()
    const abort = new AbortController()
    const onProgress = (at: { stage: string; done: number }) => {
      if (at.stage === stage) abort.abort()
    }
    const following = { signal: abort.signal, onProgress }
    await expect(moveToDepartment(inClear(file), database, { ...BY, following })).rejects.toMatchObject({
      code: 'cancelled',
    })
    expect(await rowsIn(database)).toBe(0)
    await moveToDepartment(inClear(file), database, BY)
    const back = fileIn()
    const second = new AbortController()
    const cancelled = moveToFile(database, back, {
      ...BY,
      following: { signal: second.signal, onProgress: (at) => at.stage === stage && second.abort() },
    })
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' })
    expect(existsSync(back) || existsSync(`${back}.moving`)).toBe(false)
    await moveToFile(database, back, BY)
    expect(await breakOf(back)).toBeNull()
  })

  it.each(['rows', 'check', 'entries'])('where it is killed at %s, and it can be done again', async (stage) => {
    const { database } = await makeDepartment()
    await killedAt(stage, { way: 'there', file, database })
    expect(await rowsIn(database)).toBe(0)
    await moveToDepartment(inClear(file), database, BY)
    const back = join(temporaryFolder(), 'gyrus.sqlite')
    await killedAt(stage, { way: 'back', file: back, database })
    expect(existsSync(back)).toBe(false)
    await moveToFile(database, back, BY)
    expect(await breakOf(back)).toBeNull()
    expect(existsSync(`${back}.moving`)).toBe(false)
  })
})

async function killedAt(
  stage: string,
  order: { way: 'there' | 'back'; file: string; database: string },
): Promise<void> {
  const program = join(import.meta.dirname, 'support', 'mover.ts')
  const child = fork(program, [stage, JSON.stringify(order)], { stdio: 'inherit' })
  const [, signal] = await once(child, 'exit')
  expect(signal).toBe('SIGKILL')
}
