import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import type { Store } from '../../src/main/store/types.ts'
import { type CaseQueryInput, caseQuerySchema } from '../../src/shared/cases.ts'
import type { Confidences, Label } from '../../src/shared/labels.ts'
import { DEFAULT_URGENCY } from '../../src/shared/urgency.ts'
import { makeRecord, verify } from '../support/audit.ts'
import { newCase, newResult, OUTSIDE } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { itInSqlite } from '../support/only-sqlite.ts'
import { undoFrom } from '../support/undo.ts'

const READER = 'Dr A'
const NOTHING = { tumour: 0, uncertainty: 0, waiting: 0, unjudged: 0, unreadable: 0 }
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

/** A sure tumour, one in doubt, a sure “no tumour”, one that is not judged, and one that failed. */
async function fill(store: Store): Promise<Record<'sure' | 'doubt' | 'none' | 'old' | 'unjudged' | 'failed', string>> {
  const none = await answer(store, 'none', 1, 0.99, 'notumor')
  const sure = await answer(store, 'sure', 1, 0, 'glioma')
  const doubt = await answer(store, 'doubt', 1, 0.45, 'glioma')
  const failed = await receive(store, 'failed', 1)
  await store.fail([{ caseId: failed, failure: { code: 'image-corrupt', details: {} } }])
  const unjudged = await receive(store, 'unjudged', 1)
  await store.complete([newResult(unjudged, OUTSIDE)])
  const old = await answer(store, 'old', 12, 0.99, 'notumor')
  return { sure, doubt, none, old, unjudged, failed }
}

it('puts first what has most points: a likely tumour, doubt, days of waiting; and takes none off the list', async () => {
  const store = await open()
  const ids = await fill(store)
  // 1 + 0; 0.55 + 0.5 × 0.45; 0.7; 0.3; 0.01 + 0.005; and eleven days more are 1.1.
  expect(await order(store)).toEqual(['old', 'sure', 'doubt', 'unjudged', 'failed', 'none'])
  await store.review({ caseId: ids.old, reader: READER, verdict: 'agree', label: null, comment: '' })
  await store.review({ caseId: ids.doubt, reader: READER, verdict: 'agree', label: null, comment: '' })
  // What was read comes behind, the newest first.
  expect(await order(store)).toEqual(['sure', 'unjudged', 'failed', 'none', 'doubt', 'old'])
  expect(await order(store, null, { states: ['analysed'] })).toEqual(['sure', 'unjudged', 'none'])
  const place = await store.placeOfCase(ids.failed, urgent())
  expect(place).toMatchObject({ position: 2, previous: ids.unjudged, next: ids.none, total: 6 })
})

it('tells of each case that waits its points and their parts, which are what it is sorted by', async () => {
  const store = await open()
  const ids = await fill(store)
  await store.review({ caseId: ids.doubt, reader: READER, verdict: 'agree', label: null, comment: '' })
  const { rows } = await store.listCases(urgent(), 0, 100, null)
  const told = new Map(rows.map(({ fileName, urgency }) => [fileName, urgency]))
  const parts = (name: string) => told.get(name)?.parts.map(({ part, of, points }) => [part, of, points])
  const near = (value: number) => expect.closeTo(value, 3)
  expect(parts('sure')).toEqual([
    ['tumour', near(1), near(1)],
    ['uncertainty', near(0), near(0)],
    ['waiting', near(1), near(0.1)],
  ])
  expect(parts('unjudged')).toEqual([
    ['unjudged', 1, 0.7],
    ['waiting', near(1), near(0.1)],
  ])
  expect(parts('failed')?.[0]).toEqual(['unreadable', 1, 0.3])
  // Read: nobody has to look at it first.
  expect(told.get('doubt')).toBeNull()
  const points = rows.flatMap(({ urgency }) => urgency?.points ?? [])
  expect(points).toEqual(points.toSorted((a, b) => b - a))
  expect((await store.getCase(ids.sure, null, READER)).urgency?.points).toBeCloseTo(1.1, 3)
  // Neither in another order nor to who first says what they think.
  expect((await store.listCases(caseQuerySchema.parse({}), 0, 100, null)).rows[0]?.urgency).toBeNull()
  expect((await store.listCases(urgent(), 0, 100, READER)).rows.every(({ urgency }) => urgency === null)).toBe(true)
  expect((await store.getCase(ids.sure, READER, READER)).urgency).toBeNull()
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
  expect(await order(store)).toEqual(['old', 'sure', 'none', 'doubt', 'unjudged', 'failed'])
})

it('is another order by another rule, which is on record with the one before', async () => {
  const store = await open()
  await fill(store)
  expect(await store.urgencyRule()).toEqual(DEFAULT_URGENCY)
  const points = { tumour: 0, uncertainty: 1, waiting: 0, unjudged: 0, unreadable: 2 }
  await store.setUrgencyRule(points, READER)
  const entry = await store.auditHead()
  expect(entry).toMatchObject({ actor: READER, act: 'reading.urgency-set' })
  expect(JSON.parse(entry?.detail ?? '{}')).toEqual({ ...points, before: DEFAULT_URGENCY })
  expect((await order(store)).slice(0, 2)).toEqual(['failed', 'doubt'])
  await store.setUrgencyRule({ ...NOTHING, tumour: 2 }, READER)
  // What comes later is put in order by it, too.
  await answer(store, 'later', 0, 0.2, 'pituitary')
  expect((await order(store)).slice(0, 3)).toEqual(['sure', 'later', 'doubt'])
  expect(await store.urgencyRule()).toEqual({ ...NOTHING, tumour: 2 })
})

it('tells a reader whose impression comes first nothing: for them the order is that of waiting', async () => {
  const store = await open()
  const ids = await fill(store)
  const blind = await order(store, READER)
  expect(blind).toEqual(['old', 'none', 'sure', 'doubt', 'failed', 'unjudged'])
  // Nothing of the answers is in it: it stays when they are others.
  await store.setUrgencyRule({ ...NOTHING, tumour: 9 }, READER)
  expect(await order(store, READER)).toEqual(blind)
  expect((await order(store))[0]).toBe('sure')
  expect(await store.placeOfCase(ids.none, urgent(), READER)).toMatchObject({
    position: 1,
    previous: ids.old,
    next: ids.sure,
  })
  expect(await order(store, READER, { states: ['analysed'] })).toEqual(['old', 'none', 'sure', 'doubt', 'unjudged'])
})

itInSqlite('puts the cases of a record of before in order, leaves that sound, and sorts by an index', async () => {
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
