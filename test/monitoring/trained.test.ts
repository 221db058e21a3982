import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { KnownInputs } from '../../src/main/core/models/inputs.ts'
import { KeptCounts } from '../../src/main/core/monitoring/kept.ts'
import { useReport } from '../../src/main/core/monitoring/report.ts'
import { openStore } from '../../src/main/store/index.ts'
import type { Store } from '../../src/main/store/types.ts'
import { GyrusError } from '../../src/shared/errors.ts'
import { type MonitoringQuery, monitoringQuerySchema } from '../../src/shared/monitoring.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { trainedOn } from '../support/trained.ts'
import { times, used } from '../support/use.ts'

const NOW = '2026-11-15T12:00:00.000Z'
const MACHINE = { at: NOW, restarts: 0, memoryBytes: 3e8, diskBytes: 9e10 }

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
})

async function openTestStore(): Promise<Store> {
  const store = await openStore(join(temporaryFolder(), 'gyrus.sqlite'))
  onTestFinished(() => store.close())
  return store
}

const report = (
  store: Store,
  inputs: () => Promise<KnownInputs | null>,
  query: Partial<MonitoringQuery> = {},
  kept = new KeptCounts(),
) =>
  useReport(
    store,
    { ...monitoringQuerySchema.parse({ steps: 3 }), ...query },
    { active: 'efl-a', machine: MACHINE, kept, inputs, now: new Date(NOW) },
  )

/** September as the training images, October brighter, surer and farther. */
async function autumn(): Promise<Store> {
  const store = await openTestStore()
  const like = { label: 'glioma', confidence: 0.9, brightness: 90, distance: 0.5 } as const
  const unlike = { ...like, confidence: 0.6, brightness: 60, distance: 1.5 } as const
  await used(store, '2026-09-10T09:00:00.000Z', [...times(10, like), ...times(10, unlike)])
  await used(store, '2026-10-10T09:00:00.000Z', [
    ...times(7, { ...like, distance: 2.5 }),
    ...times(2, unlike),
    { ...unlike, source: 'folder' },
    // Of another model, and of an older Gyrus.
    { ...unlike, model: 'efl-b' },
    { label: 'glioma', confidence: 0.9 },
  ])
  return store
}

describe('drift from the training set', () => {
  it('is what was worked out by hand, of months with drift and without, before there are 200 answers', async () => {
    const { baseline, training, trainingFailure, periods } = await report(await autumn(), async () => trainedOn())
    expect([baseline, trainingFailure]).toEqual([null, null])
    expect(training).toMatchObject({ data: 'a hundred heads', n: 100, date: '2026-05-04' })
    const [september, october, november] = periods.map(({ trained }) => trained)
    // Half and half, as in training.
    expect(september?.psi.confidence).toMatchObject({ psi: 0, n: 20 })
    expect(september?.psi.brightness).toMatchObject({ psi: 0, n: 20 })
    expect(september?.psi.distance).toMatchObject({ psi: 0, n: 20 })
    expect(september?.psi.size).toMatchObject({ psi: 0, n: 20 })
    expect(september?.far).toMatchObject({ of: 0, n: 20 })
    // Ten of 0.5 and ten of 1.5: between the 10th and the 11th, and at place 0.95 · 19 = 18.05
    expect(september?.distance).toEqual({ p50: 1, p95: 1.5, n: 20 })
    // Of 10 pictures 3 below 80 and 7 above; 50 and 50 in training; each with a half: a = 3.5/11, 7.5/11
    //   (−0.18182)(ln 7/11) + 0.18182 ln(15/11) = 0.08218 + 0.05639; by chance up to 3.841 (1/100 + 1/10) = 0.42251
    expect(october?.psi.brightness?.psi).toBeCloseTo(0.13857, 5)
    expect(october?.psi.brightness?.chance).toBeCloseTo(0.42251, 5)
    expect(october?.psi.brightness?.n).toBe(10)
    // Of 11 answers 8 are sure: a = 3.5/12, 8.5/12: (0.20833)(ln 17/12 − ln 7/12) = 0.20833 · 0.88730
    expect(october?.psi.confidence?.psi).toBeCloseTo(0.18485, 5)
    // All ten are 1 or more: a = 0.5/11, 10.5/11: 0.45455 (ln 21/11 − ln 1/11) = 0.45455 · 3.04452
    expect(october?.psi.distance?.psi).toBeCloseTo(1.38387, 5)
    // Three of 1.5, seven of 2.5, which are beyond 2
    expect(october?.distance).toEqual({ p50: 2.5, p95: 2.5, n: 10 })
    expect(october?.far).toMatchObject({ of: 7, n: 10 })
    expect([november?.distance, november?.psi.brightness]).toEqual([null, null])
  })

  it('is told of a part of the cases, and counted anew where the training set is another one', async () => {
    const store = await autumn()
    const kept = new KeptCounts()
    const ofSamples = await report(store, async () => trainedOn(), { source: 'folder' }, kept)
    expect(ofSamples.periods[1]?.trained?.psi.brightness?.n).toBe(1)
    expect((await report(store, async () => trainedOn(), {}, kept)).periods[1]?.trained?.far?.of).toBe(7)
    const features = { ...trainedOn().inputs.features, distance: null }
    const other = { ...trainedOn({ confidence: null, features }), sha256: 'd'.repeat(64) }
    const { periods, training } = await report(store, async () => other, {}, kept)
    expect([training?.confidence, training?.distance]).toEqual([null, null])
    // What it was not measured on cannot be told.
    expect(periods[1]?.trained).toMatchObject({
      far: null,
      distance: { n: 10 },
      psi: { confidence: null, distance: null },
    })
    expect(periods[1]?.trained?.psi.brightness?.psi).toBeCloseTo(0.13857, 5)
  })

  it('is not known of a model that does not carry it, nor where its file was altered, which is told', async () => {
    const store = await autumn()
    const without = await report(store, async () => null)
    expect([without.training, without.trainingFailure]).toEqual([null, null])
    expect(without.periods.map(({ trained }) => trained)).toEqual([null, null, null])
    const altered = await report(store, async () => {
      throw new GyrusError('model-altered', { model: 'efl-a', file: 'inputs.json' })
    })
    expect(altered.training).toBeNull()
    expect(altered.trainingFailure).toMatchObject({ code: 'model-altered' })
    expect(altered.trainingFailure?.message).toContain('inputs.json')
    expect(altered.all.answers).toBe(32)
  })
})

it('distance drifts from the first 200 answers that have one, too', async () => {
  const store = await openTestStore()
  const near = { label: 'glioma', brightness: 90, distance: 0.5 } as const
  const far = { ...near, distance: 2.5 } as const
  // Measured by a Gyrus that knew no distance.
  await used(store, '2026-09-01T09:00:00.000Z', times(200, { label: 'glioma', brightness: 90 }))
  await used(store, '2026-09-02T09:00:00.000Z', [...times(100, near), ...times(99, far)])
  expect((await report(store, async () => null)).periods[0]?.drift?.distance).toBeNull()
  await used(store, '2026-09-03T09:00:00.000Z', [far])
  await used(store, '2026-10-10T09:00:00.000Z', [...times(7, far), ...times(3, near)])
  const { periods } = await report(store, async () => null)
  expect(periods[0]?.drift?.distance).toBeNull()
  // 100 and 100, then 3 and 7, as above.
  expect(periods[1]?.drift?.distance?.psi).toBeCloseTo(0.13857, 5)
  expect(periods[1]?.drift?.distance?.n).toBe(10)
})
