import { readFileSync, writeFileSync } from 'node:fs'
import SQLite from 'better-sqlite3'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { rowDigest } from '../../src/main/store/audit/bindings.ts'
import { entryHash } from '../../src/main/store/audit.ts'
import { openReadStore, openStore } from '../../src/main/store/index.ts'
import type { AuditTable } from '../../src/main/store/schema.ts'
import { canonicalJson } from '../../src/shared/canonical-json.ts'
import { random } from '../../src/shared/random.ts'
import { BOUND_TABLES, breakOf, contentOf, makeRecord, pagesOf, verify } from '../support/audit.ts'
import { newCase } from '../support/cases.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { itInSqlite } from '../support/only-sqlite.ts'
import { addBatch, screensOf } from '../support/screens.ts'
import { addAdjudicated } from '../support/second.ts'
import { copyOf, tamper, withTriggers } from '../support/spoil.ts'

let record = ''
/** The same after its triggers were dropped, which takes longer than all else that spoils a copy. */
let bare = ''
/** The same with a batch. */
let batched = ''
let batch = ''
beforeAll(async () => {
  const cleanup = new Cleanup()
  record = await makeRecord(temporaryFolder(cleanup.add))
  await addAdjudicated(record)
  bare = copyOf(record, 'bare')
  tamper(bare, () => undefined)
  batched = copyOf(record, 'batched')
  batch = await addBatch(batched)
  return cleanup.run
})

const spoilt = async (name: string, change: (sqlite: SQLite.Database) => void) => {
  const copy = copyOf(bare, name)
  tamper(copy, change)
  return breakOf(copy)
}

/** Another value for a cell, of the same kind where it has one. */
function other(value: unknown): unknown {
  if (value === null) return 'x'
  if (typeof value === 'number') return value + 1
  return `${value}x`
}

/** Tables and indexes that lists, search and batches are read from. */
async function shownTables(file: string): Promise<string[]> {
  const sqlite = new SQLite(file, { readonly: true })
  const names = sqlite.prepare('select name from sqlite_master where rootpage > 0').pluck().all() as string[]
  sqlite.close()
  return names.filter((name) =>
    /^(cases_by|batch_files|case_counts|case_texts|case_search|sqlite_autoindex_c)/.test(name),
  )
}

describe('a sound record', () => {
  it('with a batch is sound, too', async () => {
    expect(await breakOf(batched)).toBeNull()
  })

  it('is told so, with what was looked at', async () => {
    const sqlite = new SQLite(record, { readonly: true })
    const count = (table: string) => sqlite.prepare(`select count(*) from ${table}`).pluck().get() as number
    const [entries, bound] = [count('audit'), count('audit_bindings')]
    sqlite.close()
    expect(await verify(record)).toMatchObject({ broken: null, entries, rows: bound, clockSetBack: 0 })
    expect(bound).toBe(8 + 5 + 8 + 5 + 6 + 4 + 1 + 3 + 3)
  })

  it('says nothing of a patient in its entries', () => {
    const sqlite = new SQLite(record, { readonly: true })
    const entries = JSON.stringify(sqlite.prepare('select * from audit').all())
    sqlite.close()
    expect(entries).not.toMatch(/MÜLLER|dural/)
  })
})

it('rows that no entry tells of are looked for in steps, wherever they lie', async () => {
  const row = (id: number, sha: string) => (sqlite: SQLite.Database) =>
    sqlite.exec(`insert into case_views select ${id}, id, 'x', '${sha}' from cases limit 1`)
  expect(await spoilt('far', row(9_000, ''))).toMatchObject({ kind: 'row-extra', what: 'case_views/9000' })
  expect(await spoilt('first', row(-5, ''))).toMatchObject({ kind: 'row-extra', what: 'case_views/-5' })
  const copy = copyOf(record, 'steps')
  const stages: string[] = []
  const store = openReadStore(copy)
  await store.verifyRecord({ onProgress: ({ stage }) => void stages.push(stage) })
  await store.close()
  expect(new Set(stages)).toEqual(new Set(['entries', 'rows', 'cases', 'database']))
})

describe('every edit is found', () => {
  const columns = () => {
    const sqlite = new SQLite(record, { readonly: true })
    const found = BOUND_TABLES.flatMap((table) =>
      (sqlite.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => [table, name] as const),
    )
    sqlite.close()
    return found
  }

  itInSqlite(
    'of any column of any row',
    async () => {
      const found = columns()
      expect(found.length).toBeGreaterThan(60)
      for (const [table, column] of found) {
        const sqlite = new SQLite(record, { readonly: true })
        const rows = sqlite.prepare(`select rowid as place, "${column}" as value from ${table}`).all() as {
          place: number
          value: unknown
        }[]
        sqlite.close()
        for (const { place, value } of rows) {
          for (const changed of [other(value), null]) {
            if (changed === value) continue
            const copy = copyOf(bare, 'edit')
            try {
              tamper(copy, (db) => {
                const stored = column === 'seq' && changed === null ? 999 : changed
                db.prepare(`update ${table} set "${column}" = ? where rowid = ?`).run(stored, place)
              })
            } catch (error) {
              expect(String(error), `${table}.${column}`).toMatch(/NOT NULL|UNIQUE|datatype mismatch/)
              continue
            }
            expect(await breakOf(copy), `${table}.${column} of row ${place}: ${value} → ${changed}`).not.toBeNull()
          }
        }
      }
    },
    120_000,
  )

  it.each([
    [`update results set label = 'notumor' where id = 1`, 'row-altered', 'results/1'],
    [`update verdicts set comment = 'none' where id = 2`, 'row-altered', 'verdicts/2'],
    [`delete from verdicts where id = 2`, 'row-missing', 'verdicts/2'],
    [`update signatures set signer = 'Dr C' where id = 1`, 'row-altered', 'signatures/1'],
    [`update signatures set reason = 'none' where id = 2`, 'row-altered', 'signatures/2'],
    [`update impressions set impression = 'glioma' where id = 1`, 'row-altered', 'impressions/1'],
    [`delete from signatures where id = 2`, 'row-missing', 'signatures/2'],
    [`update second_readings set label = null where id = 1`, 'row-altered', 'second_readings/1'],
    [`delete from second_marks where id = 1`, 'row-missing', 'second_marks/1'],
    [`update adjudications set verdict_id = 1 where id = 1`, 'row-altered', 'adjudications/1'],
    [`delete from failures where id = 1`, 'row-missing', 'failures/1'],
  ])('%s: named with its entry', async (change, kind, what) => {
    const found = await spoilt('named', (sqlite) => sqlite.exec(change))
    expect(found).toMatchObject({ kind, what, sequence: expect.any(Number), act: expect.stringMatching(/^case\./) })
  })

  it('of what stands on a case, though no digest is about it', async () => {
    const id = `(select id from cases where state = 'reviewed')`
    const found = await spoilt('standing', (sqlite) =>
      sqlite.exec(`update cases set verdict = 'agree' where id = ${id}`),
    )
    expect(found).toMatchObject({ kind: 'row-altered', act: 'case.reviewed', what: expect.stringMatching(/^cases\//) })
  })

  it('of a signature that was taken off a case, or put on one', async () => {
    const off = await spoilt('unsigned', (sqlite) =>
      sqlite.exec(`update cases set state = 'reviewed' where state = 'signed'`),
    )
    expect(off).toMatchObject({ kind: 'row-altered', act: 'case.amended', what: expect.stringMatching(/^cases\//) })
    const on = await spoilt('signed', (sqlite) =>
      sqlite.exec(`update cases set state = 'signed' where state = 'reviewed'`),
    )
    expect(on).toMatchObject({ kind: 'row-altered', act: 'case.reviewed' })
  })

  it.each([
    [`insert into signatures select 99, case_id, id, null, 'sign', reader, '', created_at from verdicts where id = 1`],
    [
      `insert into verdicts select 99, case_id, result_id, null, 'x', verdict, label, '', created_at from verdicts limit 1`,
    ],
    [
      `insert into results select 99, case_id, 1, model_id, weights_sha256, preprocessing_version, engine, label, created_at,
      p_glioma, p_meningioma, p_notumor, p_pituitary, decode_ms, preprocess_ms, inference_ms, gate, gate_reasons, answer_set from results where id = 1`,
    ],
    [`insert into scans (sha256, bytes, stored_at) values ('x', 1, 'x')`],
    [`update scans set format = 'png', width = 1, height = 1 where format is null`],
    [`insert into audit_bindings values ('results', '99', 'x', 1)`],
  ])('of rows that were put in', async (change) => {
    expect(await spoilt('extra', (sqlite) => sqlite.exec(change))).toMatchObject({ kind: 'row-extra' })
  })

  it('of entries that were taken out, put in or exchanged', async () => {
    expect(await spoilt('gap', (sqlite) => sqlite.exec('delete from audit where seq = 5'))).toMatchObject({
      kind: 'gap',
      sequence: 5,
    })
    expect(await spoilt('first', (sqlite) => sqlite.exec('delete from audit where seq < 3'))).toMatchObject({
      kind: 'gap',
      sequence: 1,
    })
    const exchange =
      'update audit set seq = 99 where seq = 5; update audit set seq = 5 where seq = 6; update audit set seq = 6 where seq = 99'
    expect(await spoilt('exchanged', (sqlite) => sqlite.exec(exchange))).toMatchObject({ kind: 'hash', sequence: 5 })
    const insert = `insert into audit select 99, at, actor, act, subject, detail, previous_hash, 'x' from audit where seq = 5`
    expect(await spoilt('inserted', (sqlite) => sqlite.exec(insert))).toMatchObject({ kind: 'gap' })
    const cut = await spoilt('cut', (sqlite) => sqlite.exec('delete from audit where seq > 6'))
    expect(cut).toMatchObject({ kind: 'row-extra' })
  })

  it('of an entry whose hash, and all after it, were computed anew', async () => {
    const found = await spoilt('anew', (sqlite) => {
      const entries = sqlite.prepare('select * from audit order by seq').all() as AuditTable[]
      let previous = '0'.repeat(64)
      for (const entry of entries) {
        const detail = entry.act === 'case.analysed' ? entry.detail.replace('glioma', 'notumor') : entry.detail
        const binds = JSON.parse(detail).binds ?? {}
        const kept = Object.fromEntries(Object.entries(binds).filter(([what]) => what !== 'results/1'))
        const forged = canonicalJson({ ...JSON.parse(detail), ...(Object.keys(binds).length > 0 && { binds: kept }) })
        const changed = { ...entry, detail: forged, previous_hash: previous }
        previous = entryHash(changed)
        sqlite
          .prepare('update audit set detail = ?, previous_hash = ?, hash = ? where seq = ?')
          .run(forged, changed.previous_hash, previous, entry.seq)
      }
    })
    expect(found).toMatchObject({ kind: 'row-extra', what: 'results/1' })
  })

  it.each([
    [`label = 'notumor' where seq = 1`],
    ['confidence = 0.1 where seq = 2'],
    ['calm = 0 where seq = 2'],
    [`state = 'analysed' where seq = 4`],
    [`label = 'notumor' where seq = 3`],
    ['case_id = (select case_id from batch_files where seq = 1) where seq = 2'],
    ['case_id = null where seq = 1'],
  ])('of what stands on a file of a batch: %s', async (change) => {
    const copy = copyOf(batched, 'file')
    withTriggers(copy, (sqlite) => sqlite.exec(`update batch_files set ${change}`))
    const seq = /seq = (\d)$/.exec(change)?.[1]
    expect(await breakOf(copy)).toMatchObject({ kind: 'copy-differs', what: `batch_files/${batch}@${seq}` })
  })

  it.each([
    [`update case_counts set n = n + 1 where label = 'glioma' and n > 0`, 'count-differs', /^case_counts\/file@/],
    ['delete from case_counts', 'count-differs', /^case_counts\//],
    ['update batches set failed = 7', 'count-differs', /^batches\//],
    [`update case_texts set text = replace(text, 'falx', 'other')`, 'search-differs', /^cases\//],
    ['delete from case_texts where n = 1', 'search-differs', /^cases\//],
    [`update cases set urgency = urgency + 1 where rowid = 1`, 'copy-differs', /^cases\//],
    [`update cases set waited = waited - 1 where rowid = 1`, 'copy-differs', /^cases\//],
    [`insert into urgency_settings (name, value) values ('tumour', 5)`, 'copy-differs', /^cases\//],
  ])('of what lists and search are made of: %s', async (change, kind, what) => {
    const copy = copyOf(batched, 'kept')
    tamper(copy, (sqlite) => sqlite.exec(change))
    expect(await breakOf(copy)).toMatchObject({ kind, what: expect.stringMatching(what) })
  })

  itInSqlite('of a full-text index without its words', async () => {
    const copy = copyOf(batched, 'kept')
    tamper(copy, (sqlite) => sqlite.exec(`insert into case_search (case_search) values ('delete-all')`))
    expect(await breakOf(copy)).toMatchObject({ kind: 'search-differs', what: 'case_search' })
  })

  itInSqlite('of a bit in an index, after which a case is on a list twice, or on none', async ({ skip }) => {
    skip(SQLite.name === 'EncryptedSqlite', 'not run: an encrypted page with another bit cannot be read at all')
    const copy = copyOf(batched, 'index')
    const { size, pages } = pagesOf(copy, ['cases_by_label'])
    const bytes = readFileSync(copy)
    const page = bytes.subarray(pages[0], (pages[0] as number) + size)
    const at = page.indexOf('meningioma')
    expect(at).toBeGreaterThan(0)
    page.write('n', at)
    writeFileSync(copy, bytes)
    expect(await screensOf(copy, batch)).not.toBe(await screensOf(batched, batch))
    expect(await breakOf(copy)).toMatchObject({
      kind: 'index-differs',
      what: expect.stringContaining('cases_by_label'),
    })
  })

  itInSqlite(
    'of any byte of the indexes and copies that screens read, where it changes what they show',
    async () => {
      const sound = await screensOf(batched, batch)
      const bytes = readFileSync(batched)
      const { size, pages } = pagesOf(batched, await shownTables(batched))
      const next = random(11)
      let changed = 0
      for (let i = 0; i < 220; i++) {
        const start = pages[Math.floor(next() * pages.length)] as number
        const at = start + Math.floor(next() * size)
        const flipped = Buffer.from(bytes)
        flipped[at] = (flipped[at] as number) ^ (1 << Math.floor(next() * 8))
        const copy = copyOf(batched, 'shown')
        writeFileSync(copy, flipped)
        if ((await screensOf(copy, batch)) === sound) continue
        changed += 1
        expect(await breakOf(copy), `byte ${at}`).not.toBeNull()
      }
      expect(changed).toBeGreaterThan(10)
    },
    120_000,
  )

  itInSqlite(
    'of any byte of the pages that hold the rows, or the database is not readable',
    async () => {
      const sound = contentOf(record)
      const bytes = readFileSync(record)
      const { size, pages } = pagesOf(record, BOUND_TABLES)
      const next = random(7)
      let changed = 0
      for (let i = 0; i < 400; i++) {
        const at = (pages[Math.floor(next() * pages.length)] as number) + Math.floor(next() * size)
        const copy = copyOf(record, 'flip')
        const flipped = Buffer.from(bytes)
        flipped[at] = (flipped[at] as number) ^ (1 << Math.floor(next() * 8))
        writeFileSync(copy, flipped)
        // Free space in a page, or a byte that no row is made of.
        if (contentOf(copy) === sound) continue
        changed += 1
        expect(await breakOf(copy), `byte ${at}`).not.toBeNull()
      }
      expect(changed).toBeGreaterThan(100)
    },
    120_000,
  )
})

describe('what does not break it', () => {
  it('is a clock that was set back, which is on record', async () => {
    const file = copyOf(record, 'clock')
    const store = await openStore(file)
    vi.useFakeTimers({ now: new Date('2020-01-01T00:00:00Z'), toFake: ['Date'] })
    await store.receive([newCase()])
    vi.useRealTimers()
    await store.receive([newCase()])
    await store.close()
    expect(await verify(file)).toMatchObject({ broken: null, clockSetBack: 1 })
  })

  it('is an erasure that leaves a tombstone, bound by its own entry; another one is found', async () => {
    const file = copyOf(record, 'erased')
    const erase = (sqlite: SQLite.Database) => sqlite.exec(`update cases set file_name = '' where label = 'notumor'`)
    withTriggers(file, (sqlite) => {
      erase(sqlite)
      const row = sqlite.prepare(`select * from cases where label = 'notumor'`).get() as Record<string, unknown>
      const last = sqlite.prepare('select * from audit order by seq desc limit 1').get() as AuditTable
      const salt = 'ab'.repeat(16)
      const seq = last.seq + 1
      sqlite
        .prepare(`update audit_bindings set salt = ?, seq = ? where kind = 'cases' and key = ?`)
        .run(salt, seq, row.id)
      const detail = canonicalJson({ binds: { [`cases/${row.id}`]: rowDigest('cases', row, salt) } })
      const entry = { seq, at: last.at, actor: 'Dr A', act: 'case.erased', subject: String(row.id), detail }
      const whole = { ...entry, previous_hash: last.hash }
      sqlite.prepare('insert into audit values (?, ?, ?, ?, ?, ?, ?, ?)').run(...Object.values(whole), entryHash(whole))
    })
    expect(await breakOf(file)).toBeNull()
    expect(await spoilt('silent', erase)).toMatchObject({ kind: 'row-altered', act: 'case.received' })
  })

  it('is the file of an empty record', async () => {
    const file = `${record}.empty`
    await (await openStore(file)).close()
    expect(await verify(file)).toMatchObject({ broken: null, entries: 0, head: null })
  })
})

it('ends when it is cancelled, also while the database is looked at', async () => {
  const store = await openStore(copyOf(record, 'cancel'))
  await expect(store.verifyRecord({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' })
  const abort = new AbortController()
  const onProgress = ({ stage }: { stage: string }) => stage === 'database' && abort.abort()
  const verified = store.verifyRecord({ signal: abort.signal, onProgress })
  // In the project “encrypted” it has no thread of its own, and cannot be told.
  if (SQLite.name !== 'EncryptedSqlite') await expect(verified).rejects.toMatchObject({ code: 'cancelled' })
  await verified.catch(() => undefined)
  await store.close()
})
