import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { describe, expect, it, onTestFinished } from 'vitest'
import { orderedFiles } from '../../src/main/store/batch-files.ts'
import { openStore } from '../../src/main/store/index.ts'
import { openDatabase } from '../../src/main/store/open.ts'
import type { Store } from '../../src/main/store/types.ts'
import { attentionOf } from '../../src/shared/attention.ts'
import { type BatchCursor, batchQuerySchema } from '../../src/shared/batches.ts'
import type { Confidences } from '../../src/shared/labels.ts'
import { newCase, newResult } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { itInSqlite } from '../support/only-sqlite.ts'

const READER = 'Dr A'
const ANY = batchQuerySchema.parse({})
const TOP = { after: null, skip: 0, limit: 100 }

async function openTestStore() {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const store = await openStore(file)
  onTestFinished(() => store.close())
  return { store, file }
}

async function addBatch(store: Store, paths: string[]): Promise<string> {
  const id = uuidv7()
  const options = { subFolders: true, filter: '', skipSeen: true }
  await store.addBatch({ id, name: 'scans', origin: 'folder', options, roots: ['/scans'], by: READER })
  await store.addBatchFiles(
    id,
    paths.map((path) => ({ root: 0, path, failure: null })),
  )
  await store.batchListed(id, [])
  await store.changeBatch({ id, actor: 'gyrus', act: 'started' })
  return id
}

async function analyse(store: Store, batch: string, seq: number, confidences: Confidences): Promise<string> {
  const one = newCase({ member: { batch, seq, again: false } })
  await store.receive([one])
  const label = confidences.notumor > 0.5 ? 'notumor' : 'glioma'
  await store.complete([newResult(one.id, { label, confidences })])
  return one.id
}

const sure: Confidences = { glioma: 0, meningioma: 0, notumor: 1, pituitary: 0 }
const torn: Confidences = { glioma: 0.4, meningioma: 0, notumor: 0.6, pituitary: 0 }
const tumour: Confidences = { glioma: 0.99, meningioma: 0, notumor: 0.01, pituitary: 0 }

describe('migration 0008: a batch', () => {
  it('counts its files wherever they stand, and shows first what needs eyes', async () => {
    const { store } = await openTestStore()
    const id = await addBatch(store, ['/scans/a', '/scans/b', '/scans/c', '/scans/d', '/scans/e'])
    await analyse(store, id, 1, sure)
    const seen = await analyse(store, id, 2, torn)
    await analyse(store, id, 3, tumour)
    const failed = newCase({ member: { batch: id, seq: 4, again: false } })
    const { scan: _, ...withoutScan } = failed
    await store.receiveFailed([{ ...withoutScan, failure: { code: 'file-missing', details: {} } }])
    await store.skipFiles([{ member: { batch: id, seq: 5, again: false }, caseId: seen }])

    const { rows, total } = await store.batchFiles(id, ANY, TOP, READER)
    expect(total).toBe(5)
    expect(rows.map(({ seq }) => seq)).toEqual([3, 2, 5, 1, 4])
    expect(rows[0]).toMatchObject({ state: 'analysed', label: 'glioma', confidence: 0.99, opened: false })
    expect(rows[0]?.attention).toBeCloseTo(attentionOf(tumour), 12)
    expect(rows[2]).toMatchObject({ state: 'skipped', caseId: seen, label: 'notumor', confidence: 0.6 })
    expect(rows[4]).toMatchObject({ state: 'failed', label: null, failure: { code: 'file-missing' } })
    const counts = { total: 5, analysed: 3, failed: 1, skipped: 1, remaining: 0 }
    expect((await store.getBatch(id)).counts).toEqual(counts)
    expect((await store.batchTotals(id)).reduce((sum, { files }) => sum + files, 0)).toBe(5)

    // A case that moves moves its file; one that was skipped stays so.
    await store.review({ caseId: seen, reader: READER, verdict: 'agree', label: null, comment: '' })
    const after = await store.batchFiles(id, ANY, TOP, READER)
    expect(after.rows.map(({ state }) => state)).toEqual(['analysed', 'reviewed', 'skipped', 'analysed', 'failed'])
    expect((await store.getBatch(id)).counts).toEqual(counts)
  })

  it('retries what has failed into the same case, and doubles nothing', async () => {
    const { store, file } = await openTestStore()
    const id = await addBatch(store, ['/scans/a'])
    const { scan, ...one } = newCase({ member: { batch: id, seq: 1, again: false } })
    await store.receiveFailed([{ ...one, failure: { code: 'file-missing', details: {} } }])
    await store.changeBatch({ id, actor: 'gyrus', act: 'completed', workedMs: 500 })
    await store.changeBatch({ id, actor: READER, act: 'retried' })
    expect(await store.filesToDo(id, 0, 10)).toEqual([
      { seq: 1, path: '/scans/a', rootPath: '/scans', failure: null, failedCase: { id: one.id, sha256: null } },
    ])
    await store.receive([{ ...one, scan, member: { batch: id, seq: 1, again: true } }])
    await store.complete([newResult(one.id)])
    expect(await store.getCase(one.id)).toMatchObject({ state: 'analysed', failure: null })
    expect(await store.getBatch(id)).toMatchObject({
      state: 'queued',
      counts: { analysed: 1, failed: 0, remaining: 0 },
    })
    const sqlite = new SQLite(file, { readonly: true })
    onTestFinished(() => void sqlite.close())
    expect(sqlite.prepare('select count(*) from cases').pluck().get()).toBe(1)
  })

  it('takes an act only in its states, and keeps each with the counts', async () => {
    const { store, file } = await openTestStore()
    const id = await addBatch(store, ['/scans/a'])
    await expect(store.changeBatch({ id, actor: READER, act: 'resumed' })).rejects.toMatchObject({
      code: 'batch-state',
    })
    await expect(store.changeBatch({ id: uuidv7(), actor: READER, act: 'resumed' })).rejects.toMatchObject({
      code: 'batch-unknown',
    })
    expect(await store.interruptBatches()).toEqual([id])
    await store.changeBatch({ id, actor: READER, act: 'cancelled', workedMs: 0 })
    await expect(store.changeBatch({ id, actor: READER, act: 'resumed' })).rejects.toMatchObject({
      code: 'batch-state',
    })
    const sqlite = new SQLite(file, { readonly: true })
    onTestFinished(() => void sqlite.close())
    const acts = sqlite.prepare('select act, actor, detail from audit order by seq').all() as Record<string, string>[]
    expect(acts.map(({ act, actor }) => `${act} ${actor}`)).toEqual([
      'batch.created Dr A',
      'batch.started gyrus',
      'batch.interrupted gyrus',
      'batch.cancelled Dr A',
    ])
    expect(JSON.parse(acts[3]?.detail ?? '')).toEqual({ total: 1, analysed: 0, failed: 0, skipped: 0, remaining: 1 })
  })

  it('that is walked again after a kill gets no file twice', async () => {
    const { store } = await openTestStore()
    const id = await addBatch(store, ['/scans/a', '/scans/b'])
    await store.addBatchFiles(id, [
      { root: 0, path: '/scans/b', failure: null },
      { root: 0, path: '/scans/c', failure: null },
    ])
    expect((await store.filesToDo(id, 0, 10)).map(({ path }) => path)).toEqual(['/scans/a', '/scans/b', '/scans/c'])
  })
})

describe('who looked at what', () => {
  it('is kept for good', async () => {
    const { store, file } = await openTestStore()
    const one = newCase()
    await store.receive([one])
    await store.logView(one.id, READER)
    await expect(store.logView(uuidv7(), READER)).rejects.toMatchObject({ code: 'case-unknown' })
    const sqlite = new SQLite(file)
    onTestFinished(() => void sqlite.close())
    expect(() => sqlite.exec('delete from case_views')).toThrow('append-only')
    expect(() => sqlite.exec(`update case_views set reader = ''`)).toThrow('append-only')
  })

  it('decides with what one may agree at once: unread cases whose result this reader had on the screen', async () => {
    const { store } = await openTestStore()
    const id = await addBatch(
      store,
      ['a', 'b', 'c', 'd'].map((name) => `/scans/${name}`),
    )
    const [first, second, third] = [
      await analyse(store, id, 1, tumour),
      await analyse(store, id, 2, sure),
      await analyse(store, id, 3, sure),
    ]
    const early = newCase({ member: { batch: id, seq: 4, again: false } })
    await store.receive([early])
    await store.logView(early.id, READER)
    await new Promise((resolve) => setTimeout(resolve, 5))
    await store.complete([newResult(early.id)])
    await store.logView(first, READER)
    await store.logView(second, 'Dr B')
    await store.logView(third, READER)
    await store.review({ caseId: third, reader: 'Dr B', verdict: 'disagree', label: 'glioma', comment: '' })
    const agreed = await store.agreeWith([first, first, second, third, early.id, uuidv7()], READER)
    expect(agreed).toEqual({ agreed: 1, notOpened: 2, notReviewable: 2 })
    expect(await store.getCase(first)).toMatchObject({ verdict: 'agree', reader: READER, state: 'reviewed' })
    expect(await store.getCase(third)).toMatchObject({ verdict: 'disagree', reader: 'Dr B' })
    const { rows } = await store.batchFiles(id, ANY, TOP, READER)
    expect(Object.fromEntries(rows.map(({ seq, opened }) => [seq, opened]))).toEqual({
      1: true,
      2: false,
      3: true,
      4: false,
    })
  })
})

describe('100,000 files', { timeout: 120_000 }, () => {
  itInSqlite('are sorted and filtered by an index alone, and windows follow each other', async () => {
    const { store, file } = await openTestStore()
    const id = await addBatch(store, [])
    const sqlite = new SQLite(file)
    sqlite.exec(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000)
      insert into batch_files (batch_id, seq, root, path, state, label, confidence, calm)
      select '${id}', i, 0, '/scans/' || i, 'analysed', case when i % 3 then 'notumor' else 'glioma' end,
        0.5 + (i * 7919 % 1000) / 2000.0, (i * 104729 % 99991) / 99991.0 from n`)
    sqlite.close()

    const db = await openDatabase(file)
    onTestFinished(() => db.destroy())
    const after: BatchCursor = { calm: 0.5, seq: 10 }
    const queries = [ANY, batchQuerySchema.parse({ labels: ['glioma'], states: ['analysed'], confidenceUpTo: 0.9 })]
    for (const sort of ['attention', 'order'] as const) {
      for (const query of queries) {
        for (const place of [TOP, { ...TOP, after }, { ...TOP, skip: 50_000 }]) {
          const plan = await orderedFiles(db, id, { ...query, sort }, place).explain(undefined, sql`query plan`)
          const details = plan.map((step) => String(step.detail))
          expect(details).toEqual([expect.stringMatching(/^SEARCH batch_files USING .*INDEX .*\(batch_id=\?/)])
          if (sort === 'attention') expect(details[0]).toContain('USING COVERING INDEX batch_files_by_calm')
        }
      }
    }

    const query = batchQuerySchema.parse({ labels: ['glioma'] })
    const first = await store.batchFiles(id, query, TOP, READER)
    const second = await store.batchFiles(id, query, { ...TOP, after: first.end }, READER)
    const both = await store.batchFiles(id, query, { ...TOP, limit: 200 }, READER)
    const skipped = await store.batchFiles(id, query, { ...TOP, skip: 100 }, READER)
    expect([...first.rows, ...second.rows]).toEqual(both.rows)
    expect(skipped.rows).toEqual(second.rows)
    expect(first.total).toBe(33_333)
    expect((await store.batchFiles(id, query, { ...TOP, skip: 33_300 }, READER)).rows).toHaveLength(33)
  })
})
