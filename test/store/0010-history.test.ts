import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import type { RawBuilder } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fillHistory, SAMPLE } from '../../scripts/bench/support/fill-history.ts'
import { casesOf, countOf, planOf } from '../../src/main/store/case-query.ts'
import { openReadStore, openStore } from '../../src/main/store/index.ts'
import { openDatabase } from '../../src/main/store/open.ts'
import { type CaseQueryInput, caseQuerySchema } from '../../src/shared/cases.ts'
import { DICOM_FACTS, newCase, newResult } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { IN_POSTGRES, itInSqlite } from '../support/only-sqlite.ts'

async function openTestStore() {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const store = await openStore(file)
  onTestFinished(() => store.close())
  const page = (input: CaseQueryInput) => store.listCases(caseQuerySchema.parse(input), 0, 500)
  const found = async (search: string) => (await page({ search })).rows.map((row) => row.fileName)
  const change = (sql: string) => {
    const sqlite = new SQLite(file)
    sqlite.exec(sql)
    sqlite.close()
  }
  return { store, file, page, found, change }
}

describe('the work list’s queries', () => {
  itInSqlite(
    'walk an index in its order: no scan of the table, and nothing is sorted',
    async () => {
      const file = join(temporaryFolder(), 'gyrus.sqlite')
      await fillHistory(file, 3_000)
      const db = await openDatabase(file)
      const sqlite = new SQLite(file, { readonly: true })
      onTestFinished(async () => {
        sqlite.close()
        await db.destroy()
      })
      const explain = (query: RawBuilder<unknown>) => {
        const { sql, parameters } = query.compile(db)
        const steps = sqlite.prepare(`explain query plan ${sql}`).all(...parameters) as { detail: string }[]
        return steps.map(({ detail }) => detail).join('\n')
      }
      const inOrder: CaseQueryInput[] = [
        {},
        { sort: { column: 'confidence', direction: 'asc' } },
        { sort: { column: 'patientName', direction: 'desc' } },
        { patientId: 'P0000042' },
        { patientName: 'García^José11' },
        { from: '2023-01-02T00:00:00.000Z', until: '2023-01-03T00:00:00.000Z' },
        { labels: ['glioma'] },
        { readers: ['Dr Costa'] },
        { verdicts: ['disagree'] },
        { models: ['efl0-1'] },
        { states: ['failed'] },
        { sources: ['command-line'] },
        { labels: ['glioma'], readers: ['Dr Adler'] },
        { labels: ['glioma'], sort: { column: 'label', direction: 'asc' } },
        { confidenceUpTo: 0.5, sort: { column: 'confidence', direction: 'desc' } },
        { studiedFrom: '2023-01-02', studiedUntil: '2023-01-02', sort: { column: 'studyDate', direction: 'asc' } },
      ]
      for (const input of inOrder) {
        const plan = await planOf(db, caseQuerySchema.parse(input))
        if (!plan) throw new Error('there is a plan')
        const page = explain(casesOf(plan, { offset: 0, limit: 100 }))
        expect(page, JSON.stringify(input)).toMatch(/^(SEARCH|SCAN) cases USING INDEX cases_by_\w+( \(.*\))?$/)
        expect(explain(countOf(plan, 10_001)), JSON.stringify(input)).not.toMatch(/SCAN cases(?! USING)/)
      }
      const sorted: CaseQueryInput[] = [
        { search: 'muller' },
        { search: '0123abcd' },
        { sha256: '0123abcd' },
        { accession: 'ACC-9' },
        { uid: '1.2.3' },
        { uid: '1.2.3', labels: ['glioma'] },
        { patient: 'garcia' },
        { patient: 'P0000042', labels: ['glioma'] },
        { batch: SAMPLE.batch },
        { verdicts: ['disagree', 'cannot-tell'] },
        { states: ['failed'], sort: { column: 'patientName', direction: 'asc' } },
        { confidenceUpTo: 0.5 },
        { studiedFrom: '2023-01-02' },
        { confidenceUpTo: 0.5, labels: ['glioma'], studiedUntil: '2023-01-03' },
      ]
      for (const input of sorted) {
        const plan = await planOf(db, caseQuerySchema.parse(input))
        if (!plan) throw new Error('there is a plan')
        expect(explain(casesOf(plan, { offset: 0, limit: 100 })), JSON.stringify(input)).not.toMatch(
          /SCAN (cases|case_dicom)\b/,
        )
        if (input.batch)
          expect(explain(countOf(plan, 10_001))).toMatch(/INDEX batch_files_by_batch .*\n(?!.*TEMP B-TREE)/)
      }
    },
    60_000,
  )

  it('count what lists filter by kept counts, wherever cases go', async () => {
    const { store, page, change } = await openTestStore()
    const cases = [newCase(), newCase(), newCase({ source: 'sample' })]
    await store.receive(cases)
    const [first, second] = cases.map(({ id }) => id) as [string, string]
    await store.complete([newResult(first), newResult(second, { label: 'notumor' })])
    await store.review({ caseId: first, reader: 'Dr A', verdict: 'agree', label: null, comment: '' })
    const total = async (input: CaseQueryInput) => (await page(input)).total
    expect(await page({})).toMatchObject({ total: 3, more: false, all: 3, unread: 1 })
    expect(await total({ labels: ['glioma', 'notumor'], models: ['test-model'] })).toBe(2)
    expect(await total({ verdicts: ['none'] })).toBe(2)
    expect(await total({ readers: ['Dr A'] })).toBe(1)
    expect(await store.facets()).toEqual({ readers: ['Dr A'], models: ['test-model'] })
    change(`update cases set dismissed_at = received_at where id = '${first}'`)
    expect(await page({})).toMatchObject({ total: 2, all: 2, unread: 1 })
    expect(await store.facets()).toEqual({ readers: [], models: ['test-model'] })
  })

  it('by accession number and UID of study, series or image', async () => {
    const { store, page } = await openTestStore()
    const [a, b, c] = [newCase({ fileName: 'a' }), newCase({ fileName: 'b' }), newCase({ fileName: 'c' })]
    await store.receive([a, b, c])
    await store.complete([
      newResult(a.id, { dicom: DICOM_FACTS }),
      newResult(b.id, { dicom: { ...DICOM_FACTS, seriesUid: '1.2.3.9', instanceUid: '1.2.3.9.1' } }),
      newResult(c.id),
    ])
    const names = async (input: CaseQueryInput) => (await page(input)).rows.map((row) => row.fileName).toSorted()
    expect(await names({ accession: 'ACC-9' })).toEqual(['a', 'b'])
    expect(await names({ accession: 'ACC' })).toEqual([])
    expect(await names({ uid: '1.2.3' })).toEqual(['a', 'b'])
    expect(await names({ uid: '1.2.3.9' })).toEqual(['b'])
    expect(await names({ uid: '1.2.3.4.5', accession: 'ACC-9' })).toEqual(['a'])
    expect(await names({ uid: '1.2.3.4.5', labels: ['notumor'] })).toEqual([])
  })

  it('by file, batch, patient and day, alone and together', async () => {
    const { store, page, change } = await openTestStore()
    const batch = uuidv7()
    const options = { subFolders: true, filter: '', skipSeen: true }
    await store.addBatch({ id: batch, name: 'scans', origin: 'folder', options, roots: ['/s'], by: 'Dr A' })
    await store.addBatchFiles(batch, [{ root: 0, path: '/s/a.png', failure: null }])
    const a = newCase({ fileName: 'a', scan: { sha256: '12345678'.padEnd(64, 'a'), bytes: 1 } })
    const b = newCase({ fileName: 'b', scan: { sha256: '12345679'.padEnd(64, 'a'), bytes: 1 } })
    await store.receive([{ ...a, member: { batch, seq: 1, again: false } }, b])
    change(`update cases set patient_id = '4711', patient_name = 'X' where file_name = 'b'`)
    const names = async (input: CaseQueryInput) => (await page(input)).rows.map((row) => row.fileName)
    expect(await names({ batch })).toEqual(['a'])
    expect(await names({ sha256: '12345679' })).toEqual(['b'])
    expect(await names({ patientId: '4711', patientName: 'X' })).toEqual(['b'])
    expect(await names({ patientId: '4711', batch })).toEqual([])
    expect(
      await names({ patientId: '4711', states: ['received'], from: a.receivedAt, until: '2999-01-01T00:00:00.000Z' }),
    ).toEqual(['b'])
    expect(await store.placeOfCase(b.id, caseQuerySchema.parse({ patientId: '4711' }))).toMatchObject({
      position: 0,
      total: 1,
      next: null,
    })
    for (const search of ['b', 'b 12345679']) {
      const place = await store.placeOfCase(b.id, caseQuerySchema.parse({ search }))
      expect(place).toMatchObject({ position: 0, total: 1, previous: null, next: null })
      expect(await store.placeOfCase(a.id, caseQuerySchema.parse({ search }))).toMatchObject({ position: null })
    }
    expect(caseQuerySchema.safeParse({ sha256: '12%' }).success).toBe(false)
  })

  it('by confidence and day of the study, the ends included, in any order and beside other filters', async () => {
    const { store, page, change } = await openTestStore()
    const cases = ['a', 'b', 'c', 'd'].map((fileName) => newCase({ fileName }))
    await store.receive(cases)
    const ids = cases.map(({ id }) => id) as [string, string, string, string]
    const sure = { glioma: 0.9, meningioma: 0.1, notumor: 0, pituitary: 0 }
    await store.complete([newResult(ids[0]), newResult(ids[1], { confidences: sure }), newResult(ids[2])])
    for (const [n, day] of ['2026-11-01', '2026-11-02', '2026-11-03'].entries())
      change(`update cases set study_date = '${day}' where id = '${ids[n]}'`)
    const names = async (input: CaseQueryInput) => (await page(input)).rows.map((row) => row.fileName).join('')
    // The case without a result has no confidence.
    expect(await names({ confidenceUpTo: 1 })).toBe('cba')
    expect(await names({ confidenceUpTo: 0.7 })).toBe('ca')
    expect(await names({ confidenceUpTo: 0.69 })).toBe('')
    expect(await names({ confidenceUpTo: 1, sort: { column: 'confidence', direction: 'desc' } })).toBe('bca')
    expect(await names({ studiedFrom: '2026-11-02' })).toBe('cb')
    expect(await names({ studiedUntil: '2026-11-02' })).toBe('ba')
    expect(await names({ studiedFrom: '2026-11-02', studiedUntil: '2026-11-02', confidenceUpTo: 0.9 })).toBe('b')
    expect(await names({ confidenceUpTo: 0.9, labels: ['notumor'] })).toBe('')
    expect(await names({ confidenceUpTo: 0.7, search: 'c' })).toBe('c')
    expect(await page({ confidenceUpTo: 0.7 })).toMatchObject({ total: 2, more: false })
    const query = caseQuerySchema.parse({ confidenceUpTo: 0.7 })
    expect(await store.placeOfCase(ids[2], query)).toMatchObject({
      position: 0,
      total: 2,
      previous: null,
      next: ids[0],
    })
    expect(await store.placeOfCase(ids[1], query)).toMatchObject({ position: null, previous: ids[2], next: ids[0] })
  })
})

it('a record from before it has to be brought up to date first, which reading does not do', async () => {
  const { store, file, change } = await openTestStore()
  await store.close()
  change('drop table case_counts')
  const reader = openReadStore(file)
  await expect(reader.listCases(caseQuerySchema.parse({}), 0, 1)).rejects.toMatchObject({ code: 'database-older' })
  await reader.close()
})

describe('the search', () => {
  it('finds the beginnings of words, without regard to case and accents, in all texts of a case', async () => {
    const { store, found, change } = await openTestStore()
    const one = newCase({ fileName: 'scan-12_left.png' })
    await store.receive([one, newCase({ fileName: 'other.png' })])
    await store.complete([newResult(one.id)])
    change(`update cases set patient_name = 'Müller^José', patient_id = 'P-0815', description = 'T1 ax'
      where id = '${one.id}'`)
    await store.review({ caseId: one.id, reader: 'Dr Ekström', verdict: 'agree', label: null, comment: 'Größe' })
    const hits = ['muller', 'JOSE', 'Müll', 'p-08', '0815', 'scan-12', 'left', 'ax', 'ekstrom', 'große', 'glioma t1']
    for (const typed of hits) {
      expect(await found(typed), typed).toEqual(['scan-12_left.png'])
    }
    for (const typed of ['üller', 'jose other', 'zzz']) expect(await found(typed), typed).toEqual([])
  })

  it('takes whatever is typed as text', async () => {
    const { store, found } = await openTestStore()
    await store.receive([newCase({ fileName: 'plain "quoted" NEAR(a b).png' })])
    const hostile = [
      '"',
      '"""',
      'a"b',
      '*',
      'text:plain',
      'NEAR(',
      'NOT',
      'AND OR',
      '^plain',
      '(',
      '-plain',
      '{text}: x',
      '\0',
      'plain\0',
      '\ud800',
      '\ud800a',
      '🧠',
      'é́́',
      '%',
      '_',
      "'; drop table cases; --",
      '\\',
      'a'.repeat(200),
      '١٢',
      '؟',
      '﷽',
    ]
    for (const typed of hostile) await expect(found(typed), JSON.stringify(typed)).resolves.toBeInstanceOf(Array)
    expect(await found('"quoted"')).toHaveLength(1)
    expect(await found('near(a')).toHaveLength(1)
    expect(await found('plain 🧠')).toHaveLength(1)
    expect(await found('🧠')).toEqual([])
    expect(await found('text:plain')).toEqual([])
    expect(await found('NOT')).toEqual([])
  })

  it('finds a case by its code, its id, and its file’s SHA-256 or the beginning of it', async () => {
    const { store, found } = await openTestStore()
    const sha256 = 'deadbeef'.padEnd(64, '0')
    const one = newCase({ fileName: 'one', scan: { sha256, bytes: 1 } })
    const other = newCase({ id: '01890000-1111-7000-8000-000000000000', fileName: 'deadbeef.png' })
    await store.receive([one, other])
    expect(await found(one.id.slice(0, 8).toUpperCase())).toEqual(['one'])
    expect(await found(one.id)).toEqual(['one'])
    expect(await found(sha256)).toEqual(['one'])
    expect((await found('DEADBEEF')).toSorted()).toEqual(['deadbeef.png', 'one'])
    expect(await found('deadbee')).toEqual(['deadbeef.png'])
    expect(await found('deadbeef one')).toEqual(['one'])
    expect(await found('01890000')).toEqual(['deadbeef.png'])
  })

  it('forgets at once what is emptied, in the list and in the file', async () => {
    const { store, file, found, change } = await openTestStore()
    const one = newCase({ fileName: 'Zyxwvut.png' })
    await store.receive([one])
    await store.complete([newResult(one.id)])
    await store.review({ caseId: one.id, reader: 'r', verdict: 'agree', label: null, comment: 'Qwertzu' })
    expect(await found('zyxwvut qwertzu')).toHaveLength(1)
    change(`drop trigger verdicts_no_update; update verdicts set comment = '';
      update cases set file_name = '', patient_name = '' where id = '${one.id}'`)
    expect(await found('zyxwvut')).toEqual([])
    expect(await found('qwertzu')).toEqual([])
    expect(await found('glioma')).toHaveLength(1)
    if (IN_POSTGRES) return
    const sqlite = new SQLite(file)
    const pieces = sqlite.prepare('select block from case_search_data').pluck().all() as Buffer[]
    expect(pieces.some((piece) => /zyxwvut|qwertzu/.test(piece.toString('latin1')))).toBe(false)
    // Also proves that the index is what its texts are.
    sqlite.exec(`insert into case_search (case_search, rank) values ('integrity-check', 1)`)
    sqlite.close()
  })

  itInSqlite(
    'of more than can be listed takes the newest, and says that there are more',
    async () => {
      const file = join(temporaryFolder(), 'gyrus.sqlite')
      await fillHistory(file, 3_000)
      const store = await openStore(file)
      onTestFinished(() => store.close())
      const query = caseQuerySchema.parse({ search: 'slice' })
      const page = await store.listCases(query, 0, 1)
      expect(page).toMatchObject({ total: 2_000, more: true, all: 3_000 })
      expect(page.rows[0]?.fileName).toBe('slice-0003000.png')
      expect((await store.listCases(query, 2_000, 1)).rows).toEqual([])
      expect(
        await store.listCases(caseQuerySchema.parse({ search: 'slice', states: ['analysed'] }), 0, 1),
      ).toMatchObject({ more: false })
    },
    60_000,
  )
})
