import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { EngineConnection } from '../../src/main/core/engine-supervisor/connection.ts'
import { EngineSupervisor } from '../../src/main/core/engine-supervisor/index.ts'
import type { EngineProcess } from '../../src/main/core/engine-supervisor/process.ts'
import { runTask } from '../../src/main/core/engine-supervisor/task.ts'
import type { FromEngine, LoadedModel, ToEngine } from '../../src/main/engine/protocol.ts'
import { forkEngine } from '../../src/main/fork-engine.ts'

const SECOND = 1_000

/** A process at its border: what it is sent, and what it says when. Real ones would take minutes to be late. */
class Border implements EngineProcess {
  readonly pid = 1
  readonly sent: ToEngine[] = []
  killed = false
  say!: (message: FromEngine) => void
  exit!: (reason: string) => void

  send(message: ToEngine): void {
    this.sent.push(message)
  }
  onMessage(listener: (message: FromEngine) => void): void {
    this.say = listener
  }
  onExit(listener: (reason: string) => void): void {
    this.exit = listener
  }
  kill(): void {
    this.killed = true
  }
}

function connect() {
  const border = new Border()
  const deaths: string[] = []
  const connection = new EngineConnection(border, (reason) => deaths.push(reason))
  return { border, connection, deaths }
}

describe('how long an engine may be silent', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is a minute while it starts, and it is asked for nothing meanwhile', () => {
    const { border } = connect()
    vi.advanceTimersByTime(58 * SECOND)
    expect(border).toMatchObject({ killed: false, sent: [] })
    vi.advanceTimersByTime(6 * SECOND)
    expect(border.killed).toBe(true)
  })

  it('is 15 s once it has started, counted from its last sign', () => {
    const { border } = connect()
    vi.advanceTimersByTime(50 * SECOND)
    border.say({ ready: true })
    vi.advanceTimersByTime(14 * SECOND)
    border.say({ id: 1, output: null })
    vi.advanceTimersByTime(14 * SECOND)
    expect(border.killed).toBe(false)
    vi.advanceTimersByTime(6 * SECOND)
    expect(border.killed).toBe(true)
  })

  it('is two minutes in a task of its own, where long arithmetic is no hang', async () => {
    const border = new Border()
    const outcome = runTask(() => border, 'check-model', { dir: '' })
    outcome.catch(() => undefined)
    border.say({ ready: true })
    await vi.advanceTimersByTimeAsync(110 * SECOND)
    expect(border.killed).toBe(false)
    await vi.advanceTimersByTimeAsync(20 * SECOND)
    expect(border.killed).toBe(true)
    border.exit('SIGKILL')
    await expect(outcome).rejects.toMatchObject({ code: 'engine-crashed' })
  })

  it('does not count the hours that the machine slept', () => {
    const { border } = connect()
    border.say({ ready: true })
    vi.advanceTimersByTime(4 * SECOND)
    vi.setSystemTime(Date.now() + 8 * 3600 * SECOND)
    vi.advanceTimersByTime(4 * SECOND)
    expect(border.killed).toBe(false)
  })
})

describe('an engine that has died', () => {
  it('is heard no more, so that work which failed does not seem to go on', () => {
    const { border, connection, deaths } = connect()
    const heard = vi.fn()
    border.say({ ready: true })
    const { id } = connection.task('check-model', { dir: '' }, heard)
    const progress = { stage: 'reading', done: 1, total: 2 } as const
    border.say({ id, progress })
    border.exit('SIGKILL')
    border.say({ id, progress })
    expect(deaths).toEqual(['SIGKILL'])
    expect(heard).toHaveBeenCalledTimes(1)
  })

  it('may be written to until its end is noticed', async () => {
    const engine = forkEngine()
    const exits: string[] = []
    const ended = new Promise<void>((resolve) => {
      engine.onExit((reason) => {
        exits.push(reason)
        resolve()
      })
    })
    engine.kill()
    // Holds this process up until the other one is gone, of which it cannot have heard then.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 * SECOND)
    for (let id = 1; id <= 10; id++) engine.send({ id, name: 'ping', input: null })
    await ended
    expect(exits).toEqual(['SIGKILL'])
  })
})

describe('an engine that comes back without its model', () => {
  it('leaves nobody waiting of those who were beside each other when it died', async () => {
    const lives: Border[] = []
    const start = () => lives[lives.push(new Border()) - 1] as Border
    const supervisor = new EngineSupervisor({ start, model: { dir: 'model' }, onChange: () => undefined })
    await load(lives[0], (id) => ({ id, output: {} as LoadedModel }))
    const asked = Promise.allSettled(['a', 'b'].map((path) => supervisor.request('classify', { path })))
    lives[0]?.exit('SIGKILL')
    await load(lives[1], (id) => ({ id, failure: { code: 'model-altered', details: { model: 'm', file: 'f' } } }))
    const told = await asked
    supervisor.close()
    const reason = expect.objectContaining({ code: 'model-altered' })
    expect(told).toEqual([
      { status: 'rejected', reason },
      { status: 'rejected', reason },
    ])
  })
})

/** Starts an engine up to its answer on which model it has. */
async function load(border: Border | undefined, answer: (id: number) => FromEngine): Promise<void> {
  border?.say({ ready: true })
  await vi.waitUntil(() => border?.sent.length)
  const [question] = border?.sent ?? []
  expect(question).toMatchObject({ name: 'load-model' })
  border?.say(answer((question as { id: number }).id))
  await setImmediate()
}
