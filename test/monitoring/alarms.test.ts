import { join } from 'node:path'
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import type { KnownInputs } from '../../src/main/core/models/inputs.ts'
import { findAlarms } from '../../src/main/core/monitoring/alarms.ts'
import { KeptCounts } from '../../src/main/core/monitoring/kept.ts'
import { openStore } from '../../src/main/store/index.ts'
import type { Store } from '../../src/main/store/types.ts'
import { DEFAULT_LIMITS, type Limits } from '../../src/shared/monitoring.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { trainedOn } from '../support/trained.ts'
import { times, used } from '../support/use.ts'

const NOW = '2026-11-15T12:00:00.000Z'
const ROOM = 9e10
const TEN: Limits = { ...DEFAULT_LIMITS, minimum: 10 }

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
})

async function openTestStore(limits: Limits): Promise<Store> {
  const store = await openStore(join(temporaryFolder(), 'gyrus.sqlite'))
  onTestFinished(() => store.close())
  await store.setLimits(limits, 'Dr Test')
  return store
}

const alarmsOf = async (store: Store, diskBytes = ROOM, inputs: KnownInputs | null = null) =>
  (
    await findAlarms(store, {
      ...{ active: 'efl-a', now: new Date(NOW) },
      ...{ kept: new KeptCounts(), inputs: async () => inputs },
      machine: { at: NOW, restarts: 0, memoryBytes: 1, diskBytes },
    })
  ).alarms

it('agreement below its floor, missed tumours and slow inference above their ceilings, of the last 30 days', async () => {
  const store = await openTestStore(TEN)
  // Older than 30 days, and of another model: neither counts.
  await used(store, '2026-10-16T11:59:00.000Z', times(10, { label: 'notumor', says: 'glioma', ms: 5_000 }))
  await used(store, '2026-11-01T00:00:00.000Z', times(10, { label: 'notumor', says: 'glioma', model: 'efl-b' }))
  await used(store, '2026-11-02T00:00:00.000Z', times(9, { label: 'glioma', says: 'glioma' }))
  expect(await alarmsOf(store)).toEqual([])
  // 9 of 10 is the floor itself.
  await used(store, '2026-11-03T00:00:00.000Z', [{ label: 'glioma', says: 'notumor' }])
  expect(await alarmsOf(store)).toEqual([])
  // 9 of 11 right; of 10 tumours 1 missed; the slowest of 11 takes 3000 ms, so that place 9.5 is 1501.5 ms.
  await used(store, '2026-11-04T00:00:00.000Z', [{ label: 'notumor', says: 'glioma', ms: 3_000 }])
  expect(await alarmsOf(store)).toEqual([
    { kind: 'agreement', value: 9 / 11, limit: 0.9, n: 11 },
    { kind: 'missed', value: 0.1, limit: 0.05, n: 10 },
    { kind: 'inference', value: expect.closeTo(1501.5, 6), limit: 1_000, n: 11 },
  ])
  // Too few, or not asked for.
  await store.setLimits({ ...TEN, minimum: 12 }, 'Dr Test')
  expect(await alarmsOf(store)).toEqual([])
  await store.setLimits({ ...TEN, agreement: null, missed: null, inferenceMs: null }, 'Dr Test')
  expect(await alarmsOf(store)).toEqual([])
})

it('little room on the disk, however few cases there are', async () => {
  const store = await openTestStore(TEN)
  expect(await alarmsOf(store, 5e9)).toEqual([])
  expect(await alarmsOf(store, 4e9)).toEqual([{ kind: 'disk', value: 4e9, limit: 5e9, n: null }])
})

it('drift beyond its ceiling, and beyond what chance can do with so few', async () => {
  const store = await openTestStore(TEN)
  await used(store, '2026-06-01T00:00:00.000Z', [
    ...times(100, { label: 'glioma', confidence: 0.9 }),
    ...times(100, { label: 'notumor', confidence: 0.6 }),
  ])
  // 2 of 10 from 0.9 on: a = 8.5/11, 2.5/11; PSI = 0.27273 (ln 1.54545 − ln 0.45455) = 0.33375, more than 0.25; by chance
  // up to 3.841 · (1/200 + 1/10) = 0.40331.
  const changed = [
    ...times(2, { label: 'glioma', confidence: 0.9 } as const),
    ...times(8, { label: 'notumor', confidence: 0.6 } as const),
  ]
  await used(store, '2026-11-01T00:00:00.000Z', changed)
  expect(await alarmsOf(store)).toEqual([])
  // 4 of 20: a = 16.5/21, 4.5/21; 0.28571 (ln 1.57143 − ln 0.42857) = 0.37122; by chance up to 0.21126.
  await used(store, '2026-11-02T00:00:00.000Z', changed)
  expect(await alarmsOf(store)).toEqual([
    { kind: 'drift-confidence', value: expect.closeTo(0.37122, 5), limit: 0.25, n: 20 },
    { kind: 'drift-labels', value: expect.closeTo(0.37122, 5), limit: 0.25, n: 20 },
  ])
})

it('pictures unlike the training set and far from it, beyond their ceilings and beyond chance', async () => {
  const store = await openTestStore({ ...TEN, trainedPsi: 1, agreement: null })
  const near = { label: 'glioma', confidence: 0.9, brightness: 60, distance: 0.5 } as const
  await used(store, '2026-11-02T00:00:00.000Z', times(9, { ...near, distance: 2.5 }))
  // Too few.
  expect(await alarmsOf(store, ROOM, trainedOn())).toEqual([])
  await used(store, '2026-11-03T00:00:00.000Z', times(11, { ...near, confidence: 0.6 }))
  // All 20 are dark: a = 20.5/21, 0.5/21; 0.47619 (ln 41/21 − ln 1/21) = 0.47619 · 3.71357 = 1.76837, by chance up to
  // 3.841 (1/100 + 1/20) = 0.23. 9 of 20 are beyond 2: the interval of 0.45 begins at 0.26, above 0.05.
  expect(await alarmsOf(store, ROOM, trainedOn())).toEqual([
    { kind: 'trained-brightness', value: expect.closeTo(1.76837, 5), limit: 1, n: 20 },
    { kind: 'far', value: 9 / 20, limit: 0.15, n: 20 },
  ])
  await used(store, '2026-11-04T00:00:00.000Z', times(40, { ...near, brightness: 90 }))
  // 9 of 60 is the limit itself.
  expect(await alarmsOf(store, ROOM, trainedOn())).toEqual([])
  await store.setLimits({ ...TEN, trainedPsi: null, far: 0.01, agreement: null }, 'Dr Test')
  expect(await alarmsOf(store, ROOM, trainedOn())).toEqual([{ kind: 'far', value: 9 / 60, limit: 0.01, n: 60 }])
  await store.setLimits({ ...TEN, trainedPsi: null, far: null, agreement: null }, 'Dr Test')
  expect(await alarmsOf(store, ROOM, trainedOn())).toEqual([])
})
