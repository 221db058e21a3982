import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { StartEngine } from '../../src/main/core/engine-supervisor/process.ts'
import { runTask } from '../../src/main/core/engine-supervisor/task.ts'
import { forkEngine, forkEngineFrom } from '../../src/main/fork-engine.ts'
import type { TaskProgress } from '../../src/shared/dataset.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { slice, write } from './support.ts'

/** Starts the real engine and remembers its processes. */
function engines() {
  const pids: number[] = []
  const start: StartEngine = () => {
    const engine = forkEngine()
    pids.push(engine.pid as number)
    return engine
  }
  return { start, pids }
}

async function smallSet(): Promise<string> {
  const folder = temporaryFolder()
  for (let i = 0; i < 12; i++) await write(folder, { [`${i % 2 ? 'no' : 'glioma'}/${i}.png`]: slice(i) })
  return folder
}

const gone = async (pid: number) => {
  await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false)
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('a long request', () => {
  it('tells its progress, is answered, and its engine ends', async () => {
    const { start, pids } = engines()
    const progress: TaskProgress[] = []
    const path = await smallSet()
    const found = await runTask(start, 'audit-dataset', { path }, { onProgress: (one) => progress.push(one) })
    expect(found.images).toBe(12)
    expect(progress[0]).toEqual({ stage: 'reading', done: 1, total: 12 })
    expect(progress.at(-1)).toEqual({ stage: 'comparing', done: 12, total: 12 })
    await gone(pids[0] as number)
  })

  it('fails with its own code', async () => {
    const { start, pids } = engines()
    await expect(runTask(start, 'audit-dataset', { path: '/no/such/set' })).rejects.toMatchObject({
      code: 'file-missing',
    })
    await gone(pids[0] as number)
  })

  it('can be cancelled before and while it runs', async () => {
    const { start, pids } = engines()
    const path = await smallSet()
    const before = runTask(start, 'audit-dataset', { path }, { signal: AbortSignal.abort() })
    await expect(before).rejects.toMatchObject({ code: 'cancelled' })
    expect(pids).toEqual([])
    for (const when of ['at once', 'later'] as const) {
      const abort = new AbortController()
      const running = runTask(
        start,
        'audit-dataset',
        { path },
        { signal: abort.signal, onProgress: () => abort.abort() },
      )
      if (when === 'at once') abort.abort()
      await expect(running).rejects.toMatchObject({ code: 'cancelled' })
      await gone(pids.at(-1) as number)
    }
  })

  it('whose engine dies is a crash, one whose engine never starts is not', async () => {
    const { start, pids } = engines()
    const path = await smallSet()
    const onProgress = () => process.kill(pids[0] as number, 'SIGKILL')
    await expect(runTask(start, 'audit-dataset', { path }, { onProgress })).rejects.toMatchObject({
      code: 'engine-crashed',
    })
    const none = () => forkEngineFrom(join(path, 'no-such-engine.ts'))
    await expect(runTask(none, 'audit-dataset', { path })).rejects.toMatchObject({ code: 'engine-unavailable' })
  })
})
