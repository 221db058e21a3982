import SQLite from 'better-sqlite3'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import type { FrameAnswers, NewActivation, RecordedDataset } from '../../src/main/store/types.ts'
import type { Gate } from '../../src/shared/input-gate.ts'
import { makeRecord, verify } from '../support/audit.ts'
import { DICOM_FACTS, newCase, newResult } from '../support/cases.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { itInSqlite } from '../support/only-sqlite.ts'
import { addAdjudicated } from '../support/second.ts'
import { addSlice, groupNow } from '../support/series.ts'
import { undoFrom } from '../support/undo.ts'

let file = ''
beforeAll(async () => {
  const cleanup = new Cleanup()
  file = await makeRecord(temporaryFolder(cleanup.add))
  await addAdjudicated(file)
  // As an older Gyrus left it.
  await undoFrom(file, '0015-no-replacing')
  const store = await openStore(file)
  await fillAll(store)
  await store.close()
  return cleanup.run
})

/** A row, at least, in each guarded table. */
async function fillAll(store: Awaited<ReturnType<typeof openStore>>) {
  const one = newCase()
  await store.receive([one])
  const statistics = { brightness: 80, contrast: 40, sharpness: 2, noise: 1, head: 0.5 }
  const vector = { indexId: 'one', values: new Uint8Array(8) }
  const standing = { rule: 'neighbours-2', plane: null, counted: 0, key: '0', deciding: [], cautions: [] }
  const frames: FrameAnswers = {
    standing,
    frames: [{ frame: 0, mm: null, scope: 'unread', label: null, confidences: null }],
  }
  await store.complete([
    newResult(one.id, {
      statistics,
      dicom: DICOM_FACTS,
      vector,
      region: { found: false },
      frames,
    }),
  ])
  await store.addResult(newResult(one.id, { modelId: 'other-model' }), 'Dr A')
  await store.logView(one.id, 'Dr A')
  const object = {
    kind: 'SR',
    uid: '2.25.1',
    installation: 'i',
    version: '0.1.0',
    at: '2026-11-24T10:00:00.000Z',
  } as const
  await store.keepObjects({ caseId: one.id, by: 'Dr A', at: object.at, signed: true, to: 'a file', objects: [object] })
  await store.setObjects({ organisation: 'A hospital' }, 'Dr A')
  const { confidences, engine } = newResult(one.id)
  const model = { modelId: 'efl0-2', weightsSha256: 'a'.repeat(64), preprocessingVersion: '1', engine }
  const tried = { ...model, confidences, label: 'glioma' } as const
  const gate: Gate = { verdict: 'near', reasons: [] }
  const experiment = await store.keepExperiment({ ...tried, gate, caseId: one.id, frame: null, steps: [], by: 'Dr A' })
  await store.receive([{ ...newCase(), edited: { origin: one.id, experiment } }])
  await store.placeHold({ caseId: one.id, scope: 'case', by: 'Dr A', reason: 'court' })
  await store.liftHold({ id: 1, by: 'Dr A', reason: 'over' })
  await store.removeImages({ caseIds: [one.id], by: 'Dr A', rule: 'images-of-signed-cases-6-months' })
  await store.erase({ caseIds: [one.id], by: 'Dr A', reason: { salt: 'b'.repeat(32), sha256: 'a'.repeat(64) } })
  for (const mm of [0, 5]) await addSlice(store, mm)
  await groupNow(store)
  const account = { name: 'Dr A', fullName: 'A', role: 'administrator', password: 'x', mustChange: false } as const
  await store.addAccount({ ...account, by: 'Dr A', first: true })
  const at = new Date().toISOString()
  const token = { id: uuidv7(), account: 'Dr A', sha256: 'c'.repeat(64), purpose: 'test', createdBy: 'Dr A' }
  await store.addToken({ ...token, createdAt: at, expiresAt: at })
  for (const _ of [1, 2]) await store.activateModel(ACTIVATION)
  await store.addDataset(DATASET)
}

const ACTIVATION: NewActivation = {
  kind: 'activation',
  modelId: 'model-a',
  by: 'Dr A',
  reason: 'test',
  files: { weights: 'a'.repeat(64), manifest: 'b'.repeat(64), card: null },
  gate: { passed: true, findings: [], reference: null, withoutReference: 'first one' },
  restores: null,
}

const none = { images: 0, training: 0, validation: 0, testing: 0 }
const DATASET: RecordedDataset = {
  name: 'brain',
  version: 1,
  sha256: 'a'.repeat(64),
  contentSha256: 'b'.repeat(64),
  manifestSha256: 'c'.repeat(64),
  importedAt: '2026-11-24T10:00:00.000Z',
  importedBy: 'Dr A',
  origin: { kind: 'files', path: '/sets/brain', patients: null, map: {} },
  images: 0,
  unreadable: 0,
  perClass: { glioma: none, meningioma: none, notumor: none, pituitary: none },
}

const guardedTables = (sqlite: SQLite.Database) =>
  (
    sqlite
      .prepare(`select tbl_name from sqlite_master where name like '%\\_no\\_delete' escape '\\'`)
      .pluck()
      .all() as string[]
  ).sort()

describe('insert or replace', () => {
  itInSqlite('is refused for the key of every row that is there, in every table that allows no deletion', () => {
    const sqlite = new SQLite(file)
    sqlite.pragma('foreign_keys = OFF')
    const tables = guardedTables(sqlite)
    expect(tables).toHaveLength(28)
    for (const table of tables) {
      const before = sqlite.prepare(`select * from ${table}`).all() as Record<string, unknown>[]
      expect(before.length, table).toBeGreaterThan(0)
      for (const { name, columns } of uniqueKeys(sqlite, table)) {
        const row = before.find((one) => columns.every((column) => one[column] !== null))
        if (!row) continue
        const forged = forge(sqlite, table, row, columns)
        const names = Object.keys(forged)
        const insert = sqlite.prepare(
          `insert or replace into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
        )
        expect(() => insert.run(...Object.values(forged)), `${table}: ${name}`).toThrow('append-only')
      }
      expect(sqlite.prepare(`select * from ${table}`).all()).toEqual(before)
    }
    sqlite.close()
  })

  it('does not touch a record from before, which stays sound', async () => {
    expect(await verify(file)).toMatchObject({ broken: null })
  })
})

/** The primary key and all unique indexes, with the columns of each. */
function uniqueKeys(sqlite: SQLite.Database, table: string): { name: string; columns: string[] }[] {
  const primary = sqlite.prepare('select name from pragma_table_info(?) where pk > 0 order by pk').pluck().all(table)
  const indexes = sqlite
    .prepare('select name from pragma_index_list(?) where "unique" = 1')
    .pluck()
    .all(table) as string[]
  const of = sqlite.prepare('select name from pragma_index_info(?) where name is not null').pluck()
  const found = indexes.map((name) => ({ name, columns: of.all(name) as string[] }))
  return [{ name: 'primary key', columns: primary as string[] }, ...found].filter(({ columns }) => columns.length > 0)
}

/** The same key and all else another, so that no other key is in the way. */
function forge(sqlite: SQLite.Database, table: string, row: Record<string, unknown>, key: string[]) {
  const other = uniqueKeys(sqlite, table)
    .flatMap(({ columns }) => columns)
    .filter((column) => !key.includes(column))
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      if (!other.includes(column) || value === null) return [column, value]
      return [column, typeof value === 'number' ? 90_000 + value : `${value}x`]
    }),
  )
}
