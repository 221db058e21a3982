import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { KeptCounts } from '../../src/main/core/monitoring/kept.ts'
import { useReport } from '../../src/main/core/monitoring/report.ts'
import { openStore } from '../../src/main/store/index.ts'
import type { Store } from '../../src/main/store/types.ts'
import { type MonitoringQuery, monitoringQuerySchema, type UseGroup } from '../../src/shared/monitoring.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { times, type Used, used } from '../support/use.ts'

const NOW = '2026-11-15T12:00:00.000Z'
const [SEPTEMBER, OCTOBER] = ['2026-09-10T09:00:00.000Z', '2026-10-10T09:00:00.000Z']
const [PRISMA, ACHIEVA] = ['SIEMENS PRISMA FIT, 3 T', 'PHILIPS ACHIEVA, 1.5 T']

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
})

/** The same scanner before and after its software was renewed. */
const siemens = (seriesDescription: string, renewed = false) => ({
  manufacturer: renewed ? 'Siemens Healthineers' : 'SIEMENS',
  manufacturerModel: renewed ? 'Prisma Fit' : 'Prisma_fit',
  fieldStrength: renewed ? 3 : 2.89362,
  seriesDescription,
})
const philips = (seriesDescription: string) => ({
  ...{ manufacturer: 'Philips Medical Systems', manufacturerModel: 'Achieva', fieldStrength: 1.5 },
  seriesDescription,
})

const WARM: Used[] = [
  ...times(8, { label: 'glioma', says: 'glioma', dicom: siemens('t1_se') }),
  ...times(2, { label: 'notumor', says: 'glioma', dicom: siemens('T1 SE') }),
  ...times(4, { label: 'notumor', says: 'notumor', dicom: siemens('FLAIR') }),
  { label: 'meningioma', says: 'notumor', dicom: siemens('FLAIR') },
  ...times(3, { label: 'glioma', says: 'glioma', dicom: philips('T1-SE') }),
  ...times(3, { label: 'meningioma', says: 'glioma', dicom: philips('T1-SE') }),
  { label: 'glioma', says: 'glioma' },
]
const COLD: Used[] = [
  ...times(5, { label: 'glioma', says: 'glioma', dicom: siemens('t1_se', true) }),
  ...times(2, { label: 'notumor', says: 'notumor', dicom: philips('flair') }),
  ...times(2, { label: 'notumor', says: 'glioma', dicom: philips('flair') }),
  ...times(3, { label: 'pituitary', dicom: philips('flair') }),
]

async function autumn(): Promise<Store> {
  const store = await openStore(join(temporaryFolder(), 'gyrus.sqlite'))
  onTestFinished(() => store.close())
  await used(store, SEPTEMBER, WARM)
  await used(store, OCTOBER, COLD)
  return store
}

function report(store: Store, query: Partial<MonitoringQuery> = {}, kept = new KeptCounts()) {
  const machine = { at: NOW, restarts: 0, memoryBytes: 3e8, diskBytes: 9e10 }
  const counting = { active: 'efl-a', machine, kept, inputs: async () => null, now: new Date(NOW) }
  return useReport(store, { ...monitoringQuerySchema.parse({ steps: 3 }), ...query }, counting)
}

const inShort = (groups: UseGroup[]) =>
  groups.map(({ name, figures: { answers, signed, agreement, missed, specificity } }) => [
    ...[name, answers, signed],
    ...[agreement, missed, specificity].map(({ of, n }) => `${of}/${n}`),
  ])

describe('two months of two scanners and two sequences', () => {
  it('have the figures that were worked out by hand', async () => {
    const { scanners, sequences, all } = await report(await autumn())
    expect(inShort(scanners)).toEqual([
      // Right: 8 + 4 in September, 5 in October. Gliomas 10 + 5, two of them missed; 4 of 5 without a tumour.
      [PRISMA, 20, 20, '17/20', '2/15', '4/5'],
      // Right: 3 of 6, 2 of 4. Gliomas 6 + 2, two of them missed. Three are not signed.
      [ACHIEVA, 13, 10, '5/10', '2/8', '2/2'],
      ['', 1, 1, '1/1', '0/1', '0/0'],
    ])
    expect(inShort(sequences)).toEqual([
      // 8 of 10 and 3 of 6 in September, 5 of 5 in October: all of them gliomas.
      ['T1 SE', 21, 21, '16/21', '2/21', '0/0'],
      // 4 of 5, then 2 of 4, whose two gliomas were missed.
      ['FLAIR', 12, 9, '6/9', '2/2', '6/7'],
      ['', 1, 1, '1/1', '0/1', '0/0'],
    ])
    // Wilson at z = 1.96: (0.85 + 0.09604 ± 1.96 √(0.006375 + 0.002401)) / 1.19208 = 0.79360 ± 0.15403
    expect(scanners[0]?.figures.agreement.low).toBeCloseTo(0.6396, 4)
    expect(scanners[0]?.figures.agreement.high).toBeCloseTo(0.9476, 4)
    // 0.5 ± 1.96 √(0.025 + 0.009604) / 1.38416 = 0.5 ± 0.26341
    expect(scanners[1]?.figures.agreement.low).toBeCloseTo(0.2366, 4)
    expect(all).toMatchObject({ answers: 34, agreement: { of: 23, n: 31 } })
  })

  it('are told by month of one scanner, one sequence, both, or what no file says', async () => {
    const store = await autumn()
    // As the page does: counts that are kept are of what was asked for.
    const kept = new KeptCounts()
    const byMonth = async (query: Partial<MonitoringQuery>) =>
      (await report(store, query, kept)).periods.map(({ figures: { answers, agreement } }) => [
        ...[answers, agreement.of, agreement.n],
      ])
    expect(await byMonth({})).toEqual([
      [22, 16, 22],
      [12, 7, 9],
      [0, 0, 0],
    ])
    expect(await byMonth({ scanner: PRISMA })).toEqual([
      [15, 12, 15],
      [5, 5, 5],
      [0, 0, 0],
    ])
    expect(await byMonth({ scanner: ACHIEVA })).toEqual([
      [6, 3, 6],
      [7, 2, 4],
      [0, 0, 0],
    ])
    expect(await byMonth({ sequence: 'FLAIR' })).toEqual([
      [5, 4, 5],
      [7, 2, 4],
      [0, 0, 0],
    ])
    expect(await byMonth({ scanner: PRISMA, sequence: 'FLAIR' })).toEqual([
      [5, 4, 5],
      [0, 0, 0],
      [0, 0, 0],
    ])
    expect(await byMonth({ scanner: '' })).toEqual([
      [1, 1, 1],
      [0, 0, 0],
      [0, 0, 0],
    ])
    expect(await byMonth({ scanner: 'siemens' })).toEqual([
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ])
  })

  it('have no drift of a scanner from the first answers, which are of all', async () => {
    const store = await autumn()
    await used(store, '2026-11-10T09:00:00.000Z', times(200, { label: 'glioma', dicom: siemens('t1_se') }))
    expect((await report(store)).baseline?.n).toBe(200)
    expect((await report(store, { scanner: PRISMA })).baseline).toBeNull()
    expect((await report(store, { sequence: 'T1 SE' })).baseline).toBeNull()
  })
})

it('an erased case is of no scanner that is known', async () => {
  const store = await autumn()
  const [id = ''] = await used(store, OCTOBER, [{ label: 'glioma', dicom: siemens('t2') }])
  expect(inShort((await report(store)).sequences)).toContainEqual(['T2', 1, 0, '0/0', '0/0', '0/0'])
  await store.erase({ caseIds: [id], by: 'Dr A', reason: { sha256: 'e'.repeat(64), salt: 'f'.repeat(32) } })
  const { scanners, sequences } = await report(store)
  expect(sequences.map(({ name }) => name)).toEqual(['T1 SE', 'FLAIR', ''])
  expect(scanners.at(-1)).toMatchObject({ name: '', figures: { answers: 2 } })
})

it('readings and what a third reader decided narrow, too', async () => {
  const store = await autumn()
  const [one = '', other = ''] = await used(store, OCTOBER, [
    { label: 'glioma', dicom: siemens('t2') },
    { label: 'glioma', says: 'glioma', dicom: philips('t2') },
  ])
  await store.addImpression({ caseId: one, reader: 'Dr B', impression: 'meningioma' })
  await store.review({ caseId: one, reader: 'Dr B', verdict: 'agree', label: null, comment: '' })
  await store.sign({ caseId: one, verdictId: (await store.getCase(one)).verdicts[0]?.id as number, reader: 'Dr B' })
  await store.markForSecond(other, 'Dr A')
  const against = { verdict: 'disagree', label: 'meningioma', comment: '' } as const
  await store.readSecond({ caseId: other, reader: 'Dr B', ...against })
  const verdictId = (await store.getCase(other)).verdicts[0]?.id as number
  await store.adjudicate({ caseId: other, verdictId, reader: 'Dr C', ...against })

  const interplay = async (query: Partial<MonitoringQuery>) => {
    const { interplay: found, periods } = await report(store, query)
    const { agreed, overruled } = found.judged
    const towards = periods.map(({ readings }) => readings.changes.towards.of)
    return [found.readings.n, towards, [agreed, overruled].map(({ of, n }) => `${of}/${n}`)]
  }
  const both = [1, [0, 1, 0], ['0/1', '1/1']]
  expect(await interplay({})).toEqual(both)
  expect(await interplay({ sequence: 'T2' })).toEqual(both)
  expect(await interplay({ scanner: PRISMA })).toEqual([1, [0, 1, 0], ['0/0', '0/0']])
  expect(await interplay({ scanner: ACHIEVA })).toEqual([0, [0, 0, 0], ['0/1', '1/1']])
  expect(await interplay({ scanner: '' })).toEqual([0, [0, 0, 0], ['0/0', '0/0']])
})
