import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fillHistory } from '../../scripts/bench/support/fill-history.ts'
import { casesOf, planOf } from '../../src/main/store/case-query.ts'
import { openStore } from '../../src/main/store/index.ts'
import { openDatabase } from '../../src/main/store/open.ts'
import { type CaseQueryInput, caseQuerySchema } from '../../src/shared/cases.ts'
import { breakOf, makeRecord, verify } from '../support/audit.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { itInSqlite } from '../support/only-sqlite.ts'
import { addAdjudicated, analysed, readTwice, saying, signed } from '../support/second.ts'
import { copyOf, tamper } from '../support/spoil.ts'

async function openTestStore() {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const store = await openStore(file)
  onTestFinished(() => store.close())
  const sqlite = new SQLite(file)
  onTestFinished(() => void sqlite.close())
  const ids = async (input: CaseQueryInput) =>
    (await store.listCases(caseQuerySchema.parse(input), 0, 100)).rows.map(({ id }) => id)
  const total = async (input: CaseQueryInput) => (await store.listCases(caseQuerySchema.parse(input), 0, 1)).total
  return { store, file, sqlite, ids, total }
}

/** Instants are told apart by the millisecond. */
const tick = () => new Promise((done) => setTimeout(done, 5))
const refuses = (act: Promise<unknown>, code: string) => expect(act).rejects.toMatchObject({ code })

describe('migration 0012: a second reader', () => {
  it('is another person, who is not told what the first one says, by no list, search or count', async () => {
    const { store, file, ids, total } = await openTestStore()
    const id = await analysed(store)
    await store.review(saying(id, 'Dr A', 'meningioma', 'dural tail'))
    expect(await ids({ search: 'dural' })).toEqual([id])
    await store.markForSecond(id, 'Dr A')
    const verdictId = (await store.getCase(id)).verdicts[0]?.id as number
    const asB = () => store.getCase(id, null, 'Dr B')
    expect(await asB()).toMatchObject({ state: 'reviewed', second: 'marked', verdict: null, verdictLabel: null })
    await refuses(store.readSecond(saying(id, 'Dr B', 'glioma')), 'second-not-open')
    await store.sign({ caseId: id, verdictId, reader: 'Dr A' })

    const kept = await asB()
    expect(kept).toMatchObject({ state: 'signed', second: 'open', verdict: null, verdictLabel: null, verdicts: [] })
    expect(kept.secondReading).toMatchObject({ markedBy: 'Dr A', why: 'reader', withheld: true, act: 'read' })
    expect(JSON.stringify(await store.timelineOf(id, 'Dr B'))).not.toContain('dural')
    for (const input of [
      { search: 'dural' },
      { search: 'meningioma' },
      { verdicts: ['disagree'] },
      { verdicts: ['none'] },
    ])
      expect(await ids(input as CaseQueryInput), JSON.stringify(input)).toEqual([])
    expect(await total({ verdicts: ['disagree'] })).toBe(0)
    expect(await ids({ second: ['open'] })).toEqual([id])
    // Who gave it sees it, and so does who reads no cases.
    const own = await store.getCase(id, null, 'Dr A')
    expect(own.verdicts).toMatchObject([{ label: 'meningioma', comment: 'dural tail' }])
    expect(own.secondReading).toMatchObject({ withheld: false, act: null, barred: { code: 'second-same-reader' } })
    expect((await store.getCase(id)).verdicts).toHaveLength(1)

    await refuses(store.readSecond(saying(id, 'Dr A', 'glioma')), 'second-same-reader')
    await store.readSecond(saying(id, 'Dr B', 'meningioma', 'calcified'))
    await refuses(store.readSecond(saying(id, 'Dr C', 'glioma')), 'second-not-open')
    const agreed = await asB()
    expect(agreed).toMatchObject({ second: 'agreed', verdict: 'disagree', verdictLabel: 'meningioma', reader: 'Dr A' })
    expect(agreed.secondReading).toMatchObject({
      reading: { reader: 'Dr B', label: 'meningioma', comment: 'calcified' },
    })
    for (const search of ['dural', 'calcified']) expect(await ids({ search })).toEqual([id])
    expect(await ids({ second: ['open'] })).toEqual([])
    expect(await total({ verdicts: ['disagree'], second: ['agreed'] })).toBe(1)
    expect(await verify(file)).toMatchObject({ broken: null })
  })

  it('has not had the case on the screen with a verdict on it before it was marked', async () => {
    const { store } = await openTestStore()
    const id = await analysed(store)
    await store.logView(id, 'Dr C')
    await tick()
    await signed(store, id, 'Dr A', 'glioma')
    await store.logView(id, 'Dr B')
    await store.markForSecond(id, 'Dr A')
    await tick()
    await store.logView(id, 'Dr C')
    await refuses(store.readSecond(saying(id, 'Dr B', 'glioma')), 'second-reader-saw')
    expect((await store.getCase(id, null, 'Dr B')).secondReading?.barred?.code).toBe('second-reader-saw')
    // Looked at before there was a verdict, and after it was kept.
    await store.readSecond(saying(id, 'Dr C', 'glioma'))
    expect((await store.getCase(id)).second).toBe('agreed')
  })

  it('may supersede a draft unseen, and then its reader is another one', async () => {
    const { store, file } = await openTestStore()
    const id = await analysed(store)
    await store.markForSecond(id, 'Dr A')
    await store.review(saying(id, 'Dr A', 'meningioma'))
    await store.review(saying(id, 'Dr B', 'glioma'))
    expect((await store.getCase(id, null, 'Dr B')).verdicts).toHaveLength(1)
    expect((await store.getCase(id, null, 'Dr A')).verdicts).toMatchObject([{ reader: 'Dr A' }])
    const verdictId = (await store.getCase(id)).verdicts[0]?.id as number
    await store.sign({ caseId: id, verdictId, reader: 'Dr B' })
    await store.readSecond(saying(id, 'Dr A', 'meningioma'))
    expect((await store.getCase(id)).second).toBe('disputed')
    expect(await verify(file)).toMatchObject({ broken: null })
  })

  it('is asked for once, of a case that has an answer', async () => {
    const { store, sqlite } = await openTestStore()
    const { id } = await readTwice(store, 'glioma', null)
    await refuses(store.markForSecond(id, 'Dr B'), 'second-marked')
    sqlite.exec(`update cases set state = 'failed' where id != '${id}'`)
    const failed = await analysed(store)
    await store.fail([{ caseId: failed, failure: { code: 'image-corrupt', details: {} } }])
    sqlite.exec(`update cases set state = 'failed' where id = '${failed}'`)
    await refuses(store.markForSecond(failed, 'Dr B'), 'second-not-markable')
  })
})

describe('the department', () => {
  it('has every case read twice, or those below a confidence, from the first verdict on', async () => {
    const { store, file, sqlite } = await openTestStore()
    expect(await store.secondSettings()).toEqual({ when: 'none', below: 0.8, adjudicators: [] })
    const state = async (below: number, when: 'every' | 'below' | 'none') => {
      await store.setSecondSettings({ when, below, adjudicators: [] }, 'Dr Admin')
      const id = await analysed(store)
      expect((await store.getCase(id)).second).toBeNull()
      await store.review(saying(id, 'Dr A', 'glioma'))
      await store.review(saying(id, 'Dr A', 'meningioma'))
      return (await store.getCase(id)).second
    }
    expect(await state(0.5, 'none')).toBeNull()
    expect(await state(0.5, 'every')).toBe('marked')
    expect(await state(0.7, 'below')).toBeNull()
    expect(await state(0.71, 'below')).toBe('marked')
    expect(sqlite.prepare('select marked_by, why from second_marks').raw().all()).toEqual([
      ['gyrus', 'every'],
      ['gyrus', 'below'],
    ])
    const entries = sqlite.prepare(`select actor, detail from audit where act = 'reading.second-set'`).all()
    expect(entries).toHaveLength(4)
    expect(await verify(file)).toMatchObject({ broken: null })
  })

  it('holds where many are agreed with and signed at once', async () => {
    const { store, file, ids } = await openTestStore()
    await store.setSecondSettings({ when: 'every', below: 0.5, adjudicators: [] }, 'Dr Admin')
    const many = [await analysed(store), await analysed(store)]
    for (const id of many) await store.logView(id, 'Dr A')
    expect(await store.agreeWith(many, 'Dr A')).toMatchObject({ agreed: 2 })
    expect((await ids({ second: ['marked'] })).sort()).toEqual(many.toSorted())
    // Others sign nothing of it, and the first one does.
    expect(await store.signAll(many, 'Dr B')).toMatchObject({ signed: 0 })
    expect(await store.signAll(many, 'Dr A')).toMatchObject({ signed: 2 })
    expect((await ids({ second: ['open'], states: ['signed'] })).sort()).toEqual(many.toSorted())
    expect(await verify(file)).toMatchObject({ broken: null })
  })

  it('names who adjudicates', async () => {
    const { store } = await openTestStore()
    const { id, verdictId } = await readTwice(store, 'glioma', 'meningioma')
    await store.setSecondSettings({ when: 'none', below: 0.8, adjudicators: ['Dr D', 'Dr A'] }, 'Dr Admin')
    await refuses(store.adjudicate({ ...saying(id, 'Dr C', 'glioma'), verdictId }), 'adjudicator-not-named')
    await refuses(store.adjudicate({ ...saying(id, 'Dr A', 'glioma'), verdictId }), 'adjudicator-involved')
    await store.adjudicate({ ...saying(id, 'Dr D', 'glioma'), verdictId })
    expect((await store.getCase(id)).second).toBe('adjudicated')
    // Gyrus's own word for why it was signed anew is no text that an erasure leaves in the trail.
    const reason = { salt: 'b'.repeat(32), sha256: 'a'.repeat(64) }
    expect(await store.erase({ caseIds: [id], by: 'Dr Admin', reason })).toMatchObject({ clearEntries: 0 })
  })
})

describe('where two differ', () => {
  it('a third one decides and signs; the earlier ones stay', async () => {
    const { store, file, ids, sqlite } = await openTestStore()
    const { id, verdictId } = await readTwice(store, 'glioma', 'meningioma')
    expect(await ids({ second: ['disputed'] })).toEqual([id])
    expect(await store.signedScans(null)).toEqual([])
    const decision = (reader: string) => ({ ...saying(id, reader, 'meningioma'), verdictId })
    for (const reader of ['Dr A', 'Dr B']) await refuses(store.adjudicate(decision(reader)), 'adjudicator-involved')
    await refuses(store.amend({ ...decision('Dr A'), reason: 'given in' }), 'second-disputed')
    await refuses(store.adjudicate({ ...decision('Dr C'), verdictId: 99 }), 'verdict-outdated')
    expect((await store.getCase(id, null, 'Dr C')).secondReading).toMatchObject({ act: 'adjudicate', withheld: false })
    await store.adjudicate(decision('Dr C'))
    await refuses(store.adjudicate(decision('Dr D')), 'adjudication-not-open')
    const { verdicts, secondReading, ...found } = await store.getCase(id)
    expect(found).toMatchObject({ state: 'signed', second: 'adjudicated', reader: 'Dr C', verdictLabel: 'meningioma' })
    expect(verdicts.map(({ reader, signature }) => [reader, signature?.kind, signature?.reason])).toEqual([
      ['Dr C', 'adjudicate', ''],
      ['Dr A', 'sign', ''],
    ])
    expect(secondReading).toMatchObject({
      reading: { reader: 'Dr B', label: 'meningioma' },
      adjudicated: { reader: 'Dr C', verdictId: verdicts[0]?.id },
    })
    expect(await store.signedScans(null)).toMatchObject([{ caseId: id, label: 'meningioma' }])
    const timeline = (await store.timelineOf(id)).map(({ act, actor, verdict }) => [act, actor, verdict?.label])
    expect(timeline.slice(2)).toEqual([
      ['case.reviewed', 'Dr A', null],
      ['case.signed', 'Dr A', undefined],
      ['case.second-marked', 'Dr A', undefined],
      ['case.second-read', 'Dr B', 'meningioma'],
      ['case.adjudicated', 'Dr C', 'meningioma'],
    ])
    expect(JSON.stringify(sqlite.prepare('select * from audit').all())).not.toContain('comment')
    expect(await verify(file)).toMatchObject({ broken: null })
  })

  it('what was decided is amended as any signed case; what two agree on goes to a third one where it changes', async () => {
    const { store, file } = await openTestStore()
    const { id, verdictId } = await readTwice(store, 'glioma', 'cannot-tell')
    await store.adjudicate({ ...saying(id, 'Dr C', 'meningioma'), verdictId })
    const decided = (await store.getCase(id)).verdicts[0]?.id as number
    await store.amend({ ...saying(id, 'Dr A', 'pituitary'), verdictId: decided, reason: 'pathology' })
    expect(await store.getCase(id)).toMatchObject({ second: 'adjudicated', verdictLabel: 'pituitary' })
    expect((await store.getCase(id)).verdicts.map(({ signature }) => signature?.kind)).toEqual([
      'amend',
      'adjudicate',
      'sign',
    ])
    const other = await readTwice(store, 'other', 'other')
    expect((await store.getCase(other.id)).second).toBe('agreed')
    await store.amend({ ...saying(other.id, 'Dr C', 'glioma'), verdictId: other.verdictId, reason: 'why' })
    expect((await store.getCase(other.id)).second).toBe('disputed')
    expect(await verify(file)).toMatchObject({ broken: null })
  })

  it('the first reader may still amend while the second has not read, and nobody else', async () => {
    const { store } = await openTestStore()
    const { id, verdictId } = await readTwice(store, 'glioma', null)
    const amendment = { ...saying(id, 'Dr B', 'meningioma'), verdictId, reason: 'why' }
    await refuses(store.amend(amendment), 'second-first')
    await store.amend({ ...amendment, reader: 'Dr A' })
    expect(await store.getCase(id)).toMatchObject({ second: 'open', verdict: null })
    await store.readSecond(saying(id, 'Dr B', 'meningioma'))
    expect((await store.getCase(id)).second).toBe('agreed')
  })
})

describe('on record', () => {
  it('its rows stay as they are, and a changed byte in any of them is found', async () => {
    const folder = temporaryFolder()
    const file = await makeRecord(folder)
    await addAdjudicated(file)
    expect(await breakOf(file)).toBeNull()
    const sqlite = new SQLite(file)
    for (const table of ['second_marks', 'second_readings', 'adjudications']) {
      expect(() => sqlite.exec(`delete from ${table}`)).toThrow('append-only')
      expect(() => sqlite.exec(`update ${table} set at = 'x'`)).toThrow('append-only')
    }
    sqlite.close()
    const spoilt: [name: string, sql: string, kind: string, what: RegExp][] = [
      ['mark', `update second_marks set marked_by = 'Dr Z'`, 'row-altered', /^second_marks\/1/],
      ['reading', `update second_readings set comment = 'x'`, 'row-altered', /^second_readings\/1/],
      ['label', `update second_readings set label = 'glioma'`, 'row-altered', /^second_readings\/1/],
      ['decided', `update adjudications set reader = 'Dr A'`, 'row-altered', /^adjudications\/1/],
      ['gone', 'delete from adjudications', 'row-missing', /^adjudications\/1/],
      ['state', `update cases set second = 'agreed' where second != ''`, 'row-altered', /^cases\//],
      [
        'unmarked',
        `update cases set second = 'open' where second = '' and state = 'reviewed'`,
        'row-altered',
        /^cases\//,
      ],
    ]
    for (const [name, change, kind, what] of spoilt) {
      const copy = copyOf(file, name)
      tamper(copy, (one) => one.exec(change))
      expect(await breakOf(copy), name).toMatchObject({ kind, what: expect.stringMatching(what) })
    }
  })

  it('is emptied of its texts by an erasure, and nobody waits for a case that was erased', async () => {
    const { store, file, ids, sqlite } = await openTestStore()
    const open = await readTwice(store, 'glioma', null)
    const disputed = await readTwice(store, 'glioma', 'meningioma')
    const agreed = await readTwice(store, 'glioma', 'glioma')
    const caseIds = [open.id, disputed.id, agreed.id]
    await store.erase({ caseIds, by: 'Dr Admin', reason: { salt: 'b'.repeat(32), sha256: 'a'.repeat(64) } })
    expect(await ids({ second: ['open', 'disputed', 'marked'] })).toEqual([])
    expect(await store.getCase(open.id)).toMatchObject({ second: null, verdict: 'agree' })
    expect(await store.getCase(agreed.id)).toMatchObject({
      second: 'agreed',
      secondReading: { reading: { comment: '' } },
    })
    expect(sqlite.prepare('select distinct comment from second_readings').pluck().all()).toEqual([''])
    expect(JSON.stringify(sqlite.prepare('select text from case_texts').all())).not.toContain('the second one')
    await refuses(store.readSecond(saying(open.id, 'Dr B', 'glioma')), 'case-erased')
    await refuses(store.adjudicate({ ...saying(disputed.id, 'Dr C', 'glioma'), verdictId: 1 }), 'case-erased')
    await refuses(store.markForSecond(open.id, 'Dr B'), 'case-erased')
    expect(await verify(file)).toMatchObject({ broken: null })
  })

  itInSqlite('a record from before it is brought up to date with its counts', async () => {
    const file = join(temporaryFolder(), 'gyrus.sqlite')
    await fillHistory(file, 500)
    const store = await openStore(file)
    onTestFinished(() => store.close())
    const all = await store.listCases(caseQuerySchema.parse({}), 0, 1)
    expect(all.total).toBe(500)
    const { total } = await store.listCases(caseQuerySchema.parse({ readers: ['Dr Costa'] }), 0, 1)
    expect(total).toBeGreaterThan(0)
  })
})

itInSqlite(
  'the queues are read from their index, and nothing is sorted',
  async () => {
    const file = join(temporaryFolder(), 'gyrus.sqlite')
    await fillHistory(file, 3_000)
    const sqlite = new SQLite(file)
    sqlite.exec(`update cases set second = 'open' where rowid % 100 = 0;
    update cases set second = 'disputed' where rowid % 100 = 1`)
    const db = await openDatabase(file)
    onTestFinished(async () => {
      sqlite.close()
      await db.destroy()
    })
    const explain = async (input: CaseQueryInput) => {
      const plan = await planOf(db, caseQuerySchema.parse(input))
      if (!plan) throw new Error('there is a plan')
      const { sql, parameters } = casesOf(plan, { offset: 0, limit: 100 }).compile(db)
      const steps = sqlite.prepare(`explain query plan ${sql}`).all(...parameters) as { detail: string }[]
      expect(sqlite.prepare(sql).all(...parameters).length).toBeGreaterThan(0)
      return { plan: steps.map(({ detail }) => detail).join('\n'), total: plan.total }
    }
    expect(await explain({ second: ['open'] })).toEqual({
      plan: 'SEARCH cases USING INDEX cases_by_second (second=?)',
      total: { n: 30, more: false },
    })
    expect((await explain({ second: ['disputed'], labels: ['glioma'] })).plan).toBe(
      'SEARCH cases USING INDEX cases_by_second (second=?)',
    )
    expect((await explain({ second: ['open', 'disputed'] })).plan).not.toMatch(/SCAN cases/)
  },
  60_000,
)
