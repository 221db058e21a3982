import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { groupCommit } from '../../src/main/core/group-commit.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

/** The transactions that were begun, each ended by the test. */
function recorder() {
  const begun: { items: string[]; end(): void; fail(error: Error): void }[] = []
  const log = groupCommit(
    (items: string[]) => new Promise<void>((end, fail) => begun.push({ items: [...items], end, fail })),
  )
  return { log, begun }
}

it('writes an item that comes alone at once, and together what comes meanwhile and shortly after', async () => {
  const { log, begun } = recorder()
  const first = log('a')
  expect(begun).toMatchObject([{ items: ['a'] }])
  const others = [log('b'), log('c')]
  begun[0]?.end()
  await first
  others.push(log('d'))
  await vi.advanceTimersByTimeAsync(99)
  expect(begun).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(begun[1]?.items).toEqual(['b', 'c', 'd'])
  begun[1]?.end()
  await Promise.all(others)
  await vi.advanceTimersByTimeAsync(100)
  log('e')
  expect(begun[2]?.items).toEqual(['e'])
})

it('does not let a reader wait for a batch', async () => {
  const { log, begun } = recorder()
  const first = log('of the batch')
  begun[0]?.end()
  await first
  log('of the batch, too')
  await vi.advanceTimersByTimeAsync(10)
  log('of a reader', true)
  await vi.advanceTimersByTimeAsync(14)
  expect(begun).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(begun[1]?.items).toEqual(['of the batch, too', 'of a reader'])
  begun[1]?.end()
  await vi.advanceTimersByTimeAsync(50)
  log('of a reader, later', true)
  expect(begun[2]?.items).toEqual(['of a reader, later'])
})

it('tells each item what became of its own transaction', async () => {
  const { log, begun } = recorder()
  const first = log('a')
  const second = log('b')
  begun[0]?.fail(new Error('full'))
  await expect(first).rejects.toThrow('full')
  await vi.advanceTimersByTimeAsync(100)
  begun[1]?.end()
  await expect(second).resolves.toBeUndefined()
})
