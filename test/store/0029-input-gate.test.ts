import SQLite from 'better-sqlite3'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import type { NewResult, Store } from '../../src/main/store/types.ts'
import { type Called, LABELS } from '../../src/shared/labels.ts'
import { breakOf, makeRecord, verify } from '../support/audit.ts'
import { anyCase, newCase, newResult, OUTSIDE } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { copyOf, tamper } from '../support/spoil.ts'
import { undoFrom } from '../support/undo.ts'

let file: string
let store: Store

beforeEach(async () => {
  file = await makeRecord(temporaryFolder())
  await undoFrom(file, '0029-input-gate')
  store = await openStore(file)
  const opened = store
  onTestFinished(() => opened.close().catch(() => undefined))
})

async function add(change: Partial<NewResult> = OUTSIDE): Promise<string> {
  const one = newCase()
  await store.receive([one])
  await store.complete([newResult(one.id, change)])
  return one.id
}

const listed = async (labels: Called[]) => (await store.listCases({ ...anyCase, labels }, 0, 100)).rows
const sign = async (caseId: string) => {
  const verdictId = (await store.getCase(caseId)).verdicts[0]?.id ?? 0
  await store.sign({ caseId, verdictId, reader: 'Dr A' })
}

describe('what the input gate says', () => {
  it('is kept with each result, bound and for good; results from before have none', async () => {
    const before = (await store.listCases(anyCase, 0, 100)).rows.filter(({ label }) => label !== null)
    expect(before.length).toBeGreaterThan(0)
    for (const { id } of before) expect((await store.getCase(id)).result).toMatchObject({ gate: null, set: null })
    const gate = { verdict: 'borderline', reasons: ['noisy', 'cut'] } as const
    const id = await add({ gate: { ...gate, reasons: [...gate.reasons] }, set: ['glioma', 'meningioma'] })
    expect((await store.getCase(id)).result).toMatchObject({ label: 'glioma', gate, set: ['glioma', 'meningioma'] })
    await store.close()
    expect(await verify(file)).toMatchObject({ broken: null })
    const sqlite = new SQLite(file)
    expect(() => sqlite.exec(`update results set gate = 'near'`)).toThrow('append-only')
    sqlite.close()
    for (const column of ['gate', 'gate_reasons', 'answer_set']) {
      const copy = copyOf(file, column)
      tamper(copy, (altered) => altered.exec(`update results set ${column} = 'near' where ${column} is not null`))
      expect(await breakOf(copy), column).not.toBeNull()
    }
  })

  it('leaves a case without a label and a probability wherever it is listed', async () => {
    const id = await add()
    const { label, confidence, state } = await store.getCase(id)
    expect({ label, confidence, state }).toEqual({ label: 'unjudged', confidence: null, state: 'analysed' })
    expect((await store.getCase(id)).result).toMatchObject({ label: null, gate: OUTSIDE.gate, set: null })
    expect((await listed(['unjudged'])).map((row) => row.id)).toEqual([id])
    expect((await listed([...LABELS])).map((row) => row.id)).not.toContain(id)
    expect((await store.listCases({ ...anyCase, confidenceUpTo: 1 }, 0, 100)).rows.map((row) => row.id)).not.toContain(
      id,
    )
    expect((await store.listCases({ ...anyCase, search: 'glioma' }, 0, 100)).rows.map((row) => row.id)).not.toContain(
      id,
    )
    const timeline = await store.timelineOf(id)
    expect(timeline.find(({ act }) => act === 'case.analysed')?.result).toMatchObject({ label: null, confidence: null })
  })

  it('is kept from a reader whose impression comes first', async () => {
    const id = await add()
    const { rows } = await store.listCases(anyCase, 0, 100, 'Dr B')
    expect(rows.find((row) => row.id === id)).toMatchObject({ label: null, confidence: null })
    expect((await store.listCases({ ...anyCase, labels: ['unjudged'] }, 0, 100, 'Dr B')).rows).toEqual([])
    expect(await store.getCase(id, 'Dr B')).toMatchObject({ label: null, result: null, awaitsImpression: true })
  })

  it('goes with a later answer that judges, and comes with one that does not', async () => {
    const id = await add()
    await store.addResult(newResult(id, { modelId: 'other', gate: { verdict: 'near', reasons: [] } }), 'Dr A')
    expect(await store.getCase(id)).toMatchObject({ label: 'glioma', confidence: 0.7 })
    await store.addResult(newResult(id, { modelId: 'third', ...OUTSIDE }), 'Dr A')
    expect(await store.getCase(id)).toMatchObject({ label: 'unjudged', confidence: null })
    await store.close()
    expect(await verify(file)).toMatchObject({ broken: null })
  })
})

describe('a case that is not judged', () => {
  const given = { reader: 'Dr A', comment: '' }

  it('is read by a finding of the reader’s own, and signed', async () => {
    const caseId = await add()
    for (const verdict of ['agree', 'disagree'] as const) {
      const label = verdict === 'disagree' ? 'glioma' : null
      await expect(store.review({ ...given, caseId, verdict, label })).rejects.toMatchObject({ code: 'not-judged' })
    }
    await store.review({ ...given, caseId, verdict: 'own', label: 'meningioma' })
    await sign(caseId)
    expect(await store.getCase(caseId)).toMatchObject({
      ...{ state: 'signed', verdict: 'own', verdictLabel: 'meningioma' },
      verdicts: [{ verdict: 'own', label: 'meningioma' }],
    })
    expect((await store.signedScans(null)).find((one) => one.caseId === caseId)?.label).toBe('meningioma')
    await store.close()
    expect(await verify(file)).toMatchObject({ broken: null })
  })

  it('and only it', async () => {
    const caseId = await add({})
    const own = { ...given, caseId, verdict: 'own', label: 'glioma' } as const
    await expect(store.review(own)).rejects.toMatchObject({ code: 'answer-given' })
  })

  it('can be left open by who cannot tell', async () => {
    const caseId = await add()
    await store.review({ ...given, caseId, verdict: 'cannot-tell', label: null })
    await sign(caseId)
    expect((await store.getCase(caseId)).state).toBe('signed')
  })

  it('is agreed with by nobody in one go', async () => {
    const [judged, caseId] = [await add({}), await add()]
    for (const id of [judged, caseId]) await store.logView(id, 'Dr A')
    expect(await store.agreeWith([judged, caseId], 'Dr A')).toEqual({ agreed: 1, notOpened: 0, notReviewable: 1 })
    expect((await store.getCase(caseId)).state).toBe('analysed')
  })

  it('is settled by two own findings that are the same', async () => {
    const caseId = await add()
    await store.markForSecond(caseId, 'Dr A')
    await store.review({ ...given, caseId, verdict: 'own', label: 'pituitary' })
    await sign(caseId)
    const second = { caseId, reader: 'Dr B', label: 'pituitary', comment: '' } as const
    await expect(store.readSecond({ ...second, verdict: 'disagree' })).rejects.toMatchObject({ code: 'not-judged' })
    await store.readSecond({ ...second, verdict: 'own' })
    expect((await store.getCase(caseId)).second).toBe('agreed')
  })

  it('is no reading that the answer changed', async () => {
    const caseId = await add()
    await store.addImpression({ caseId, reader: 'Dr A', impression: 'glioma' })
    await store.review({ ...given, caseId, verdict: 'own', label: 'meningioma' })
    await sign(caseId)
    const all = { from: null, until: null }
    const before = await store.readingChanges(all, null)
    expect(before.filter(({ reader }) => reader === 'Dr A').reduce((sum, { n }) => sum + n, 0)).toBe(1)
  })
})

describe('in a batch', () => {
  it('it counts apart, comes first, and is exported without a label and numbers', async () => {
    const batch = newCase().id
    const origin = { name: 'b', origin: 'folder', roots: ['/scans'], by: 'Dr A' } satisfies Partial<
      Parameters<Store['addBatch']>[0]
    >
    await store.addBatch({ id: batch, options: { skipSeen: false, subFolders: true, filter: '' }, ...origin })
    await store.addBatchFiles(batch, [
      { root: 0, path: 'tumour.png', failure: null },
      { root: 0, path: 'photo.png', failure: null },
    ])
    const cases = [1, 2].map((seq) => newCase({ member: { batch, seq, again: false } }))
    await store.receive(cases)
    await store.complete(cases.map(({ id }, i) => newResult(id, i === 0 ? {} : OUTSIDE)))
    const query = { labels: [], states: [], confidenceUpTo: null, sort: 'attention', slices: true } as const
    const window = await store.batchFiles(
      batch,
      { ...query, labels: [], states: [] },
      { after: null, skip: 0, limit: 9 },
      'Dr A',
    )
    expect(window.rows.map(({ path, label, confidence, attention }) => [path, label, confidence, attention])).toEqual([
      ['photo.png', 'unjudged', null, 1],
      ['tumour.png', 'glioma', 0.7, expect.any(Number)],
    ])
    expect(await store.batchTotals(batch)).toContainEqual({ state: 'analysed', label: 'unjudged', files: 1 })
    const only = await store.batchFiles(
      batch,
      { ...query, labels: ['unjudged'], states: [] },
      { after: null, skip: 0, limit: 9 },
      'Dr A',
    )
    expect(only.rows.map(({ path }) => path)).toEqual(['photo.png'])
    expect(await store.exportedFiles(batch, 0, 9)).toMatchObject([
      { path: 'tumour.png', label: 'glioma', gate: null },
      { path: 'photo.png', label: null, confidences: null, gate: OUTSIDE.gate, set: null },
    ])
    await store.close()
    expect(await verify(file)).toMatchObject({ broken: null })
  })
})
