import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { KeptCounts } from '../../src/main/core/monitoring/kept.ts'
import { useReport } from '../../src/main/core/monitoring/report.ts'
import { lastPeriods } from '../../src/main/core/monitoring/steps.ts'
import { openStore } from '../../src/main/store/index.ts'
import type { MachineSample, Store } from '../../src/main/store/types.ts'
import { stancesOf } from '../../src/shared/interplay.ts'
import { type MonitoringQuery, monitoringQuerySchema } from '../../src/shared/monitoring.ts'
import { newResult } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { times, type Used, used } from '../support/use.ts'

const NOW = '2026-11-15T12:00:00.000Z'
const MACHINE: MachineSample = { at: NOW, restarts: 0, memoryBytes: 3e8, diskBytes: 9e10 }

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
})

async function openTestStore(): Promise<Store> {
  const store = await openStore(join(temporaryFolder(), 'gyrus.sqlite'))
  onTestFinished(() => store.close())
  return store
}

const report = (store: Store, query: Partial<MonitoringQuery> = {}, active = 'efl-a') =>
  useReport(
    store,
    { ...monitoringQuerySchema.parse({ steps: 4 }), ...query },
    { active, machine: MACHINE, kept: new KeptCounts(), inputs: async () => null, now: new Date(NOW) },
  )

/** August: what drift is measured from. */
const AUGUST = [
  ...times(100, { label: 'glioma', confidence: 0.9 }),
  ...times(100, { label: 'notumor', confidence: 0.6 }),
]

/** September: ten signed cases, whose inference took 1 to 10 ms. */
const SIGNED: Used[] = [
  ...times(4, { label: 'glioma', says: 'glioma' }),
  { label: 'notumor', says: 'glioma', confidence: 0.6 },
  ...times(2, { label: 'notumor', says: 'notumor' }),
  { label: 'meningioma', says: 'notumor', confidence: 0.6 },
  { label: 'pituitary', says: 'other', confidence: 0.6 },
  { label: 'glioma', says: 'cannot-tell', reader: 'Dr B', source: 'folder' },
]
const SEPTEMBER = SIGNED.map((one, i) => ({ ...one, ms: i + 1 }))

it('tells after each period how many are counted', async () => {
  const store = await openTestStore()
  await used(store, '2026-08-10T09:00:00.000Z', AUGUST)
  const told: number[] = []
  const asked = {
    active: 'efl-a',
    machine: MACHINE,
    kept: new KeptCounts(),
    inputs: async () => null,
    now: new Date(NOW),
  }
  await useReport(store, monitoringQuerySchema.parse({ steps: 4 }), { ...asked, onCounted: (done) => told.push(done) })
  expect(told).toEqual([1, 2, 3, 4])
})

describe('a simulated autumn', () => {
  it('has the figures that were worked out by hand', async () => {
    const store = await openTestStore()
    await used(store, '2026-08-10T09:00:00.000Z', AUGUST)
    await used(store, '2026-09-10T09:00:00.000Z', SEPTEMBER)
    const { periods, readers, sources, models, all } = await report(store)
    expect(periods.map(({ from }) => from.slice(0, 7))).toEqual(['2026-08', '2026-09', '2026-10', '2026-11'])
    expect(periods.map(({ figures }) => [figures.answers, figures.signed])).toEqual([
      [200, 0],
      [10, 10],
      [0, 0],
      [0, 0],
    ])
    const september = periods[1]?.figures
    if (!september) throw new Error('September is there')
    // Right: 4 gliomas and 2 without a tumour, of the 9 that a reader could tell. Wilson at z = 1.96:
    // centre (6/9 + 3.8415/18) / (1 + 3.8415/9) = 0.88008 / 1.42683 = 0.61681,
    // half 1.96 √((2/3 · 1/3)/9 + 3.8415/324) / 1.42683 = 0.26261
    expect(september.agreement).toMatchObject({ of: 6, n: 9 })
    expect(september.agreement.low).toBeCloseTo(0.3542, 4)
    expect(september.agreement.high).toBeCloseTo(0.8794, 4)
    // 4 of 5 gliomas; no meningioma and no pituitary tumour was signed; 2 of 3 without a tumour.
    expect(september.recall.glioma).toMatchObject({ of: 4, n: 5 })
    expect(september.recall.meningioma).toEqual({ of: 0, n: 0, low: null, high: null })
    expect(september.specificity).toMatchObject({ of: 2, n: 3 })
    expect(september.missed).toMatchObject({ of: 1, n: 5 })
    expect(september.cannotTell).toMatchObject({ of: 1, n: 10 })
    // The 6 right ones have 0.9, the 3 wrong ones 0.6: 6/9 · |1 − 0.9| + 3/9 · |0 − 0.6| = 0.0667 + 0.2
    expect(september.ece).toBeCloseTo(0.26667, 5)
    // (7 · 0.9 + 3 · 0.6) / 10 = 0.81; variance 7 · 0.09 + 3 · 0.24 = 1.35; 1.96 √1.35 / 10 = 0.22773
    expect(september.estimate?.value).toBeCloseTo(0.81, 10)
    expect(september.estimate?.low).toBeCloseTo(0.81 - 0.22773, 5)
    expect(september.estimate?.high).toBe(1)
    // Between the 5th and the 6th, and at place 0.95 · 9 = 8.55: 9 + 0.55
    expect(september.inference?.p50).toBeCloseTo(5.5, 10)
    expect(september.inference?.p95).toBeCloseTo(9.55, 10)
    expect(readers.map(({ name, figures }) => [name, figures.signed, figures.agreement.n])).toEqual([
      ['Dr A', 9, 9],
      ['Dr B', 1, 0],
    ])
    expect(sources.map(({ name, figures }) => [name, figures.answers])).toEqual([
      ['file', 209],
      ['folder', 1],
    ])
    expect(models.map(({ name, figures }) => [name, figures.answers])).toEqual([['efl-a', 210]])
    expect(all.agreement).toEqual(september.agreement)
  })

  it('drifts as it was worked out by hand, from the first 200 answers, which are no drift of their own month', async () => {
    const store = await openTestStore()
    await used(store, '2026-08-10T09:00:00.000Z', AUGUST)
    await used(store, '2026-09-10T09:00:00.000Z', SEPTEMBER)
    await used(store, '2026-10-10T09:00:00.000Z', times(99, { label: 'notumor', confidence: 0.6, side: 1024 }))
    const { baseline, periods, driftModel } = await report(store)
    expect([driftModel, baseline?.n, baseline?.from]).toEqual(['efl-a', 200, '2026-08-10T09:00:00.000Z'])
    expect(new Set(Object.values(periods[0]?.drift ?? {}))).toEqual(new Set([null]))
    expect(periods[1]?.drift?.brightness).toBeNull()
    // Two bins, below 0.9 and from 0.9 on. August 100 and 100, September 3 and 7, each with a half:
    // e = ½, ½; a = 3.5/11, 7.5/11; PSI = (3.5/11 − ½) ln(7/11) + (7.5/11 − ½) ln(15/11)
    //   = −0.18182 · −0.45199 + 0.18182 · 0.31015 = 0.13857; by chance up to 3.841 (1/200 + 1/10) = 0.40331
    expect(periods[1]?.drift?.confidence?.psi).toBeCloseTo(0.13857, 5)
    expect(periods[1]?.drift?.confidence?.chance).toBeCloseTo(0.40331, 4)
    // Glioma, meningioma, no tumour, pituitary: August 100, 0, 100, 0; September 5, 1, 3, 1. With halves
    // e = 100.5, 0.5, 100.5, 0.5 of 202 and a = 5.5, 1.5, 3.5, 1.5 of 12:
    // (−0.03919)(−0.08207) + 2 (0.12252)(3.92199) + (−0.20586)(−0.53406) = 0.00322 + 0.96108 + 0.10994 = 1.07424
    expect(periods[1]?.drift?.labels?.psi).toBeCloseTo(1.0742, 3)
    // All pictures have 256 px, as before.
    expect(periods[1]?.drift?.size).toEqual({ psi: 0, chance: 0, n: 10 })
    // October: below 0.9 all 99: a = 99.5/100, 0.5/100; 0.495 (ln 1.99 − ln 0.01) = 0.495 · 5.29331 = 2.62019
    expect(periods[2]?.drift?.confidence?.psi).toBeCloseTo(2.62019, 5)
    // 256 px 200 and 0, 1024 px 0 and 99: e = 200.5/201, 0.5/201; a = 0.5/100, 99.5/100:
    // (0.005 − 0.99751) ln(0.005/0.99751) + (0.995 − 0.00249) ln(0.995/0.00249)
    //   = 0.99251 · 5.29582 + 0.99251 · 5.99145 = 11.2026
    expect(periods[2]?.drift?.size?.psi).toBeCloseTo(11.2026, 3)
  })

  it('tells how pictures changed, from the first 200 that were measured', async () => {
    const store = await openTestStore()
    // Of an older Gyrus.
    await used(store, '2026-08-09T09:00:00.000Z', times(200, { label: 'glioma' }))
    const light = { label: 'glioma', brightness: 90 } as const
    const dark = { label: 'glioma', brightness: 60 } as const
    await used(store, '2026-08-10T09:00:00.000Z', [...times(100, light), ...times(99, dark)])
    expect((await report(store)).periods[0]?.drift?.brightness).toBeNull()
    await used(store, '2026-08-11T09:00:00.000Z', [dark])
    await used(store, '2026-09-10T09:00:00.000Z', [...times(7, light), ...times(3, dark)])
    const { baseline, periods } = await report(store)
    expect(baseline?.until).toBe('2026-08-09T09:00:00.000Z')
    // Below 90 and from 90 on: 100 and 100, then 3 and 7, as the confidences above.
    expect(periods[1]?.drift?.brightness?.psi).toBeCloseTo(0.13857, 5)
    expect(periods[1]?.drift?.noise).toEqual({ psi: 0, chance: 0, n: 10 })
    // What the measured ones are compared with is drift of the others.
    expect(periods[0]?.drift?.labels).toMatchObject({ n: 200 })
    expect(periods[0]?.drift?.brightness).toBeNull()
  })

  it('has no drift before there is a baseline, and none of a part', async () => {
    const store = await openTestStore()
    await used(store, '2026-09-10T09:00:00.000Z', SEPTEMBER)
    expect(await report(store)).toMatchObject({ baseline: null, baselineOf: 200 })
    expect((await report(store)).periods[1]?.drift).toBeNull()
    await used(store, '2026-10-10T09:00:00.000Z', AUGUST)
    expect((await report(store, { source: 'file' })).baseline).toBeNull()
    expect((await report(store)).baseline?.n).toBe(200)
  })

  it('narrows to a model, a source or a reader', async () => {
    const store = await openTestStore()
    await used(store, '2026-09-10T09:00:00.000Z', SEPTEMBER)
    await used(store, '2026-10-10T09:00:00.000Z', [{ label: 'glioma', says: 'glioma', model: 'efl-b' }])
    const answers = async (query: Partial<MonitoringQuery>) => (await report(store, query)).all.answers
    expect(await answers({})).toBe(11)
    expect(await answers({ model: 'efl-b' })).toBe(1)
    expect(await answers({ source: 'folder' })).toBe(1)
    expect(await answers({ reader: 'Dr B' })).toBe(1)
  })
})

describe('a case', () => {
  it('waits for its second reader, and counts once it was read', async () => {
    const store = await openTestStore()
    const [id = ''] = await used(store, NOW, [{ label: 'glioma', says: 'glioma' }])
    await store.markForSecond(id, 'Dr A')
    expect((await report(store)).all).toMatchObject({ answers: 1, signed: 0 })
    await store.readSecond({ caseId: id, reader: 'Dr B', verdict: 'disagree', label: 'meningioma', comment: '' })
    expect((await report(store)).all.signed).toBe(0)
    const verdictId = (await store.getCase(id)).verdicts[0]?.id as number
    const by = { reader: 'Dr C', verdict: 'disagree', label: 'meningioma', comment: '' } as const
    await store.adjudicate({ caseId: id, verdictId, ...by })
    expect((await report(store)).all).toMatchObject({ signed: 1, agreement: { of: 0, n: 1 } })
  })

  it('counts for the model on whose answer it was signed', async () => {
    const store = await openTestStore()
    const [id = ''] = await used(store, NOW, [{ label: 'glioma' }])
    const verdict = { caseId: id, reader: 'Dr A', label: null, comment: '' }
    await store.review({ ...verdict, verdict: 'agree' })
    await store.addResult(newResult(id, { modelId: 'efl-b', label: 'meningioma' }), 'Dr A')
    await store.review({ ...verdict, verdict: 'disagree', label: 'glioma' })
    const verdictId = (await store.getCase(id)).verdicts[0]?.id as number
    await store.sign({ caseId: id, verdictId, reader: 'Dr A' })
    const { all, models } = await report(store)
    expect(all).toMatchObject({ answers: 1, agreement: { of: 0, n: 1 } })
    expect(models.map(({ name }) => name)).toEqual(['efl-b'])
  })

  it('that nobody signed is judged by the answer that stands', async () => {
    const store = await openTestStore()
    const [id = ''] = await used(store, NOW, [{ label: 'glioma' }])
    await store.addResult(newResult(id, { modelId: 'efl-b', label: 'meningioma' }), 'Dr A')
    expect((await report(store)).models.map(({ name }) => name)).toEqual(['efl-b'])
  })

  it('is under a caution where “no tumour” is more probable than any one type', async () => {
    const store = await openTestStore()
    const confidences = { glioma: 0.3, meningioma: 0.2, notumor: 0.4, pituitary: 0.1 }
    await used(store, NOW, [{ label: 'glioma', confidences }, { label: 'glioma' }])
    expect((await report(store)).all.cautions).toMatchObject({ of: 1, n: 2 })
  })

  it('is under a caution where the input gate is in doubt, and where the model is sure of no label', async () => {
    const store = await openTestStore()
    const [borderline = '', unsure = '', near = ''] = await used(store, NOW, [
      { label: 'glioma' },
      { label: 'glioma' },
      { label: 'glioma' },
    ])
    const gate = { verdict: 'near' as const, reasons: [] }
    const doubt = { verdict: 'borderline' as const, reasons: ['noisy' as const] }
    await store.addResult(newResult(borderline, { gate: doubt, set: ['glioma'] }), 'Dr A')
    await store.addResult(newResult(unsure, { gate, set: [] }), 'Dr A')
    await store.addResult(newResult(near, { gate, set: ['glioma', 'meningioma'] }), 'Dr A')
    expect((await report(store)).all.cautions).toMatchObject({ of: 2, n: 3 })
  })
})

it('what a reader made of an answer counts when it was given, a switch when it was signed', async () => {
  const store = await openTestStore()
  await used(store, '2026-10-31T23:00:00.000Z', [{ label: 'glioma', says: 'notumor' }])
  const [id = ''] = await used(store, '2026-10-31T23:00:00.000Z', [{ label: 'glioma', model: 'efl-b' }])
  await store.addImpression({ caseId: id, reader: 'Dr B', impression: 'meningioma' })
  vi.setSystemTime(new Date('2026-11-01T00:00:00.000Z'))
  await store.review({ caseId: id, reader: 'Dr B', verdict: 'agree', label: null, comment: '' })
  const verdictId = (await store.getCase(id)).verdicts[0]?.id as number
  await store.sign({ caseId: id, verdictId, reader: 'Dr B' })
  const { periods, all, interplay } = await report(store)
  expect(periods.map(({ readings }) => readings.changes.towards.of)).toEqual([0, 0, 0, 1])
  expect(periods.map(({ figures }) => stancesOf(figures).agreed.of)).toEqual([0, 0, 1, 0])
  expect(stancesOf(all)).toMatchObject({
    agreed: { of: 1, n: 2 },
    overruled: { of: 1, n: 2 },
    'cannot-tell': { of: 0 },
  })
  expect(interplay.readings).toMatchObject({ n: 1, known: 0 })
  expect((await report(store, { reader: 'Dr A' })).interplay.readings.n).toBe(0)
  expect((await report(store, { model: 'efl-b' })).interplay.readings.n).toBe(1)
  expect((await report(store, { model: 'efl-a' })).interplay.readings.n).toBe(0)
})

it('the machine is told for each period: restarts together, most memory, least room', async () => {
  const store = await openTestStore()
  const sample = (at: string, restarts: number, memoryBytes: number, diskBytes: number) =>
    store.addMachineSample({ at, restarts, memoryBytes, diskBytes })
  await sample('2026-09-01T00:00:00.000Z', 1, 100, 900)
  await sample('2026-09-30T23:59:59.999Z', 2, 300, 800)
  expect((await report(store)).periods.map(({ machine }) => machine)).toEqual([
    null,
    { restarts: 3, memoryBytes: 300, diskBytes: 800 },
    null,
    { restarts: 0, memoryBytes: 3e8, diskBytes: 9e10 },
  ])
})

it('periods are calendar months, or weeks from Monday, UTC', () => {
  const days = (step: 'month' | 'week', steps: number, now: string) =>
    lastPeriods(step, steps, new Date(now)).map(({ from, until }) => `${from.slice(0, 10)} ${until.slice(0, 10)}`)
  expect(days('month', 3, '2026-01-31T23:00:00.000Z')).toEqual([
    '2025-11-01 2025-12-01',
    '2025-12-01 2026-01-01',
    '2026-01-01 2026-02-01',
  ])
  // 2026-11-15 is a Sunday, 2026-11-16 a Monday.
  expect(days('week', 2, NOW)).toEqual(['2026-11-02 2026-11-09', '2026-11-09 2026-11-16'])
  expect(days('week', 1, '2026-11-16T00:00:00.000Z')).toEqual(['2026-11-16 2026-11-23'])
})
