import { createHash } from 'node:crypto'
import SQLite from 'better-sqlite3'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../../src/main/store/index.ts'
import type { NewCase, Store } from '../../../src/main/store/types.ts'
import { breakOf, makeRecord, verify } from '../../support/audit.ts'
import { anyCase, DICOM_FACTS, newCase, newResult } from '../../support/cases.ts'
import { temporaryFolder } from '../../support/cleanup.ts'
import { addSlice, groupingOf, groupNow, sliceFacts, sure } from '../../support/series.ts'
import { tamper, withTriggers } from '../../support/spoil.ts'
import { undoFrom } from '../../support/undo.ts'

let file: string
let store: Store

beforeEach(async () => {
  file = await makeRecord(temporaryFolder())
  await undoFrom(file, '0024-series')
  store = await openStore(file)
  const opened = store
  onTestFinished(() => opened.close().catch(() => undefined))
})

const listed = async () => (await store.listCases(anyCase, 0, 100)).rows.filter(({ patientId }) => patientId === 'P-77')

async function addSlices(...mm: number[]): Promise<string[]> {
  const ids: string[] = []
  for (const one of mm) ids.push(await addSlice(store, one))
  return ids
}

async function sound(): Promise<void> {
  await store.close()
  expect(await verify(file)).toMatchObject({ broken: null })
  store = await openStore(file)
}

async function sign(id: string): Promise<void> {
  await store.review({ caseId: id, reader: 'Dr A', verdict: 'agree', label: null, comment: '' })
  const verdictId = (await store.getCase(id)).verdicts[0]?.id ?? 0
  await store.sign({ caseId: id, verdictId, reader: 'Dr A' })
}

describe('slices of one series', () => {
  it('are one case on the list, which knows them in their order', async () => {
    const slices = await addSlices(10, 0, 5)
    const id = await groupNow(store)
    expect(await listed()).toMatchObject([
      { id, fileName: 'Series 401', state: 'analysed', label: 'notumor', description: 'Head · T1 3D · 3 slices' },
    ])
    const series = await store.seriesOf(id)
    expect(series).toMatchObject({ id, plane: 'axial', counted: 3, key: 0, deciding: [0, 1, 2] })
    expect(series?.slices.map(({ caseId, mm }) => [caseId, mm])).toEqual([
      [slices[1], 0],
      [slices[2], 5],
      [slices[0], 10],
    ])
    expect(await store.seriesOf(slices[0] ?? '')).toEqual(series)
    expect(await store.getCase(slices[0] ?? '')).toMatchObject({ series: { id, slices: 3, place: 2 } })
    expect(await store.getCase(id)).toMatchObject({ series: { id, slices: 3, place: null } })
    await sound()
  })

  it('are found by search as their series', async () => {
    const slices = await addSlices(0, 5)
    const id = await groupNow(store)
    for (const query of [{ search: 'Jane' }, { accession: 'ACC-9' }, { uid: DICOM_FACTS.seriesUid }]) {
      const { rows } = await store.listCases({ ...anyCase, ...query }, 0, 100)
      expect(rows.filter((row) => [id, ...slices].includes(row.id)).map((row) => row.id)).toEqual([id])
    }
  })

  it('one alone stays a case of its own', async () => {
    const [one] = await addSlices(0)
    expect(await groupNow(store)).toBe('')
    expect(await listed()).toMatchObject([{ id: one, fileName: 'IM0' }])
  })

  it('of two patients are two series, whatever their UIDs say', async () => {
    await addSlices(0, 5)
    for (const mm of [0, 5]) await addSlice(store, mm, { facts: { patientId: 'P-78', patientName: 'Roe, Max' } })
    await groupNow(store)
    const { rows } = await store.listCases({ ...anyCase, search: 'Series' }, 0, 100)
    expect(rows.map(({ patientId }) => patientId).sort()).toEqual(['P-77', 'P-78'])
  })

  it('the same bytes again are no further slice; the same instance with other bytes is marked', async () => {
    await addSlices(0, 5)
    await addSlice(store, 0)
    const { instanceUid } = sliceFacts(5)
    await addSlice(store, 7, { facts: { instanceUid } })
    const id = await groupNow(store)
    expect((await store.seriesOf(id))?.slices.map(({ mm, scope }) => [mm, scope])).toEqual([
      [0, 'counted'],
      [5, 'counted'],
      [7, 'copy'],
    ])
  })

  it('stay on the list where a reader had said something of one', async () => {
    const [first = '', second = ''] = await addSlices(0, 5)
    await store.review({ caseId: first, reader: 'Dr A', verdict: 'agree', label: null, comment: '' })
    const id = await groupNow(store)
    expect((await listed()).map((row) => row.id).sort()).toEqual([first, id].sort())
    expect((await store.seriesOf(id))?.slices).toHaveLength(2)
    await expect(
      store.review({ caseId: second, reader: 'Dr A', verdict: 'agree', label: null, comment: '' }),
    ).rejects.toMatchObject({ code: 'case-is-slice' })
    await sound()
  })
})

describe('a slice that comes later', () => {
  it('is added, and the answer made anew, superseding the one before', async () => {
    await addSlices(0, 5, 10)
    const id = await groupNow(store)
    for (const mm of [15, 20, 25]) await addSlice(store, mm, { result: sure('glioma') })
    expect(await groupNow(store)).toBe(id)
    expect(await listed()).toMatchObject([{ id, label: 'glioma', description: 'Head · T1 3D · 6 slices' }])
    const acts = (await store.timelineOf(id)).map(({ act }) => act)
    expect(acts).toEqual(['case.received', 'case.grouped', 'case.analysed', 'case.grouped', 'case.analysed-again'])
    await sound()
  })

  it('is told as one act with those that came before it, while all come in; the trail keeps each', async () => {
    const grouping = groupingOf(store)
    const slicesOf = async () => {
      const [series] = await listed()
      return (await store.seriesOf(series?.id ?? ''))?.slices.length ?? 0
    }
    for (const mms of [
      [0, 5],
      [10, 15, 20],
    ]) {
      const before = await slicesOf()
      await addSlices(...mms)
      grouping.noteSlice(DICOM_FACTS)
      await expect.poll(slicesOf, { timeout: 5_000 }).toBe(before + mms.length)
    }
    await grouping.settle()
    const [series] = await listed()
    const told = (await store.timelineOf(series?.id ?? '', null)).filter(({ act }) => act === 'case.grouped')
    expect(told.map(({ series }) => series)).toEqual([{ slices: 5, counted: null }])
    await store.close()
    const sqlite = new SQLite(file, { readonly: true })
    expect(sqlite.prepare(`select count(*) from audit where act = 'case.grouped'`).pluck().get()).toBe(2)
    sqlite.close()
    store = await openStore(file)
    await sound()
  })

  it('changes nothing of a series that was read already but for its answer', async () => {
    await addSlices(0, 5, 10)
    const id = await groupNow(store)
    await store.review({ caseId: id, reader: 'Dr A', verdict: 'agree', label: null, comment: '' })
    for (const mm of [15, 20, 25]) await addSlice(store, mm, { result: sure('glioma') })
    await groupNow(store)
    expect(await store.getCase(id)).toMatchObject({ state: 'reviewed', label: 'glioma', onEarlierAnswer: true })
  })

  it('does not touch one that was signed', async () => {
    await addSlices(0, 5)
    const id = await groupNow(store)
    await sign(id)
    const late = await addSlice(store, 10, { result: sure('glioma') })
    await groupNow(store)
    expect(await store.getCase(id)).toMatchObject({ state: 'signed', label: 'notumor', series: { slices: 2 } })
    expect((await listed()).map((row) => row.id).sort()).toEqual([late, id].sort())
    await sound()
  })

  it('that brings nothing new leaves no trace', async () => {
    await addSlices(0, 5)
    const id = await groupNow(store)
    const before = (await store.timelineOf(id)).length
    await groupNow(store)
    expect(await store.timelineOf(id)).toHaveLength(before)
  })
})

describe('a series that the model does not judge', () => {
  it('says why, is on the list, and can be scrolled', async () => {
    for (const mm of [0, 5]) await addSlice(store, mm, { facts: { modality: 'CT' } })
    const id = await groupNow(store)
    expect(await listed()).toMatchObject([{ id, state: 'analysed', label: 'unjudged', failure: null }])
    expect(await store.listCases({ ...anyCase, labels: ['unjudged'] }, 0, 100)).toMatchObject({ rows: [{ id }] })
    expect(await store.seriesOf(id)).toMatchObject({ counted: 0, deciding: null, slices: [{}, {}] })
    const { result } = await store.getCase(id)
    expect(result).toMatchObject({ label: null, gate: { verdict: 'outside', reasons: ['few', 'modality'] } })
    await sound()
  })

  it('is signed with a finding of the reader’s own', async () => {
    for (const mm of [0, 5]) await addSlice(store, mm, { facts: { modality: 'CT' } })
    const id = await groupNow(store)
    const review = { caseId: id, reader: 'Dr A', label: null, comment: '' }
    await expect(store.review({ ...review, verdict: 'agree' })).rejects.toMatchObject({ code: 'not-judged' })
    await store.review({ ...review, verdict: 'own', label: 'glioma' })
    const verdictId = (await store.getCase(id)).verdicts[0]?.id ?? 0
    await store.sign({ caseId: id, verdictId, reader: 'Dr A' })
    expect(await store.getCase(id)).toMatchObject({ state: 'signed', verdict: 'own', verdictLabel: 'glioma' })
    await sound()
  })

  it('is taken up where an earlier Gyrus called it failed', async () => {
    for (const mm of [0, 5]) await addSlice(store, mm, { facts: { modality: 'CT' } })
    const id = await groupNow(store)
    await store.close()
    tamper(file, (sqlite) =>
      sqlite.exec(`update cases set state = 'failed', label = '', model_id = '', result_id = null,
        error_code = 'series-not-judged', error_details = '{}' where id = '${id}';
        delete from results where case_id = '${id}'`),
    )
    store = await openStore(file)
    const grouping = groupingOf(store)
    await grouping.resume()
    await grouping.settle()
    expect(await listed()).toMatchObject([{ id, state: 'analysed', label: 'unjudged', failure: null }])
  })

  it('is judged once it has enough slices that count', async () => {
    for (const mm of [0, 5]) await addSlice(store, mm, { facts: { modality: 'CT' } })
    const id = await groupNow(store)
    await addSlices(10, 15, 20)
    await groupNow(store)
    expect(await store.getCase(id)).toMatchObject({ state: 'analysed', label: 'notumor', failure: null })
    await sound()
  })
})

describe('a series that comes in', () => {
  const come = async (mm: number, change: Partial<NewCase> = {}) => {
    const one = newCase({ scan: { sha256: hashOf(mm), bytes: 10 }, dicom: sliceFacts(mm), ...change })
    await store.receive([one])
    return one.id
  }
  const answer = (id: string, mm: number) =>
    store.complete([newResult(id, { dicom: sliceFacts(mm), ...sure('notumor') })])

  it('is one row from its second slice on, and has its answer when all have theirs', async () => {
    const slices = [await come(0), await come(5), await come(10)]
    const grouping = groupingOf(store)
    grouping.noteSlice(DICOM_FACTS)
    await expect
      .poll(listed, { timeout: 5_000 })
      .toMatchObject([{ fileName: 'Series 401', state: 'received', description: 'Head · T1 3D · 3 slices coming in' }])
    const [{ id } = { id: '' }] = await listed()
    expect((await store.seriesOf(id))?.slices.map(({ scope, label }) => [scope, label])).toEqual(
      Array(3).fill(['waiting', null]),
    )
    // A kill now loses nothing, and takes the series for no file.
    expect((await store.pendingCases()).map((one) => one.id)).toEqual(expect.arrayContaining(slices))
    expect((await store.pendingCases()).map((one) => one.id)).not.toContain(id)
    expect(await store.ungroupedSeries()).toHaveLength(1)
    for (const [i, slice] of slices.entries()) await answer(slice, 5 * i)
    await grouping.settle()
    expect(await listed()).toMatchObject([{ id, state: 'analysed', description: 'Head · T1 3D · 3 slices' }])
    expect((await store.timelineOf(id)).map(({ act }) => act)).toEqual([
      'case.received',
      'case.grouped',
      'case.analysed',
    ])
    await sound()
  })

  it('has a slice that fails on the list again, and in its place', async () => {
    const slices = [await come(0), await come(5), await come(10), await come(15)]
    const failed = slices[3] ?? ''
    const grouping = groupingOf(store)
    grouping.noteSlice(DICOM_FACTS)
    await expect.poll(listed, { timeout: 5_000 }).toHaveLength(1)
    await store.fail([{ caseId: failed, failure: { code: 'image-corrupt', details: {} } }])
    for (const [i, slice] of slices.slice(0, 3).entries()) await answer(slice, 5 * i)
    await grouping.settle()
    const rows = await listed()
    expect(rows.find((row) => row.id === failed)).toMatchObject({ state: 'failed' })
    const { id = '' } = rows.find((row) => row.id !== failed) ?? {}
    expect((await store.seriesOf(id))?.slices.map(({ scope }) => scope)).toEqual([
      ...Array(3).fill('counted'),
      'unread',
    ])
    await sound()
    // Tried again, it leaves the list for its place.
    await store.retry(failed, 'Dr A')
    expect((await listed()).map((row) => row.id)).toEqual([id])
    await answer(failed, 15)
    await groupNow(store)
    expect((await store.seriesOf(id))?.counted).toBe(4)
    await sound()
  }, 60_000)

  it('that is only listed is one row, and is classified as a whole', async () => {
    for (const mm of [0, 5, 10]) await come(mm, { listed: { dicom: sliceFacts(mm) } })
    const id = await groupNow(store)
    expect(await listed()).toMatchObject([{ id, state: 'listed', description: 'Head · T1 3D · 3 slices' }])
    expect(await store.getCase(id)).toMatchObject({ series: { slices: 3, place: null }, result: null })
    const queued = await store.queueListed([id], 'Dr A')
    expect(queued).toHaveLength(3)
    expect(queued.map((one) => one.id)).not.toContain(id)
    expect(await listed()).toMatchObject([{ id, state: 'received' }])
    for (const one of queued) await answer(one.id, (await store.getCase(one.id)).dicom?.position?.[2] ?? 0)
    await groupNow(store)
    expect(await listed()).toMatchObject([{ id, state: 'analysed', label: 'notumor' }])
    // What is listed later is for a reader to ask for.
    const late = await come(15, { listed: { dicom: sliceFacts(15) } })
    await groupNow(store)
    expect((await listed()).map((row) => row.id).sort()).toEqual([id, late].sort())
    await sound()
  })
})

const hashOf = (mm: number) => createHash('sha256').update(`coming ${mm}`).digest('hex')

it('what a kill left one by one is put together at the next start', async () => {
  await addSlices(0, 5)
  const grouping = groupingOf(store)
  await grouping.resume()
  await grouping.settle()
  expect(await listed()).toMatchObject([{ fileName: 'Series 401' }])
})

it('the answers of slices are kept from a reader as that of the series is', async () => {
  await addSlices(0, 5, 10)
  const id = await groupNow(store)
  const series = await store.seriesOf(id, 'Dr B')
  expect(series).toMatchObject({ key: 1, deciding: null })
  for (const slice of series?.slices ?? []) expect(slice).toMatchObject({ label: null, confidences: null })
})

it('series of the same patient can be laid beside it', async () => {
  await addSlices(0, 5)
  const before = { studyUid: '1.2.9', seriesUid: '1.2.9.1', studyDate: '2012-01-01' }
  for (const mm of [0, 6]) await addSlice(store, mm, { facts: before })
  const id = await groupNow(store)
  const prior = (await listed()).find((row) => row.studyDate === '2012-01-01')
  const ids = (await listed()).map((row) => row.id)
  const own = ids.find((one) => one !== prior?.id) ?? id
  expect(await store.priorsOf(own)).toEqual([
    {
      ...{
        id: prior?.id,
        patientName: 'Doe, Jane',
        patientId: 'P-77',
        studyDate: '2012-01-01',
        description: 'Head · T1 3D · 2 slices',
      },
      ...{ plane: 'axial', slices: 2, sameStudy: false },
    },
  ])
})

it('series of another patient are never laid beside it, though they say they are of the same study or have the same ID', async () => {
  await addSlices(0, 5)
  const others = [
    { patientId: 'P-1', patientName: 'Roe, Mary' },
    { seriesUid: '1.2.9.1', patientName: 'Roe, Mary' },
    { seriesUid: '1.2.9.2', patientIdIssuer: 'Other hospital' },
    { seriesUid: '1.2.9.3', patientName: '' },
  ]
  for (const facts of others) for (const mm of [0, 6]) await addSlice(store, mm, { facts })
  await groupNow(store)
  const rows = await listed()
  const own = (await Promise.all(rows.map(({ id }) => store.getCase(id)))).find(
    ({ dicom }) => dicom?.seriesUid === DICOM_FACTS.seriesUid && dicom.patientId === DICOM_FACTS.patientId,
  )
  expect(await store.priorsOf(own?.id ?? '')).toMatchObject([{ patientName: null, patientId: 'P-77', sameStudy: true }])
})

describe('care of a series', () => {
  it('goes for all of its slices, from any of them', async () => {
    const slices = await addSlices(0, 5)
    const id = await groupNow(store)
    const whole = [id, ...slices].sort()
    expect((await store.wholeSeries([id])).sort()).toEqual(whole)
    expect((await store.wholeSeries([slices[1] ?? ''])).sort()).toEqual(whole)
    await store.placeHold({ caseId: id, scope: 'case', by: 'Dr A', reason: 'court' })
    expect((await store.heldAmong(whole)).sort()).toEqual(whole)
    await sound()
  })

  it('counts the age of a slice by the signature of its series', async () => {
    const slices = await addSlices(0, 5)
    const id = await groupNow(store)
    await sign(id)
    const dated = await store.datedCases({ before: '9999', after: '', limit: 100 })
    const signedAt = dated.find((one) => one.id === id)?.at
    for (const slice of slices)
      expect(dated.find((one) => one.id === slice)).toMatchObject({ at: signedAt, signed: true })
  })

  it('erases what all of them say, and the trail stays whole', async () => {
    const [first = ''] = await addSlices(0, 5)
    const id = await groupNow(store)
    const caseIds = await store.wholeSeries([id])
    await store.erase({ caseIds, by: 'Dr A', reason: { sha256: 'e'.repeat(64), salt: 'f'.repeat(32) } })
    expect(await store.getCase(first)).toMatchObject({ patientName: null, dicom: null })
    expect(await store.seriesOf(id)).toMatchObject({ slices: [{ instanceNumber: null }, { instanceNumber: null }] })
    await sound()
  })
})

it.each(['update slices set joined_at = 1', 'delete from slices', 'delete from series'])(
  'which slices a series has stays as it is: %s',
  async (change) => {
    await addSlices(0, 5)
    await groupNow(store)
    await store.close()
    withTriggers(file, (sqlite) => expect(() => sqlite.exec(change)).toThrow('append-only'))
  },
)

it.each(['update slices set joined_at = 1', 'delete from slices'])(
  'what changes the slices behind its back is found: %s',
  async (change) => {
    await addSlices(0, 5)
    const id = await groupNow(store)
    const [first] = (await store.seriesOf(id))?.slices ?? []
    await store.close()
    tamper(file, (sqlite) => sqlite.exec(`${change} where case_id = '${first?.caseId}'`))
    expect(await breakOf(file)).toMatchObject({ what: `slices/${first?.caseId}` })
  },
)
