import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { openStore } from '../../src/main/store/index.ts'
import type { RunState, TrainingRequest } from '../../src/shared/training.ts'
import { CALLER } from '../support/accounts.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { ask, openTestCore } from '../support/core.ts'
import { type MadeSet, makeSet, request } from '../train/support.ts'

const cleanup = new Cleanup()
let set: MadeSet
let asked: TrainingRequest

beforeAll(async () => {
  set = await makeSet(join(temporaryFolder(cleanup.add), 'set'), 12, 2)
  asked = request(set, { recipe: 'head', changes: { size: 64 } })
  return cleanup.run
})

const stateOf = async (core: Core, id: string): Promise<RunState> => (await ask(core, 'training.get', { id })).run.state

describe('training runs', () => {
  it('are queued, run one after another, and stay on record with what they gave', async () => {
    const { core } = await openTestCore(temporaryFolder())
    const first = await core.trainings.start(asked, 'Dr Test', 'first')
    const second = await core.trainings.start(asked, 'Dr Test', 'second')
    expect(await stateOf(core, second)).toBe('queued')
    await core.trainings.outcome(first)
    const summary = await core.trainings.outcome(second)
    const { runs } = await ask(core, 'training.list', {})
    expect(runs.map(({ id, state, createdBy }) => [id, state, createdBy])).toEqual([
      ['second', 'finished', 'Dr Test'],
      ['first', 'finished', 'Dr Test'],
    ])
    expect((await ask(core, 'training.get', { id: second })).run.summary).toEqual(summary)
    // Nothing is drawn at random in it, so twice the same is the same.
    expect(runs[1]?.summary?.weightsSha256).toBe(summary.weightsSha256)
    expect(existsSync(join(core.folder.root, 'runs/second/model.onnx'))).toBe(true)
  }, 90_000)

  it('have names that stay in their folder', async () => {
    const { core } = await openTestCore(temporaryFolder())
    for (const name of ['../x', 'a/b', 'a\\b', '', '.', '..', 'a'.repeat(101)])
      await expect(core.trainings.start(asked, 'Dr Test', name)).rejects.toMatchObject({ code: 'training-run-name' })
    expect((await ask(core, 'training.list', {})).runs).toEqual([])
  })

  it('can be cancelled in the queue and while they run, and resumed', async () => {
    const { core } = await openTestCore(temporaryFolder())
    await core.trainings.start(asked, 'Dr Test', 'running')
    await core.trainings.start(asked, 'Dr Test', 'waiting')
    for (const id of ['waiting', 'running']) {
      const outcome = core.trainings.outcome(id)
      await ask(core, 'training.cancel', { id })
      await expect(outcome).rejects.toMatchObject({ code: 'cancelled' })
      expect(await stateOf(core, id)).toBe('cancelled')
    }
    await ask(core, 'training.resume', { id: 'waiting' })
    await core.trainings.outcome('waiting')
    expect(await stateOf(core, 'waiting')).toBe('finished')
    const again = core.request('training.resume', { id: 'waiting' }, CALLER)
    await expect(again).resolves.toMatchObject({ failure: { code: 'training-run-state' } })
  }, 90_000)

  it('that fail keep their failure, and take no place in the queue', async () => {
    const { core } = await openTestCore(temporaryFolder())
    const id = await core.trainings.start({ ...asked, set: '/no/such/set' }, 'Dr Test')
    await expect(core.trainings.outcome(id)).rejects.toMatchObject({ code: 'file-missing' })
    expect((await ask(core, 'training.get', { id })).run).toMatchObject({
      state: 'failed',
      failure: { code: 'file-missing' },
    })
    const next = await core.trainings.start(asked, 'Dr Test')
    await expect(core.trainings.outcome(next)).resolves.toMatchObject({ end: 'completed' })
  }, 60_000)

  it('of the same name are refused', async () => {
    const { core } = await openTestCore(temporaryFolder())
    await core.trainings.start({ ...asked, set: '/no/such/set' }, 'Dr Test', 'one')
    await expect(core.trainings.start(asked, 'Dr Test', 'one')).rejects.toMatchObject({ code: 'training-run-exists' })
  })

  it('that a kill broke off are marked at the next start, and can be resumed', async () => {
    const dataDir = temporaryFolder()
    const store = await openStore(join(dataDir, 'gyrus.sqlite'))
    await store.addRun({ id: 'broken', request: asked, createdBy: 'Dr Test' })
    await store.changeRun({ id: 'broken', state: 'running', actor: 'Dr Test' })
    await store.close()
    const { core } = await openTestCore(dataDir)
    await core.resume()
    expect(await stateOf(core, 'broken')).toBe('interrupted')
    await ask(core, 'training.resume', { id: 'broken' })
    await core.trainings.outcome('broken')
    expect(await stateOf(core, 'broken')).toBe('finished')
  }, 60_000)

  it('that whoever quits wants to go on do so by themselves at the next start, with those that waited', async () => {
    const dataDir = temporaryFolder()
    const first = await openTestCore(dataDir)
    await first.core.trainings.start(asked, 'Dr Test', 'running')
    await first.core.trainings.start(asked, 'Dr Test', 'waiting')
    await expect.poll(() => stateOf(first.core, 'running')).toBe('running')
    await first.close('Dr Late')

    // A command that only uses the record begins neither.
    const between = await openTestCore(dataDir)
    await between.core.trainings.markInterrupted()
    expect(await stateOf(between.core, 'running')).toBe('queued')
    await between.close()

    const { core } = await openTestCore(dataDir)
    await Promise.all([core.startQueued(), core.resume()])
    for (const id of ['running', 'waiting']) {
      await core.trainings.outcome(id)
      expect(await stateOf(core, id)).toBe('finished')
    }
    const { entries } = await ask(core, 'audit.list', { query: { subject: 'running' }, limit: 10 })
    expect(entries.map(({ act, actor }) => [act, actor])).toEqual([
      ['training.finished', 'Dr Test'],
      ['training.running', 'Dr Test'],
      ['training.queued', 'Dr Late'],
      ['training.interrupted', 'gyrus'],
      ['training.running', 'Dr Test'],
      ['training.asked', 'Dr Test'],
    ])
  }, 90_000)
})

it('recipes are told with what they need', async () => {
  const { core } = await openTestCore(temporaryFolder())
  const { recipes } = await ask(core, 'training.recipes', {})
  expect(recipes.map(({ name, needsNativeEngine }) => [name, needsNativeEngine])).toEqual([
    ['efficientnet-lite0', true],
    ['cnn-9', true],
    ['cnn-24', true],
    ['head', false],
  ])
})
