import { writeFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { OpenCore } from '../../src/main/compose.ts'
import type { Core } from '../../src/main/core/index.ts'
import { hottest } from '../../src/main/core/machine.ts'
import { requestOnSet } from '../../src/main/core/training/on-set.ts'
import type { RequestInput } from '../../src/shared/contract.ts'
import { toFailure } from '../../src/shared/errors.ts'
import { CALLER } from '../support/accounts.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { ask, openTestCore } from '../support/core.ts'
import { HEAD_ON_MADE as asked, importMade, type MadeSet, makeSet } from '../train/support.ts'

const cleanup = new Cleanup()
let set: MadeSet

beforeAll(async () => {
  set = await makeSet(join(temporaryFolder(cleanup.add), 'set'), 12, 2)
  return cleanup.run
})

async function withSet(dataDir = temporaryFolder()): Promise<OpenCore & { dataDir: string }> {
  const opened = await openTestCore(dataDir)
  const { core } = opened
  await importMade(core, set)
  return { ...opened, dataDir }
}

const codeOf = async (core: Core, name: string, input: unknown) => {
  const reply = await core.request(name, input, CALLER)
  return 'failure' in reply ? reply.failure.code : 'ok'
}

const codeOfError = (error: unknown) => toFailure(error).code

describe('a training on a frozen set', () => {
  it('is named by the set’s version, and tells how long the next one will take', async () => {
    const { core } = await withSet()
    expect(await ask(core, 'training.estimate', asked)).toEqual({ estimate: null })
    const probe = await ask(core, 'training.probe', asked)
    expect(probe.images).toBe(32)
    expect(probe.seconds).toBeGreaterThan(0)
    const { id } = await ask(core, 'training.startOnSet', asked)
    await core.trainings.outcome(id)
    const { runs } = await ask(core, 'training.list', {})
    expect(runs).toMatchObject([{ id, set: asked.dataset, state: 'finished', summary: { end: 'completed' } }])
    // What grows with its epochs and images is told of one run only.
    const { run } = await ask(core, 'training.get', { id })
    for (const part of ['epochs', 'notices', 'unreadable', 'carriedOut']) {
      expect(runs[0]?.summary).not.toHaveProperty(part)
      expect(run.summary).toHaveProperty(part)
    }
    const { estimate } = await ask(core, 'training.estimate', asked)
    expect(estimate).toMatchObject({ run: id })
    const twice = await ask(core, 'training.estimate', { ...asked, changes: { size: 128 } })
    expect(twice.estimate?.seconds).toBeCloseTo(4 * (estimate?.seconds ?? 0))
  }, 300_000)

  it('is refused where there is no such set, or where its manifest was altered', async () => {
    const { core } = await withSet()
    const unknown = { ...asked, dataset: { name: 'small', version: 2 } }
    expect(await codeOf(core, 'training.startOnSet', unknown)).toBe('dataset-unknown')
    expect(await codeOf(core, 'training.startOnSet', { ...asked, dataset: { name: '../x', version: 1 } })).toBe(
      'request-invalid',
    )
    writeFileSync(join(core.folder.datasets, 'small/1/dataset.json'), '{}')
    for (const name of ['training.startOnSet', 'training.probe', 'training.preview'])
      expect(await codeOf(core, name, asked), name).toBe('dataset-altered')
    expect((await ask(core, 'training.list', {})).runs).toEqual([])
  }, 240_000)

  it('is tried out one thing at a time, and can be cancelled', async () => {
    const { core } = await withSet()
    // Not by two requests: which of them has read the manifest first is chance.
    const request = await requestOnSet(core.datasets.catalogue, asked)
    const first = core.tryOut.preview(request).then(() => 'ok', codeOfError)
    const second = core.tryOut.probe(request).then(() => 'ok', codeOfError)
    expect(await first).toBe('cancelled')
    await ask(core, 'training.cancelTryOut', {})
    expect(await second).toBe('cancelled')
    const { png, rows } = await ask(core, 'training.preview', asked)
    expect(Buffer.from(png, 'base64').subarray(1, 4).toString()).toBe('PNG')
    expect(rows).toHaveLength(8)
  }, 240_000)

  it('that runs when Gyrus ends is interrupted, by nobody', async () => {
    const { core, close, dataDir } = await withSet()
    const { id } = await ask(core, 'training.startOnSet', asked)
    await expect
      .poll(async () => (await ask(core, 'training.get', { id })).live?.progress, { timeout: 100_000 })
      .not.toBeNull()
    await close()
    const again = await openTestCore(dataDir)
    expect((await ask(again.core, 'training.get', { id })).run.state).toBe('interrupted')
    const { entries } = await ask(again.core, 'audit.list', { query: { acts: ['training.interrupted'] } })
    expect(entries.map(({ actor }) => actor)).toEqual(['gyrus'])
  }, 240_000)
})

describe('a search', () => {
  const search: RequestInput<'search.start'> = {
    training: asked,
    ranges: [{ kind: 'values', name: 'l2', values: [0.01, 1] }],
    mode: 'grid',
    trials: 5,
    budgetSeconds: 600,
  }

  it('runs its trials, and says which did best', async () => {
    const { core } = await withSet()
    const { id } = await ask(core, 'search.start', search)
    const state = async () => (await ask(core, 'search.get', { id })).search.state
    await expect.poll(state, { timeout: 200_000 }).toBe('finished')
    const found = await ask(core, 'search.get', { id })
    expect(found.search).toMatchObject({ set: asked.dataset, planned: 2, done: 2, failure: null })
    expect(found.trials.map(({ run, changes, state }) => [run, changes, state])).toEqual([
      [`${id}-1`, { size: 64, l2: 0.01 }, 'finished'],
      [`${id}-2`, { size: 64, l2: 1 }, 'finished'],
    ])
    const losses = found.trials.map(({ validation }) => validation?.loss ?? 0)
    expect(found.search.best).toBe(`${id}-${losses.indexOf(Math.min(...losses)) + 1}`)
    expect((await ask(core, 'search.list', {})).searches.map((one) => one.id)).toEqual([id])
  }, 300_000)

  it('in which somebody quits goes on by itself at the next start, with the trial that ran', async () => {
    const { core, close, dataDir } = await withSet()
    const { id } = await ask(core, 'search.start', search)
    const trial = async (core: Core) => (await ask(core, 'search.get', { id })).trials[0]?.state
    await expect.poll(() => trial(core), { timeout: 100_000 }).toBe('running')
    await close('Dr Late')
    const again = await openTestCore(dataDir)
    expect((await ask(again.core, 'search.get', { id })).search.state).toBe('interrupted')
    expect(await trial(again.core)).toBe('queued')
    await Promise.all([again.core.startQueued(), again.core.resume()])
    const found = () => ask(again.core, 'search.get', { id })
    await expect.poll(async () => (await found()).search.state, { timeout: 200_000 }).toBe('finished')
    expect((await found()).search.done).toBe(2)
    const { entries } = await ask(again.core, 'audit.list', { query: { acts: ['search.resumed'] } })
    expect(entries.map(({ actor }) => actor)).toEqual(['Dr Late'])
  }, 300_000)

  it('is cancelled with its trial, interrupted by the end of Gyrus, and goes on where it was', async () => {
    const { core, close, dataDir } = await withSet()
    // As many that Gyrus ends in their midst, however quick one is.
    const many = {
      ...search,
      ranges: [{ kind: 'values' as const, name: 'l2' as const, values: [0.01, 0.1, 1, 10, 100] }],
    }
    const { id } = await ask(core, 'search.start', many)
    await ask(core, 'search.cancel', { id })
    expect((await ask(core, 'search.get', { id })).search.state).toBe('cancelled')
    await ask(core, 'search.resume', { id })
    const done = async () => (await ask(core, 'search.get', { id })).search.done
    await expect.poll(done, { timeout: 150_000 }).toBeGreaterThan(0)
    await close()
    const again = await openTestCore(dataDir)
    await again.core.resume()
    const { search: broken } = await ask(again.core, 'search.get', { id })
    expect(broken.state).toBe('interrupted')
    expect(broken.done).toBeGreaterThan(0)
    expect(broken.done).toBeLessThan(many.trials)
    await ask(again.core, 'search.resume', { id })
    const state = async () => (await ask(again.core, 'search.get', { id })).search.state
    await expect.poll(state, { timeout: 150_000 }).toBe('finished')
    expect(await codeOf(again.core, 'search.resume', { id })).toBe('training-run-state')
  }, 300_000)

  it('that cannot be made is refused before anything is kept', async () => {
    const { core } = await withSet()
    const twice = { ...search, ranges: [...search.ranges, ...search.ranges] }
    expect(await codeOf(core, 'search.start', twice)).toBe('search-invalid')
    expect(await codeOf(core, 'search.get', { id: '../gyrus' })).toBe('training-run-name')
    expect((await ask(core, 'search.list', {})).searches).toEqual([])
  }, 240_000)
})

it('the hottest sensor counts; one that is off, and a folder that is not there, do not', async () => {
  const folder = temporaryFolder()
  for (const [zone, text] of [
    ['thermal_zone0', '41000\n'],
    ['thermal_zone1', '67500\n'],
    ['thermal_zone2', '-274000\n'],
    ['cooling_device0', '99000\n'],
  ] as const) {
    await mkdir(join(folder, zone))
    await writeFile(join(folder, zone, 'temp'), text)
  }
  expect(await hottest(folder)).toBe(67.5)
  expect(await hottest(join(folder, 'none'))).toBeNull()
})
