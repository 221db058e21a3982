import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import { firstQuery } from '../../src/main/store/other-bytes.ts'
import type { Database } from '../../src/main/store/schema.ts'
import type { Store } from '../../src/main/store/types.ts'
import { batchQuerySchema } from '../../src/shared/batches.ts'
import { DICOM_FACTS, newCase, newResult } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { itInSqlite } from '../support/only-sqlite.ts'
import { addSlice, groupNow, sure } from '../support/series.ts'

async function openTestStore() {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const store = await openStore(file)
  onTestFinished(() => store.close())
  return { store, file }
}

/** A case of a file of these bytes that says that it is this image. */
async function add(store: Store, bytes: number, instanceUid: string, batch?: { id: string; seq: number }) {
  const sha256 = bytes.toString(16).padStart(64, '0')
  const member = batch && { member: { batch: batch.id, seq: batch.seq, again: false } }
  const one = newCase({ scan: { sha256, bytes: 100 }, fileName: `${bytes}.dcm`, ...member })
  await store.receive([one])
  await store.complete([newResult(one.id, { dicom: { ...DICOM_FACTS, instanceUid } })])
  return one.id
}

it('tells a file that says it is an image that is on record in other bytes, both ways; a copy is none', async () => {
  const { store } = await openTestStore()
  const first = await add(store, 1, '1.2.3')
  const copy = await add(store, 1, '1.2.3')
  const differs = await add(store, 2, '1.2.3')
  const other = await add(store, 3, '1.2.4')
  const nameless = [await add(store, 4, ''), await add(store, 5, '')]
  const told = async (id: string) => (await store.getCase(id)).otherBytes.map((one) => one.id)
  expect(await told(first)).toEqual([differs])
  expect(await told(differs)).toEqual([first, copy])
  for (const id of [other, ...nameless]) expect(await told(id)).toEqual([])
  expect((await store.getCase(first)).sameScan.map(({ id }) => id)).toEqual([copy])
  expect((await store.getCase(differs)).otherBytes[0]).toMatchObject({ fileName: '1.dcm' })
  // What was erased says no longer which image it was.
  await store.erase({ caseIds: [first, copy], by: 'Dr Admin', reason: { sha256: 'a'.repeat(64), salt: 'b' } })
  expect(await told(differs)).toEqual([])
})

it('takes a series for none of its slices, whichever of them stands for it now', async () => {
  const { store } = await openTestStore()
  const slices = [await addSlice(store, 0), await addSlice(store, 5)]
  const series = await groupNow(store)
  const keyBefore = (await store.getCase(series)).scan?.sha256
  for (const mm of [10, 15, 20]) slices.push(await addSlice(store, mm, { result: sure('glioma') }))
  expect(await groupNow(store)).toBe(series)
  expect((await store.getCase(series)).scan?.sha256).not.toBe(keyBefore)
  for (const id of [series, ...slices]) expect((await store.getCase(id)).otherBytes).toEqual([])
})

it('tells it in the list of a batch, of files that are linked too', async () => {
  const { store } = await openTestStore()
  const earlier = await add(store, 1, '1.2.3')
  const id = '01a20d7d-7e31-7023-925e-f0f26c143cec'
  const options = { subFolders: true, filter: '', skipSeen: true }
  await store.addBatch({ id, name: 'cd', origin: 'folder', options, roots: ['/cd'], by: 'Dr A' })
  await store.addBatchFiles(
    id,
    ['/cd/a', '/cd/b', '/cd/c'].map((path) => ({ root: 0, path, failure: null })),
  )
  await add(store, 2, '1.2.3', { id, seq: 1 })
  await add(store, 3, '1.2.9', { id, seq: 2 })
  await store.skipFiles([{ member: { batch: id, seq: 3, again: false }, caseId: earlier }])
  const query = batchQuerySchema.parse({ sort: 'order' })
  const { rows } = await store.batchFiles(id, query, { after: null, skip: 0, limit: 10 }, 'Dr A')
  expect(rows.map(({ otherBytes }) => otherBytes?.fileName ?? null)).toEqual(['1.dcm', null, '2.dcm'])
})

itInSqlite('finds it by the index, and looks at no more than some however many say the same', async () => {
  const { store, file } = await openTestStore()
  const [first] = await Promise.all([add(store, 1, '1.2.3')])
  for (let i = 0; i < 120; i++) await add(store, 1, '1.2.3')
  const late = await add(store, 2, '1.2.3')
  // Byte for byte the same, for as many as are looked at.
  expect((await store.getCase(first)).otherBytes).toEqual([])
  expect((await store.getCase(late)).otherBytes).toHaveLength(20)
  const sqlite = new SQLite(file, { readonly: true })
  onTestFinished(() => void sqlite.close())
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: sqlite }) })
  const { sql, parameters } = firstQuery([first, late]).compile(db)
  const plan = sqlite.prepare(`explain query plan ${sql}`).all(...parameters) as { detail: string }[]
  const looks = plan.map(({ detail }) => detail).filter((detail) => /^(SEARCH|SCAN)/.test(detail))
  expect(looks).toContainEqual(expect.stringMatching(/case_dicom USING COVERING INDEX case_dicom_by_instance_uid/))
  // Nothing but what was found by then is gone through as a whole.
  expect(looks.filter((detail) => detail.startsWith('SCAN') && detail !== 'SCAN same')).toEqual([])
})
