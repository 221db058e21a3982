import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import type { Store } from '../../src/main/store/types.ts'
import { type CaseQueryInput, caseQuerySchema } from '../../src/shared/cases.ts'
import type { Confidences, Label } from '../../src/shared/labels.ts'
import { DEFAULT_URGENCY } from '../../src/shared/urgency.ts'
import { makeRecord, verify } from '../support/audit.ts'
import { newCase, newResult } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { undoFrom } from '../support/undo.ts'

const READER = 'Dr A'
const urgent = (change: CaseQueryInput = {}) =>
  caseQuerySchema.parse({ ...change, sort: { column: 'urgency', direction: 'desc' } })
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()

async function open(): Promise<Store> {
  const store = await openStore(join(temporaryFolder(), 'gyrus.sqlite'))
  onTestFinished(() => store.close())
  return store
}

async function receive(store: Store, fileName: string, days: number): Promise<string> {
  const one = newCase({ fileName, receivedAt: daysAgo(days) })
  await store.receive([one])
  return one.id
}

async function answer(store: Store, fileName: string, days: number, notumor: number, label: Label): Promise<string> {
  const id = await receive(store, fileName, days)
  const confidences: Confidences = { glioma: 0, meningioma: 0, pituitary: 0, notumor }
  if (label !== 'notumor') confidences[label] = 1 - notumor
  await store.complete([newResult(id, { label, confidences })])
  return id
}

const order = async (store: Store, blind: string | null = null, change: CaseQueryInput = {}) =>
  (await store.listCases(urgent(change), 0, 100, blind)).rows.map(({ fileName }) => fileName)

/** A sure tumour, one in doubt, a sure “no tumour”, and one that failed. */
async function fill(store: Store): Promise<Record<'sure' | 'doubt' | 'none' | 'old' | 'failed', string>> {
  const none = await answer(store, 'none', 1, 0.99, 'notumor')
  const sure = await answer(store, 'sure', 1, 0, 'glioma')
  const doubt = await answer(store, 'doubt', 1, 0.45, 'glioma')
  const failed = await receive(store, 'failed', 1)
  await store.fail([{ caseId: failed, failure: { code: 'image-corrupt', details: {} } }])
  const old = await answer(store, 'old', 12, 0.99, 'notumor')
  return { sure, doubt, none, old, failed }
}

it('puts first what has most points: a likely tumour, doubt, days of waiting; and takes none off the list', async () => {
  const store = await open()
  const ids = await fill(store)
  // 1 + 0; 0.55 + 0.5 × 0.45; 0.5 + 0.5; 0.01 + 0.005; and eleven days more are 1.1.
  expect(await order(store)).toEqual(['old', 'sure', 'failed', 'doubt', 'none'])
  await store.review({ caseId: ids.old, reader: READER, verdict: 'agree', label: null, comment: '' })
  await store.review({ caseId: ids.doubt, reader: READER, verdict: 'agree', label: null, comment: '' })
  // What was read comes behind, the newest first.
  expect(await order(store)).toEqual(['sure', 'failed', 'none', 'doubt', 'old'])
  expect(await order(store, null, { states: ['analysed'] })).toEqual(['sure', 'none'])
  const place = await store.placeOfCase(ids.failed, urgent())
  expect(place).toMatchObject({ position: 1, previous: ids.sure, next: ids.none, total: 5 })
})

it('follows another answer, and a case that is analysed at last', async () => {
  const store = await open()
  const { none, failed } = await fill(store)
  const confidences = { glioma: 0.999, meningioma: 0, notumor: 0.001, pituitary: 0 }
  await store.addResult(newResult(none, { modelId: 'other', label: 'glioma', confidences }), READER)
  await store.retry(failed, READER)
  await store.complete([
    newResult(failed, { label: 'notumor', confidences: { ...confidences, glioma: 0, notumor: 1 } }),
  ])
  expect(await order(store)).toEqual(['old', 'sure', 'none', 'doubt', 'failed'])
})

it('is another order by another rule, which is on record with the one before', async () => {
  const store = await open()
  await fill(store)
  expect(await store.urgencyRule()).toEqual(DEFAULT_URGENCY)
  await store.setUrgencyRule({ tumour: 0, uncertainty: 1, waiting: 0 }, READER)
  const entry = await store.auditHead()
  expect(entry).toMatchObject({ actor: READER, act: 'reading.urgency-set' })
  const points = { tumour: 0, uncertainty: 1, waiting: 0 }
  expect(JSON.parse(entry?.detail ?? '{}')).toEqual({ ...points, before: DEFAULT_URGENCY })
  expect((await order(store)).slice(0, 2)).toEqual(['failed', 'doubt'])
  await store.setUrgencyRule({ tumour: 2, uncertainty: 0, waiting: 0 }, READER)
  // What comes later is put in order by it, too.
  await answer(store, 'later', 0, 0.2, 'pituitary')
  expect((await order(store)).slice(0, 3)).toEqual(['sure', 'later', 'doubt'])
  expect(await store.urgencyRule()).toEqual({ tumour: 2, uncertainty: 0, waiting: 0 })
})

it('tells a reader whose impression comes first nothing: for them the order is that of waiting', async () => {
  const store = await open()
  const ids = await fill(store)
  const blind = await order(store, READER)
  expect(blind).toEqual(['old', 'none', 'sure', 'doubt', 'failed'])
  // Nothing of the answers is in it: it stays when they are others.
  await store.setUrgencyRule({ tumour: 9, uncertainty: 0, waiting: 0 }, READER)
  expect(await order(store, READER)).toEqual(blind)
  expect((await order(store))[0]).toBe('sure')
  expect(await store.placeOfCase(ids.none, urgent(), READER)).toMatchObject({
    position: 1,
    previous: ids.old,
    next: ids.sure,
  })
  expect(await order(store, READER, { states: ['analysed'] })).toEqual(['old', 'none', 'sure', 'doubt'])
})

it('puts the cases of a record of before in order, leaves that sound, and sorts by an index', async () => {
  const file = await makeRecord(temporaryFolder())
  await undoFrom(file, '0032-urgency')
  const store = await openStore(file)
  const { all } = await store.listCases(urgent(), 0, 100)
  expect(all).toBeGreaterThan(0)
  expect(await order(store)).toHaveLength(all)
  await store.close()
  expect(await verify(file)).toMatchObject({ broken: null })
  const sqlite = new SQLite(file, { readonly: true })
  onTestFinished(() => void sqlite.close())
  expect(sqlite.prepare('select count(*) from cases where urgency = 0 or waited = 0').pluck().get()).toBe(0)
  for (const column of ['urgency', 'waited']) {
    const plan = sqlite
      .prepare(
        `explain query plan select * from cases where dismissed_at is null
         order by ${column} desc, received_at desc, id desc limit 100`,
      )
      .all() as { detail: string }[]
    expect(plan.map(({ detail }) => detail)).toEqual([`SCAN cases USING INDEX cases_by_${column}`])
  }
})
