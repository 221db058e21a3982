import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import type { Store } from '../../src/main/store/types.ts'
import { signAndAmend, verify } from '../support/audit.ts'
import { newCase, newResult } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { TAKEN, UNFIT } from '../support/only-sqlite.ts'

const READER = 'Dr A'

async function openTestStore() {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const store = await openStore(file)
  onTestFinished(() => store.close())
  const sqlite = new SQLite(file)
  onTestFinished(() => void sqlite.close())
  return { store, file, sqlite }
}

async function analysed(store: Store): Promise<string> {
  const one = newCase()
  await store.receive([one])
  await store.complete([newResult(one.id)])
  return one.id
}

/** The id of a new verdict. */
async function review(store: Store, caseId: string, reader = READER): Promise<number> {
  await store.review({ caseId, reader, verdict: 'agree', label: null, comment: '' })
  return (await store.getCase(caseId)).verdicts[0]?.id as number
}

const amendment = (caseId: string, verdictId: number) =>
  ({ caseId, verdictId, reader: 'Dr B', verdict: 'cannot-tell', label: null, comment: '', reason: 'biopsy' }) as const

describe('migration 0009: a signature', () => {
  it('makes a verdict final: no plain one takes its place', async () => {
    const { store, file, sqlite } = await openTestStore()
    const id = await analysed(store)
    const verdictId = await review(store, id)
    expect((await store.getCase(id)).verdicts[0]?.signature).toBeNull()
    await store.sign({ caseId: id, verdictId, reader: READER })
    const signed = await store.getCase(id)
    expect(signed).toMatchObject({ state: 'signed', reader: READER, verdict: 'agree' })
    expect(signed.verdicts).toHaveLength(1)
    expect(signed.verdicts[0]?.signature).toMatchObject({ kind: 'sign', signer: READER, reason: '' })
    await expect(review(store, id)).rejects.toMatchObject({ code: 'case-signed' })
    await expect(store.sign({ caseId: id, verdictId, reader: READER })).rejects.toMatchObject({
      code: 'case-not-signable',
    })
    expect((await store.getCase(id)).verdicts).toEqual(signed.verdicts)
    const entry = sqlite.prepare(`select actor, subject, detail from audit where act = 'case.signed'`).all()
    expect(entry).toEqual([{ actor: READER, subject: id, detail: expect.stringContaining('"signatures/1"') }])
    expect(await verify(file)).toMatchObject({ broken: null })
  })

  it('is only that of whose verdict stands, and of the verdict that they saw', async () => {
    const { store } = await openTestStore()
    const id = await analysed(store)
    await expect(store.sign({ caseId: id, verdictId: 1, reader: READER })).rejects.toMatchObject({
      code: 'case-not-signable',
    })
    const first = await review(store, id)
    await expect(store.sign({ caseId: id, verdictId: first, reader: 'Dr B' })).rejects.toMatchObject({
      code: 'verdict-not-yours',
    })
    const second = await review(store, id)
    await expect(store.sign({ caseId: id, verdictId: first, reader: READER })).rejects.toMatchObject({
      code: 'verdict-outdated',
    })
    await store.sign({ caseId: id, verdictId: second, reader: READER })
    expect((await store.getCase(id)).verdicts.map(({ signature }) => signature?.kind)).toEqual(['sign', undefined])
  })

  it('does not go under a verdict on an older result', async () => {
    const { store, sqlite } = await openTestStore()
    const id = await analysed(store)
    const verdictId = await review(store, id)
    await store.logView(id, READER)
    sqlite.exec(`insert into results select 99, case_id, id, model_id, weights_sha256, preprocessing_version, engine, label,
      created_at, p_glioma, p_meningioma, p_notumor, p_pituitary, decode_ms, preprocess_ms, inference_ms, gate, gate_reasons, answer_set from results;
      update cases set result_id = 99`)
    await expect(store.sign({ caseId: id, verdictId, reader: READER })).rejects.toMatchObject({
      code: 'verdict-outdated',
    })
    expect(await store.signAll([id], READER)).toEqual({ signed: 0, notOpened: 0, notSignable: 1 })
    expect(sqlite.prepare('select count(*) from signatures').pluck().get()).toBe(0)
  })

  it('is amended with a reason: the old verdict and its signature stay on record', async () => {
    const { store, file, sqlite } = await openTestStore()
    const id = await analysed(store)
    const draft = await review(store, id)
    await expect(store.amend(amendment(id, draft))).rejects.toMatchObject({ code: 'case-not-signed' })
    await store.sign({ caseId: id, verdictId: draft, reader: READER })
    await store.amend(amendment(id, draft))
    await expect(store.amend(amendment(id, draft))).rejects.toMatchObject({ code: 'verdict-outdated' })
    const { verdicts, ...found } = await store.getCase(id)
    expect(found).toMatchObject({ state: 'signed', reader: 'Dr B', verdict: 'cannot-tell' })
    expect(verdicts.map(({ reader, signature }) => [reader, signature?.kind, signature?.reason])).toEqual([
      ['Dr B', 'amend', 'biopsy'],
      [READER, 'sign', ''],
    ])
    await store.amend({ ...amendment(id, verdicts[0]?.id as number), reader: READER, reason: 'again' })
    expect(sqlite.prepare('select supersedes from signatures').pluck().all()).toEqual([null, 1, 2])
    // A reason may tell of a patient: it stands in its row, and not in the chain.
    expect(JSON.stringify(sqlite.prepare('select * from audit').all())).not.toContain('biopsy')
    expect(await verify(file)).toMatchObject({ broken: null })
  })

  it('stays as it is, is there once, and has a reason when it amends', async () => {
    const { store, sqlite } = await openTestStore()
    const id = await analysed(store)
    await signAndAmend(store, id)
    expect(() => sqlite.exec('delete from signatures')).toThrow('append-only')
    expect(() => sqlite.exec(`update signatures set signer = 'x'`)).toThrow('append-only')
    const put = (verdict: number, supersedes: number | null, kind: string, reason: string, of = id) =>
      sqlite
        .prepare(
          'insert into signatures (case_id, verdict_id, supersedes, kind, signer, reason, at) values (?,?,?,?,?,?,?)',
        )
        .run(of, verdict, supersedes, kind, 'x', reason, 'x')
    sqlite.exec(`insert into verdicts select 99, case_id, result_id, 2, reader, verdict, label, comment, created_at
      from verdicts where id = 2`)
    expect(() => put(2, 2, 'amend', 'why')).toThrow(TAKEN)
    expect(() => put(99, null, 'sign', '')).toThrow(TAKEN)
    expect(() => put(99, 1, 'amend', 'why')).toThrow(TAKEN)
    expect(() => put(99, 2, 'amend', '')).toThrow(UNFIT)
    expect(() => put(99, null, 'amend', 'why', 'without one')).toThrow(UNFIT)
  })
})

describe('many at once', () => {
  it('are signed where this reader gave the verdict and had the result on the screen', async () => {
    const { store, file } = await openTestStore()
    const ids = await Array.fromAsync({ length: 5 }, () => analysed(store))
    const [own, unseen, others, unread, signed] = ids as [string, string, string, string, string]
    for (const id of [own, others, unread, signed]) await store.logView(id, READER)
    for (const id of [own, unseen]) await review(store, id)
    await review(store, others, 'Dr B')
    await store.sign({ caseId: signed, verdictId: await review(store, signed), reader: READER })
    expect(await store.signAll([...ids, own], READER)).toEqual({ signed: 1, notOpened: 1, notSignable: 3 })
    const states = await Promise.all(ids.map(async (id) => (await store.getCase(id)).state))
    expect(states).toEqual(['signed', 'reviewed', 'reviewed', 'analysed', 'signed'])
    expect(await verify(file)).toMatchObject({ broken: null })
  })
})
