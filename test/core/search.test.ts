import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { runSearch, type Trial } from '../../src/main/core/training/search.ts'
import { trialsOf } from '../../src/main/core/training/trials.ts'
import type { SearchRange, SearchRequest } from '../../src/shared/search.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { openTestCore } from '../support/core.ts'
import { type MadeSet, makeSet, request } from '../train/support.ts'

const cleanup = new Cleanup()
let set: MadeSet

beforeAll(async () => {
  set = await makeSet(join(temporaryFolder(cleanup.add), 'set'), 12, 2)
  return cleanup.run
})

const search = (ranges: SearchRange[], changes: Partial<SearchRequest> = {}): SearchRequest => ({
  request: request(set ?? { root: '', patients: '', tumours: '' }, { recipe: 'head', changes: { size: 64 } }),
  ranges,
  mode: 'grid',
  trials: 100,
  budgetSeconds: 600,
  ...changes,
})

const values = (name: SearchRange['name'], ...of: number[]): SearchRange => ({ kind: 'values', name, values: of })
const between = (name: SearchRange['name'], low: number, high: number, log = false): SearchRange => ({
  kind: 'between',
  name,
  low,
  high,
  log,
})

describe('trials', () => {
  it('of a grid are all combinations, a range between two ends in three points', () => {
    const trials = trialsOf(search([values('batch', 8, 16), between('rate', 1e-4, 1e-2, true)]))
    expect(trials.map(({ batch, rate }) => [batch, rate])).toEqual([
      [8, 1e-4],
      [8, 1e-3],
      [8, 1e-2],
      [16, 1e-4],
      [16, 1e-3],
      [16, 1e-2],
    ])
    expect(trials[0]).toMatchObject({ size: 64 })
  })

  it('at random lie in their ranges, differ, and are the same again', () => {
    const asked = search([between('rate', 1e-4, 1e-2, true), between('epochs', 2, 9)], { mode: 'random', trials: 20 })
    const trials = trialsOf(asked)
    expect(trialsOf(asked)).toEqual(trials)
    expect(new Set(trials.map((trial) => JSON.stringify(trial))).size).toBe(20)
    for (const { rate = 0, epochs = 0 } of trials) {
      expect(rate).toBeGreaterThanOrEqual(1e-4)
      expect(rate).toBeLessThanOrEqual(1e-2)
      expect(Number.isInteger(epochs)).toBe(true)
    }
    // Evenly in the logarithm: about half of them below the geometric middle.
    const below = trials.filter(({ rate = 0 }) => rate < 1e-3).length
    expect(below).toBeGreaterThan(4)
    expect(below).toBeLessThan(16)
  })

  it('at random of a small space end when it is used up', () => {
    expect(trialsOf(search([values('batch', 8, 16)], { mode: 'random', trials: 50 }))).toHaveLength(2)
  })

  it('that the recipe would not take are refused', () => {
    expect(() => trialsOf(search([values('dropout', 2)]))).toThrow('dropout')
    expect(() => trialsOf(search([values('rate', 1e-3), values('rate', 1e-4)]))).toThrow('twice')
  })
})

describe('a search', () => {
  it('runs its trials, names the best, and goes on where it was left', async () => {
    const { core } = await openTestCore(temporaryFolder())
    const asked = search([values('l2', 0.003, 0.3, 30)])
    const seen: Trial[] = []
    const by = { id: 'small', actor: 'Dr Test' }
    const abort = new AbortController()
    const first = runSearch(core.trainings, asked, by, {
      signal: abort.signal,
      onTrial: (trial) => {
        seen.push(trial)
        if (seen.length === 2) abort.abort()
      },
    })
    await expect(first).rejects.toMatchObject({ code: 'cancelled' })
    const follow = { signal: new AbortController().signal, onTrial: (trial: Trial) => void seen.push(trial) }
    const { trials, best, left } = await runSearch(core.trainings, asked, by, follow)
    expect(trials.slice(0, 2)).toEqual(seen.slice(0, 2))
    expect(trials.map(({ run }) => run)).toEqual(['small-1', 'small-2', 'small-3'])
    expect(left).toBe(0)
    const losses = trials.map(({ validation }) => validation?.loss ?? Number.NaN)
    expect(best?.validation?.loss).toBe(Math.min(...losses))
    expect(await core.store.listRuns()).toHaveLength(3)
  }, 120_000)

  it('counts into its budget what its trials took before it was broken off', async () => {
    const { core } = await openTestCore(temporaryFolder())
    const asked = search([values('l2', 0.003, 0.03, 0.3)])
    const by = { id: 'long', actor: 'Dr Test' }
    const abort = new AbortController()
    const first = runSearch(core.trainings, asked, by, { signal: abort.signal, onTrial: () => abort.abort() })
    await expect(first).rejects.toMatchObject({ code: 'cancelled' })
    const { summary } = await core.store.getRun('long-1')
    const took = Date.parse(summary?.finishedAt ?? '') - Date.parse(summary?.startedAt ?? '')
    expect(took).toBeGreaterThan(100)
    const follow = { signal: new AbortController().signal, onTrial: () => undefined }
    const goOn = (budgetSeconds: number) => runSearch(core.trainings, { ...asked, budgetSeconds }, by, follow)
    expect(await goOn(took / 1000 - 0.05)).toMatchObject({ left: 2, best: { run: 'long-1' } })
    expect(await core.store.listRuns()).toHaveLength(1)
    expect(await goOn(took / 1000 + 0.05)).toMatchObject({ left: 1 })
    expect(await core.store.listRuns()).toHaveLength(2)
  }, 60_000)

  it('of which no trial could be measured fails with the reason', async () => {
    const { core } = await openTestCore(temporaryFolder())
    const seen: Trial[] = []
    const follow = { signal: new AbortController().signal, onTrial: (trial: Trial) => void seen.push(trial) }
    const asked = search([values('l2', 0.03, 0.3)])
    const nowhere = { ...asked, request: { ...asked.request, set: '/no/such/set' } }
    await expect(runSearch(core.trainings, nowhere, { id: 'bad', actor: 'x' }, follow)).rejects.toMatchObject({
      code: 'search-failed',
      details: { n: 2, reason: 'There is no file at this place.' },
    })
    expect(seen.map(({ outcome }) => 'code' in outcome && outcome.code)).toEqual(['file-missing', 'file-missing'])
    const blind = { ...asked, request: { ...asked.request, split: { by: 'group', validation: 0 } as const } }
    await expect(runSearch(core.trainings, blind, { id: 'blind', actor: 'x' }, follow)).rejects.toMatchObject({
      code: 'search-invalid',
    })
  }, 60_000)

  it('begins nothing after its budget', async () => {
    const { core } = await openTestCore(temporaryFolder())
    const asked = search([values('l2', 0.03, 0.3)], { budgetSeconds: 0.001 })
    const follow = { signal: new AbortController().signal, onTrial: () => undefined }
    const { trials, left } = await runSearch(core.trainings, asked, { id: 'late', actor: 'Dr Test' }, follow)
    expect(trials.length + left).toBe(2)
    expect(left).toBeGreaterThanOrEqual(1)
  }, 60_000)
})
