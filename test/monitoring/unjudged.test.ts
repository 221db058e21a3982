import { join } from 'node:path'
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { findAlarms } from '../../src/main/core/monitoring/alarms.ts'
import { KeptCounts } from '../../src/main/core/monitoring/kept.ts'
import { useReport } from '../../src/main/core/monitoring/report.ts'
import { openStore } from '../../src/main/store/index.ts'
import type { Store } from '../../src/main/store/types.ts'
import { DEFAULT_LIMITS, type MonitoringQuery, monitoringQuerySchema } from '../../src/shared/monitoring.ts'
import { OUTSIDE } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { addSlice, groupNow } from '../support/series.ts'
import { times, type Used, used } from '../support/use.ts'

const NOW = '2026-11-15T12:00:00.000Z'
const OCTOBER = '2026-10-20T09:00:00.000Z'
const MACHINE = { at: NOW, restarts: 0, memoryBytes: 3e8, diskBytes: 9e10 }
const looked = () => ({
  ...{ active: 'efl-a', machine: MACHINE, kept: new KeptCounts() },
  ...{ inputs: async () => null, now: new Date(NOW) },
})
const SCANNER = { manufacturer: 'Maker', manufacturerModel: 'M', fieldStrength: 7 }

let store: Store
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  store = await openStore(join(temporaryFolder(), 'gyrus.sqlite'))
  const opened = store
  onTestFinished(() => opened.close())
})

const report = (query: Partial<MonitoringQuery> = {}) =>
  useReport(store, { ...monitoringQuerySchema.parse({ steps: 2 }), ...query }, looked())

const PHOTO: Used = { label: 'glioma', confidence: 0.99, unjudged: true }

/** Slices of a series of which none is judged. The clock is set to their moment. */
async function addUnjudgedSeries(at: string): Promise<void> {
  vi.setSystemTime(new Date(at))
  for (const mm of [0, 5, 10]) await addSlice(store, mm, { result: { ...OUTSIDE, modelId: 'efl-a' } })
  await groupNow(store)
}

it('what was not judged is a share of all cases, with its interval, by model, source and scanner', async () => {
  await used(store, OCTOBER, [
    ...times(6, { label: 'glioma', says: 'glioma' }),
    { ...PHOTO, source: 'folder' },
    { ...PHOTO, model: 'efl-b', dicom: SCANNER },
  ])
  const { periods, models, sources, scanners } = await report()
  const figures = periods[0]?.figures
  // 2 of 8 by Wilson at z = 1.96: centre (0.25 + 3.8416/16) / (1 + 3.8416/8) = 0.33110,
  // half 1.96 √(0.25 · 0.75/8 + 3.8416/256) / 1.48020 = 0.25963
  expect(figures?.unjudged).toMatchObject({ of: 2, n: 8 })
  expect(figures?.unjudged.low).toBeCloseTo(0.0715, 4)
  expect(figures?.unjudged.high).toBeCloseTo(0.5907, 4)
  const parts = (groups: { name: string; figures: { unjudged: { of: number; n: number } } }[]) =>
    groups.map(({ name, figures: { unjudged } }) => [name, unjudged.of, unjudged.n])
  expect(parts(models)).toEqual([
    ['efl-a', 1, 7],
    ['efl-b', 1, 1],
  ])
  expect(parts(sources)).toEqual([
    ['file', 1, 7],
    ['folder', 1, 1],
  ])
  expect(parts(scanners)).toContainEqual(['MAKER M, 7 T', 1, 1])
  expect((await report({ model: 'efl-b' })).all.unjudged).toMatchObject({ of: 1, n: 1 })
})

it('it is neither an answer nor agreement, whatever was signed', async () => {
  await used(store, OCTOBER, [
    { label: 'glioma', says: 'glioma', ms: 4 },
    { ...PHOTO, says: 'meningioma', ms: 4_000 },
    { ...PHOTO, says: 'cannot-tell' },
  ])
  const { all } = await report()
  expect(all).toMatchObject({ answers: 1, signed: 1, agreement: { of: 1, n: 1 }, cannotTell: { of: 0, n: 1 } })
  expect(all.estimate).toMatchObject({ value: 0.9, n: 1 })
  expect(all.inference).toMatchObject({ p95: 4, n: 1 })
})

it('it is no drift, and no part of what drift is measured from', async () => {
  await used(store, '2026-08-10T09:00:00.000Z', [
    ...times(50, PHOTO),
    ...times(100, { label: 'glioma', confidence: 0.9 }),
    ...times(100, { label: 'notumor', confidence: 0.6 }),
  ])
  await used(store, OCTOBER, [
    ...times(20, PHOTO),
    ...times(10, { label: 'glioma', confidence: 0.9 }),
    ...times(10, { label: 'notumor', confidence: 0.6 }),
  ])
  const { periods, baseline } = await report()
  expect(baseline).toMatchObject({ n: 200 })
  expect(periods[0]?.drift?.confidence).toMatchObject({ psi: expect.closeTo(0, 6), n: 20 })
  expect(periods[0]?.figures.unjudged).toMatchObject({ of: 20, n: 40 })
})

it('a series that is not judged is one case, until it is', async () => {
  await addUnjudgedSeries(OCTOBER)
  const { periods, models, scanners, sequences } = await report()
  expect(periods[0]?.figures).toMatchObject({ answers: 0, unjudged: { of: 1, n: 1 } })
  expect(models.map(({ name }) => name)).toEqual(['efl-a'])
  expect(scanners).toHaveLength(1)
  expect(sequences).toHaveLength(1)
  // More slices come, and they are judged.
  for (const mm of [15, 20, 25]) await addSlice(store, mm, { result: { modelId: 'efl-a' } })
  await groupNow(store)
  expect((await report()).all).toMatchObject({ answers: 1, unjudged: { of: 0, n: 1 } })
})

it('an alarm is raised above the limit, from enough cases', async () => {
  vi.setSystemTime(new Date('2026-11-01T00:00:00.000Z'))
  const limits = { ...DEFAULT_LIMITS, minimum: 10 }
  await store.setLimits(limits, 'Dr Test')
  await used(store, '2026-11-02T00:00:00.000Z', [...times(9, { label: 'glioma' }), PHOTO])
  const alarms = async () => (await findAlarms(store, looked())).alarms
  // 1 of 10 is the limit itself.
  expect(await alarms()).toEqual([])
  await used(store, '2026-11-03T00:00:00.000Z', [PHOTO])
  expect(await alarms()).toEqual([{ kind: 'unjudged', value: 2 / 11, limit: 0.1, n: 11 }])
  await store.setLimits({ ...limits, unjudged: null }, 'Dr Test')
  expect(await alarms()).toEqual([])
})
