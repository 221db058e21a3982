import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import { openDatabase } from '../../src/main/store/open.ts'
import { signedVectorsQuery } from '../../src/main/store/similar.ts'
import type { Store } from '../../src/main/store/types.ts'
import { makeRecord, verify } from '../support/audit.ts'
import { newCase, newResult } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { itInSqlite, TAKEN } from '../support/only-sqlite.ts'
import { undoFrom } from '../support/undo.ts'

const vectorOf = (indexId: string, ...numbers: number[]) => ({
  indexId,
  values: new Uint8Array(Float16Array.from(numbers).buffer),
})
const READER = 'Dr A'
const REASON = { salt: 'b'.repeat(32), sha256: 'a'.repeat(64) }

async function add(store: Store, indexId: string, ...numbers: number[]): Promise<string> {
  const one = newCase()
  await store.receive([one])
  await store.complete([newResult(one.id, { vector: vectorOf(indexId, ...numbers) })])
  return one.id
}

async function sign(store: Store, caseId: string, verdict: 'agree' | 'cannot-tell' = 'agree'): Promise<void> {
  await store.review({ caseId, reader: READER, verdict, label: null, comment: '' })
  const verdictId = (await store.getCase(caseId)).verdicts[0]?.id ?? 0
  await store.sign({ caseId, verdictId, reader: READER })
}

it('answers from before it have no vector, later ones keep theirs, and the record stays sound', async () => {
  const file = await makeRecord(temporaryFolder())
  await undoFrom(file, '0030-feature-vectors')
  const store = await openStore(file)
  const id = await add(store, 'one', 1, 2, 3)
  expect((await store.comparedCase(id))?.vector).toEqual({
    indexId: 'one',
    values: Buffer.from(vectorOf('one', 1, 2, 3).values),
  })
  const before = await store.signedScans(null)
  for (const { caseId } of before) expect((await store.comparedCase(caseId))?.vector ?? null).toBeNull()
  await store.close()
  const sqlite = new SQLite(file)
  onTestFinished(() => void sqlite.close())
  expect(() => sqlite.exec(`update feature_vectors set vector = x''`)).toThrow('append-only')
  expect(() => sqlite.exec('delete from feature_vectors')).toThrow('append-only')
  expect(() => sqlite.exec('insert or replace into feature_vectors select * from feature_vectors')).toThrow(TAKEN)
  expect(await verify(file)).toMatchObject({ broken: null })
})

it('tells the vectors of an index of signed cases alone, from the last known signature on', async () => {
  const store = await openStore(join(temporaryFolder(), 'gyrus.sqlite'))
  onTestFinished(() => store.close())
  const [one, other, unsigned, last] = [
    await add(store, 'one', 1),
    await add(store, 'other', 2),
    await add(store, 'one', 3),
    await add(store, 'one', 4),
  ] as [string, string, string, string]
  for (const id of [one, other]) await sign(store, id)
  const first = await store.signedVectors('one', 0, 10)
  expect(first.map(({ caseId }) => caseId)).toEqual([one])
  await sign(store, last)
  const next = await store.signedVectors('one', first[0]?.signature ?? 0, 10)
  expect(next.map(({ caseId }) => caseId)).toEqual([last])
  const now = await store.signedNow([one, other, unsigned, last])
  expect(now.map(({ caseId }) => caseId).sort()).toEqual([one, other, last].sort())
  expect(now.every(({ label }) => label === 'glioma')).toBe(true)
})

it('empties what was kept of an erased case, which stands no more, and leaves the record sound', async () => {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const store = await openStore(file)
  const id = await add(store, 'one', 1, 2)
  await sign(store, id)
  await store.erase({ caseIds: [id], by: READER, reason: REASON })
  expect((await store.comparedCase(id))?.vector).toBeNull()
  expect((await store.signedVectors('one', 0, 10)).map(({ values }) => values.length)).toEqual([0])
  expect(await store.signedNow([id])).toEqual([])
  expect((await store.dossier(id)).vectors).toEqual([{ result_id: 1, case_id: id, index_id: 'one', vector: '' }])
  await store.close()
  expect(await verify(file)).toMatchObject({ broken: null })
})

itInSqlite('reads on from a signature by an index, and sorts nothing', async () => {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  await (await openStore(file)).close()
  const db = await openDatabase(file)
  onTestFinished(() => db.destroy())
  const { sql, parameters } = signedVectorsQuery(db, 'one', 5, 10).compile()
  const sqlite = new SQLite(file, { readonly: true })
  onTestFinished(() => void sqlite.close())
  const plan = (sqlite.prepare(`explain query plan ${sql}`).all(...parameters) as { detail: string }[]).map(
    ({ detail }) => detail,
  )
  expect(plan.join('\n')).not.toMatch(/TEMP B-TREE|SCAN/)
  expect(plan.join('\n')).toContain('feature_vectors_by_case')
})
