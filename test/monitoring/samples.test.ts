import { join } from 'node:path'
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { findAlarms } from '../../src/main/core/monitoring/alarms.ts'
import { KeptCounts } from '../../src/main/core/monitoring/kept.ts'
import { useReport } from '../../src/main/core/monitoring/report.ts'
import { openStore } from '../../src/main/store/index.ts'
import type { Store } from '../../src/main/store/types.ts'
import { type MonitoringQuery, monitoringQuerySchema } from '../../src/shared/monitoring.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { times, type Used, used } from '../support/use.ts'

const NOW = '2026-11-15T12:00:00.000Z'
const OCTOBER = '2026-10-20T09:00:00.000Z'
/** Wrong, so that they would raise an alarm. */
const SAMPLE: Used = { label: 'notumor', says: 'glioma', confidence: 0.5, source: 'sample' }

let store: Store

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  store = await openStore(join(temporaryFolder(), 'gyrus.sqlite'))
  onTestFinished(() => store.close())
})

const looked = (kept = new KeptCounts()) => ({
  ...{ active: 'efl-a', now: new Date(NOW), kept, inputs: async () => null },
  machine: { at: NOW, restarts: 0, memoryBytes: 1, diskBytes: 9e10 },
})

const report = (query: Partial<MonitoringQuery>, kept?: KeptCounts) =>
  useReport(store, { ...monitoringQuerySchema.parse({ steps: 3 }), ...query }, looked(kept))

it('samples are in no figure unless they are asked for, also where counts of before are kept', async () => {
  await used(store, OCTOBER, [...times(2, { label: 'glioma', says: 'glioma' }), ...times(3, SAMPLE)])
  await used(store, OCTOBER, [{ ...SAMPLE, unjudged: true }])
  await used(store, OCTOBER, [{ ...SAMPLE, source: 'edited' }])
  const kept = new KeptCounts()
  const counted = async (query: Partial<MonitoringQuery>) => {
    const { all, sources, readers } = await report(query, kept)
    const names = sources.map(({ name }) => name).join()
    return [names, all.answers, all.signed, all.agreement.of, all.unjudged.of, readers.length]
  }
  for (const _ of ['counted', 'kept']) {
    expect(await counted({})).toEqual(['file', 2, 2, 2, 0, 1])
    expect(await counted({ source: 'sample' })).toEqual(['sample', 3, 3, 0, 1, 1])
    expect(await counted({ source: 'edited' })).toEqual(['', 0, 0, 0, 0, 0])
  }
})

it('samples raise no alarm', async () => {
  await used(store, OCTOBER, [...times(30, { label: 'glioma', says: 'glioma' }), ...times(30, SAMPLE)])
  expect(await findAlarms(store, looked())).toMatchObject({ answers: 30, signed: 30, alarms: [] })
  await used(store, OCTOBER, times(30, { ...SAMPLE, source: 'file' }))
  const { alarms } = await findAlarms(store, looked())
  expect(alarms.map(({ kind }) => kind)).toEqual(['agreement', 'missed'])
})

it('samples are neither among the first answers that drift is measured from nor in a drift', async () => {
  await used(store, '2026-09-10T09:00:00.000Z', [...times(100, SAMPLE), ...times(199, { label: 'glioma' })])
  expect((await report({})).baseline).toBeNull()
  await used(store, OCTOBER, [{ label: 'glioma' }, ...times(5, { label: 'glioma' }), ...times(20, SAMPLE)])
  const { baseline, periods } = await report({})
  expect(baseline?.n).toBe(200)
  expect(periods.map(({ drift }) => drift?.labels?.n ?? 0)).toEqual([0, 5, 0])
  expect(periods[1]?.drift?.labels?.psi).toBe(0)
})

it('a signed sample is in no set of signed cases', async () => {
  const [, file] = await used(store, OCTOBER, [SAMPLE, { ...SAMPLE, source: 'file' }])
  expect((await store.signedScans(null)).map(({ caseId }) => caseId)).toEqual([file])
})
