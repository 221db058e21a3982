import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it as test } from 'vitest'
import type { StartEngine } from '../../src/main/core/engine-supervisor/process.ts'
import { runTask, type TaskOptions } from '../../src/main/core/engine-supervisor/task.ts'
import { readSafetensors, writeSafetensors } from '../../src/main/engine/safetensors.ts'
import { forkEngine } from '../../src/main/fork-engine.ts'
import type { RunPredictions } from '../../src/shared/predictions.ts'
import type { RunSummary, TrainingNotice, TrainingRequest } from '../../src/shared/training.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { fillDisk, mountSmallDisk } from '../support/mount.ts'
import { input, type MadeSet, makeSet, request } from '../train/support.ts'
import { realEngine } from './real-engine.ts'

const cleanup = new Cleanup()
let engine: { dir: string } | { reason: string }
let set: MadeSet

beforeAll(async () => {
  engine = await realEngine()
  set = await makeSet(join(temporaryFolder(cleanup.add), 'set'))
  return cleanup.run
}, 900_000)

interface Training {
  (asked: TrainingRequest, options?: TaskOptions<'train'>): Promise<RunSummary>
  dir: string
  nativeDir: string
  start: StartEngine
  pids: number[]
}

/** A test with the real native engine in the real engine process, skipped where there is none. */
function it(name: string, run: (train: Training) => Promise<void>): void {
  test(name, { timeout: 120_000 }, async ({ skip }) => {
    if ('reason' in engine) return skip(engine.reason)
    const nativeDir = engine.dir
    const dir = join(temporaryFolder(), 'run')
    const pids: number[] = []
    const start: StartEngine = () => {
      const process = forkEngine()
      pids.push(process.pid as number)
      return process
    }
    const train = (asked: TrainingRequest, options: TaskOptions<'train'> = {}) =>
      runTask(start, 'train', input(dir, asked, nativeDir), options)
    await run(Object.assign(train, { dir, nativeDir, start, pids }))
  })
}

const heldOut = (dir: string) =>
  (JSON.parse(readFileSync(join(dir, 'predictions.json'), 'utf8')) as RunPredictions).images.map(({ logits }) => logits)

describe('a training run', () => {
  it('learns, tells each epoch, exports what it trained, and predicts what was kept apart', async (train) => {
    const ended: number[] = []
    const asked = request(set, { tumours: [set.tumours], changes: { size: 48, epochs: 8, batch: 8 } })
    const summary = await train(asked, {
      onProgress: (progress) => {
        if (progress.ended) ended.push(progress.ended.epoch)
      },
    })
    expect(ended).toEqual(summary.epochs.map(({ epoch }) => epoch))
    const [first, last] = [summary.epochs[0], summary.epochs.at(-1)]
    expect(last?.training.loss).toBeLessThan((first?.training.loss ?? 0) / 2)
    expect(summary.epochs[(summary.bestEpoch ?? 0) - 1]?.validation?.accuracy).toBeGreaterThan(0.8)
    expect(summary.parity).toBeLessThan(1e-4)
    expect(summary.temperature).toBeGreaterThan(0)
    expect(heldOut(train.dir)).toHaveLength(
      summary.images.validation + summary.images['held-out'] + summary.images.testing,
    )
    expect(existsSync(join(train.dir, 'checkpoint.safetensors'))).toBe(false)
  })

  it('says first on which device it trains, and where an engine for a GPU has none', async (train) => {
    const told: TrainingNotice[] = []
    const stages: string[] = []
    const asked = { ...input(train.dir, request(set), train.nativeDir), nativeGpu: true }
    const abort = new AbortController()
    const run = runTask(train.start, 'train', asked, {
      signal: abort.signal,
      onProgress: ({ stage, notice }) => {
        if (notice) told.push(notice)
        else {
          stages.push(stage)
          abort.abort()
        }
      },
    })
    await expect(run).rejects.toMatchObject({ code: 'cancelled' })
    expect(stages[0]).toBe('reading')
    const [device] = told
    if (device?.kind !== 'device') throw new Error('it does not say first what it trains on')
    expect(device.engine).toMatch(/^tensorflow [\d.]+, tfjs-node [\d.]+$/)
    expect(device.gpuUnused).toBe(device.device === 'cpu')
  })

  it('cancelled after an epoch, or killed within one, goes on from its last epoch to the same result', async (train) => {
    const asked = request(set, { seed: 3 })
    const straight = await train(asked)
    const expected = heldOut(train.dir)

    const dir = join(temporaryFolder(), 'run')
    const nativeDir = 'dir' in engine ? engine.dir : null
    const go = (options: TaskOptions<'train'> = {}) =>
      runTask(train.start, 'train', input(dir, asked, nativeDir), options)
    const abort = new AbortController()
    const cancelled = go({ signal: abort.signal, onProgress: ({ ended }) => ended && abort.abort() })
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' })
    expect(existsSync(join(dir, 'checkpoint.safetensors'))).toBe(true)
    const killed = go({
      onProgress: ({ epoch, done }) => epoch === 2 && done > 0 && process.kill(train.pids.at(-1) as number, 'SIGKILL'),
    })
    await expect(killed).rejects.toMatchObject({ code: 'engine-crashed' })
    const resumed = await go()

    expect(resumed.epochs).toHaveLength(straight.epochs.length)
    const actual = heldOut(dir)
    // TensorFlow adds up in an order that depends on its threads.
    for (const [i, logits] of expected.entries()) {
      for (const [c, value] of logits.entries()) expect(actual[i]?.[c]).toBeCloseTo(value, 1)
    }
  })

  test('for whose checkpoint the disk has no room says so, and goes on from the last one when there is', async ({
    skip,
  }) => {
    if ('reason' in engine) return skip(engine.reason)
    const disk = temporaryFolder()
    const problem = mountSmallDisk(disk, 160_000)
    if (problem !== null) return skip(problem)
    const [dir, filler, nativeDir] = [join(disk, 'run'), join(disk, 'filler'), engine.dir]
    const asked = request(set)
    const go = (options: TaskOptions<'train'> = {}) =>
      runTask(forkEngine, 'train', input(dir, asked, nativeDir), options)
    let kept = 0
    const full = go({
      onProgress: ({ ended }) => {
        if (ended?.epoch === 1) fillDisk(filler, 0)
        kept = ended?.epoch ?? kept
      },
    })
    await expect(full).rejects.toMatchObject({ code: 'training-checkpoint', details: { reason: 'ENOSPC' } })
    rmSync(filler)
    const learned: number[] = []
    const told: number[] = []
    const summary = await go({
      onProgress: ({ epoch, ended }) => {
        if (ended) told.push(ended.epoch)
        else if (epoch !== null) learned.push(epoch)
      },
    })
    expect(learned[0]).toBe(kept + 1)
    // Who looks now sees those before it was broken off, too.
    expect(told).toEqual(summary.epochs.map(({ epoch }) => epoch))
  }, 120_000)

  it('stops when validation does not get better', async (train) => {
    const summary = await train(request(set, { changes: { size: 48, epochs: 60, batch: 8, rate: 0.003 } }))
    expect(summary.end).toBe('stopped-early')
    expect(summary.epochs.length).toBe((summary.bestEpoch ?? 0) + 5)
  })

  it('whose loss comes apart keeps its best epoch and says so', async (train) => {
    const asked = request(set)
    const abort = new AbortController()
    const cancelled = train(asked, { signal: abort.signal, onProgress: ({ ended }) => ended && abort.abort() })
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' })
    const path = join(train.dir, 'checkpoint.safetensors')
    const checkpoint = await readSafetensors(path)
    checkpoint.tensors.get('conv1.weight')?.data.fill(Number.NaN)
    await writeSafetensors(path, checkpoint)
    const summary = await train(asked)
    expect(summary).toMatchObject({ end: 'diverged', bestEpoch: 1 })
    expect(heldOut(train.dir).flat().every(Number.isFinite)).toBe(true)
  })

  it('keeps its memory over the epochs', async (train) => {
    const { epochs } = await train(request(set, { changes: { size: 48, epochs: 10, batch: 8, rate: 1e-5 } }))
    const [second, last] = [epochs[1]?.memoryMegabytes ?? 0, epochs.at(-1)?.memoryMegabytes ?? 0]
    expect(last).toBeLessThan(second * 1.15 + 50)
  })
})

test('without a native engine a network is refused, and why', async () => {
  const run = runTask(forkEngine, 'train', input(join(temporaryFolder(), 'run'), request(set)))
  await expect(run).rejects.toMatchObject({ code: 'native-engine-missing' })
})
