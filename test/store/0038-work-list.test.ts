import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import type { Store } from '../../src/main/store/types.ts'
import { caseQuerySchema } from '../../src/shared/cases.ts'
import { verify } from '../support/audit.ts'
import { anyCase } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { addSlice, groupNow } from '../support/series.ts'
import { undoFrom } from '../support/undo.ts'

const READER = 'Dr A'
const found = async (store: Store, search: string, blind: string | null = null) =>
  (await store.listCases(caseQuerySchema.parse({ search }), 0, 100, blind)).rows.map(({ id }) => id)

/** A file of one order, and a series of another one. */
async function fill(store: Store): Promise<{ one: string; series: string }> {
  const one = await addSlice(store, 1, { facts: { accessionNumber: 'ÖR-2026/0815', seriesUid: '' } })
  for (const mm of [10, 20, 30]) await addSlice(store, mm, { facts: { accessionNumber: '20261130' } })
  return { one, series: await groupNow(store) }
}

async function open(file: string): Promise<Store> {
  const store = await openStore(file)
  onTestFinished(() => store.close().catch(() => undefined))
  return store
}

it('finds a case by its accession number as by anything else, in whole or by its beginning; a series by that of its slices', async () => {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const store = await open(file)
  const { one, series } = await fill(store)
  expect(series).not.toBe('')
  for (const typed of ['ÖR-2026/0815', 'or-2026', '0815', 'ör-2026/0815 IM1'])
    expect(await found(store, typed), typed).toEqual([one])
  for (const typed of ['20261130', '202611', '20261130 series'])
    expect(await found(store, typed), typed).toEqual([series])
  expect(await found(store, '0816')).toEqual([])
  // What is kept from a reader who first says what they think is the answer, not whose order it is.
  expect(await found(store, '0815', READER)).toEqual([one])
  expect(await found(store, '20261130', READER)).toEqual([series])
  expect(await found(store, 'notumor 0815', READER)).toEqual([])
  await store.close()
  expect(await verify(file)).toMatchObject({ broken: null })
})

it('is found by nothing of it once the case was erased', async () => {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const store = await open(file)
  const { one } = await fill(store)
  await store.erase({ caseIds: [one], by: READER, reason: { sha256: 'a'.repeat(64), salt: 'b'.repeat(32) } })
  expect(await found(store, '0815')).toEqual([])
  expect(await found(store, '20261130')).toHaveLength(1)
  await store.close()
  const sqlite = new SQLite(file, { readonly: true })
  onTestFinished(() => void sqlite.close())
  expect(sqlite.prepare(`select count(*) from case_texts where text like '%0815%'`).pluck().get()).toBe(0)
})

it('is found in a record from before, whose order of urgency is put right, and which stays sound', async () => {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const first = await open(file)
  const { one, series } = await fill(first)
  await first.close()
  await undoFrom(file, '0038-work-list')
  const before = new SQLite(file)
  expect(before.prepare(`select count(*) from case_texts where text like '%20261130%'`).pluck().get()).toBeGreaterThan(
    0,
  )
  before.close()
  const store = await open(file)
  expect((await store.listCases(anyCase, 0, 100)).rows.length).toBe(2)
  expect(await found(store, '0815')).toEqual([one])
  expect(await found(store, '20261130')).toEqual([series])
  await store.close()
  expect(await verify(file)).toMatchObject({ broken: null })
})
