import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { entryHash } from '../../src/main/store/audit.ts'
import { openReadStore, openStore } from '../../src/main/store/index.ts'
import { caseQuerySchema } from '../../src/shared/cases.ts'
import { anyCase, newCase, newResult } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'

async function openTestStore() {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const store = await openStore(file)
  onTestFinished(() => store.close())
  return { store, file }
}

function readTable(file: string, table: string): Record<string, unknown>[] {
  const sqlite = new SQLite(file)
  try {
    return sqlite.prepare(`select * from ${table}`).all() as Record<string, unknown>[]
  } finally {
    sqlite.close()
  }
}

describe('a case’s way through the record', () => {
  it('goes from received to analysed to reviewed, with everything a result is bound to', async () => {
    const { store } = await openTestStore()
    const one = newCase()
    await store.receive([one])
    expect((await store.getCase(one.id)).state).toBe('received')
    await store.complete([newResult(one.id)])
    await store.review({
      caseId: one.id,
      reader: 'Dr A',
      verdict: 'disagree',
      label: 'meningioma',
      comment: 'dural tail',
    })
    const found = await store.getCase(one.id)
    expect(found).toMatchObject({
      state: 'reviewed',
      label: 'glioma',
      confidence: 0.7,
      reader: 'Dr A',
      verdict: 'disagree',
      verdictLabel: 'meningioma',
      scan: { format: 'png', width: 224, height: 224, bytes: 100 },
      result: { modelId: 'test-model', weightsSha256: 'b'.repeat(64), banner: 'Decision aid only — not a diagnosis' },
    })
    expect(found.verdicts[0]).toMatchObject({ comment: 'dural tail', resultId: found.result?.id })
  })

  it('keeps an earlier verdict when a later one supersedes it', async () => {
    const { store, file } = await openTestStore()
    const one = newCase()
    await store.receive([one])
    await store.complete([newResult(one.id)])
    await store.review({ caseId: one.id, reader: 'Dr A', verdict: 'agree', label: null, comment: '' })
    await store.review({ caseId: one.id, reader: 'Dr B', verdict: 'cannot-tell', label: null, comment: '' })
    const { verdicts, verdict } = await store.getCase(one.id)
    expect(verdict).toBe('cannot-tell')
    expect(verdicts.map((each) => each.reader)).toEqual(['Dr B', 'Dr A'])
    expect(readTable(file, 'verdicts')[1]?.supersedes).toBe(readTable(file, 'verdicts')[0]?.id)
  })

  it('logs a result once, however often it is delivered', async () => {
    const { store, file } = await openTestStore()
    const one = newCase()
    await store.receive([one])
    await store.complete([newResult(one.id), newResult(one.id)])
    await store.complete([newResult(one.id)])
    await store.fail([{ caseId: one.id, failure: { code: 'engine-crashed', details: {} } }])
    expect(readTable(file, 'results')).toHaveLength(1)
    expect((await store.getCase(one.id)).state).toBe('analysed')
  })

  it('lists cases of the same file as one scan with several cases', async () => {
    const { store, file } = await openTestStore()
    const [first, second] = [newCase({ fileName: 'a.png' }), newCase({ fileName: 'b.png' })]
    await store.receive([first])
    await store.receive([second])
    expect(readTable(file, 'scans')).toHaveLength(1)
    expect((await store.getCase(second.id)).sameScan).toMatchObject([{ id: first.id, fileName: 'a.png' }])
  })

  it('tells why a file failed, in words, and takes it up again on request', async () => {
    const { store } = await openTestStore()
    const one = newCase()
    await store.receive([one])
    await store.fail([
      { caseId: one.id, failure: { code: 'image-too-small', details: { width: 1, height: 1, minimum: 32 } } },
    ])
    expect((await store.getCase(one.id)).failure).toMatchObject({
      code: 'image-too-small',
      message: expect.stringContaining('1 × 1'),
    })
    await expect(
      store.review({ caseId: one.id, reader: 'r', verdict: 'agree', label: null, comment: '' }),
    ).rejects.toMatchObject({
      code: 'case-not-reviewable',
    })
    expect(await store.retry(one.id, 'Dr A')).toMatchObject({ id: one.id, sha256: one.scan.sha256 })
    expect(await store.pendingCases()).toHaveLength(1)
    await expect(store.dismiss(one.id, 'Dr A')).rejects.toMatchObject({ code: 'case-not-dismissable' })
    await expect(store.retry(one.id, 'Dr A')).rejects.toMatchObject({ code: 'case-not-failed' })
  })

  it('keeps a dismissed case on record and off the list', async () => {
    const { store } = await openTestStore()
    const { scan: _, ...one } = newCase()
    await store.receiveFailed([{ ...one, failure: { code: 'file-empty', details: {} } }])
    await store.dismiss(one.id, 'Dr A')
    expect((await store.listCases(anyCase, 0, 10)).all).toBe(0)
    expect((await store.getCase(one.id)).state).toBe('failed')
  })

  it('refuses what is not there', async () => {
    const { store } = await openTestStore()
    await expect(store.getCase(newCase().id)).rejects.toMatchObject({ code: 'case-unknown' })
  })
})

describe('append-only tables', () => {
  it.each(['results', 'verdicts', 'audit'])('%s refuse update and delete', async (table) => {
    const { store, file } = await openTestStore()
    const one = newCase()
    await store.receive([one])
    await store.complete([newResult(one.id)])
    await store.review({ caseId: one.id, reader: 'r', verdict: 'agree', label: null, comment: '' })
    const sqlite = new SQLite(file)
    const column = table === 'audit' ? 'actor' : table === 'results' ? 'label' : 'reader'
    expect(() => sqlite.exec(`update ${table} set ${column} = 'x'`)).toThrow('append-only')
    expect(() => sqlite.exec(`delete from ${table}`)).toThrow('append-only')
    sqlite.close()
  })

  it('chains every entry to the one before it', async () => {
    const { store, file } = await openTestStore()
    const cases = [newCase(), newCase(), newCase()]
    await store.receive(cases)
    await store.complete(cases.map((one) => newResult(one.id)))
    const entries = readTable(file, 'audit') as unknown as (Parameters<typeof entryHash>[0] & { hash: string })[]
    expect(entries.map((entry) => entry.act)).toEqual([
      ...Array(3).fill('case.received'),
      ...Array(3).fill('case.analysed'),
    ])
    entries.forEach((entry, index) => {
      expect(entry.seq).toBe(index + 1)
      expect(entry.previous_hash).toBe(entries[index - 1]?.hash ?? '0'.repeat(64))
      expect(entry.hash).toBe(entryHash(entry))
    })
  })
})

describe('the work list', () => {
  async function storeWithCases() {
    const { store } = await openTestStore()
    const cases = ['b.png', 'a.png', 'c_1%.png', 'd.png'].map((fileName) => newCase({ fileName }))
    await store.receive(cases)
    const results = cases.map((one) => newResult(one.id))
    Object.assign(results[1] as object, {
      label: 'notumor',
      confidences: { glioma: 0, meningioma: 0, notumor: 0.99, pituitary: 0.01 },
    })
    await store.complete(results.slice(0, 3))
    await store.review({
      caseId: (cases[0] as { id: string }).id,
      reader: 'r',
      verdict: 'agree',
      label: null,
      comment: '',
    })
    const names = async (query: object) =>
      (await store.listCases(caseQuerySchema.parse(query), 0, 10)).rows.map((row) => row.fileName)
    return { store, cases, names }
  }

  it('is newest first', async () => {
    const { names } = await storeWithCases()
    expect(await names({})).toEqual(['d.png', 'c_1%.png', 'a.png', 'b.png'])
  })

  it('sorts and filters in SQL on any column', async () => {
    const { names } = await storeWithCases()
    expect(await names({ sort: { column: 'fileName', direction: 'asc' } })).toEqual([
      'a.png',
      'b.png',
      'c_1%.png',
      'd.png',
    ])
    expect(await names({ labels: ['notumor'] })).toEqual(['a.png'])
    expect(await names({ states: ['received'] })).toEqual(['d.png'])
    expect(await names({ verdicts: ['agree'] })).toEqual(['b.png'])
    expect(await names({ search: 'C_1%' })).toEqual(['c_1%.png'])
    // There is nothing in it to look for.
    expect(await names({ search: '_' })).toEqual([])
    expect(await names({ from: '2999-01-01T00:00:00.000Z' })).toEqual([])
  })

  it('searches labels by the beginning of their names, and comments, superseded ones too', async () => {
    const { store, cases, names } = await storeWithCases()
    const [b, a] = cases.map((one) => one.id) as [string, string]
    const comment = 'Größe unverändert, dural tail'
    await store.review({ caseId: b, reader: 'r', verdict: 'disagree', label: 'other', comment })
    await store.review({ caseId: b, reader: 'r', verdict: 'disagree', label: 'meningioma', comment: '' })
    expect(await names({ search: 'glio' })).toEqual(['c_1%.png', 'b.png'])
    expect(await names({ search: 'MENINGIOMA' })).toEqual(['b.png'])
    expect(await names({ search: 'no tumor' })).toEqual(['a.png'])
    expect(await names({ search: 'no tumour' })).toEqual(['a.png'])
    expect(await names({ search: 'oma' })).toEqual([])
    expect(await names({ search: 'Dural' })).toEqual(['b.png'])
    expect(await names({ search: 'größe TAIL b.p' })).toEqual(['b.png'])
    await store.review({ caseId: a, reader: 'r', verdict: 'disagree', label: 'other', comment: '' })
    expect(await names({ search: 'something' })).toEqual(['a.png'])
  })

  it('finds letters beyond a–z in either case', async () => {
    const { store } = await openTestStore()
    await store.receive([newCase({ fileName: 'MÜLLER.png' }), newCase({ fileName: 'özil.png' })])
    const names = async (search: string) =>
      (await store.listCases(caseQuerySchema.parse({ search }), 0, 10)).rows.map((row) => row.fileName)
    expect(await names('müller')).toEqual(['MÜLLER.png'])
    expect(await names('ÖZIL')).toEqual(['özil.png'])
  })

  it('tells which of the files’ own columns have a value anywhere', async () => {
    const { store, file } = await openTestStore()
    const one = newCase()
    await store.receive([one])
    const columns = async () => (await store.listCases(caseQuerySchema.parse({ search: 'zzz' }), 0, 1)).columns
    expect(await columns()).toEqual([])
    const sqlite = new SQLite(file)
    sqlite.prepare(`update cases set patient_id = '4711', description = 'T1 c+'`).run()
    sqlite.close()
    expect(await columns()).toEqual(['patientId', 'description'])
  })

  it('counts all, matching and unread', async () => {
    const { store } = await storeWithCases()
    expect(await store.listCases(caseQuerySchema.parse({ labels: ['notumor'] }), 0, 1)).toMatchObject({
      total: 1,
      all: 4,
      unread: 2,
    })
  })

  it.each(['asc', 'desc'] as const)(
    'walks %s over equal values without losing or repeating a case',
    async (direction) => {
      const { store, names } = await storeWithCases()
      const query = caseQuerySchema.parse({ sort: { column: 'confidence', direction } })
      const { rows } = await store.listCases(query, 0, 10)
      for (const [index, row] of rows.entries()) {
        const place = await store.placeOfCase(row.id, query)
        expect(place).toMatchObject({
          position: index,
          total: 4,
          previous: rows[index - 1]?.id ?? null,
          next: rows[index + 1]?.id ?? null,
        })
      }
      expect(await names(query)).toHaveLength(4)
    },
  )

  it('finds the next unread, from the top after the end', async () => {
    const { store, cases } = await storeWithCases()
    const [b, a, c, d] = cases.map((one) => one.id) as [string, string, string, string]
    expect((await store.placeOfCase(d, anyCase)).nextUnread).toBe(c)
    expect((await store.placeOfCase(a, anyCase)).nextUnread).toBe(c)
    expect((await store.placeOfCase(b, anyCase)).nextUnread).toBe(c)
  })
})

describe('reading beside a running Gyrus', () => {
  it('sees what is written, and cannot write', async () => {
    const { store, file } = await openTestStore()
    await store.receive([newCase()])
    const reader = openReadStore(file)
    expect((await reader.listCases(anyCase, 0, 10)).all).toBe(1)
    expect('receive' in reader).toBe(false)
    await reader.close()
  })
})
