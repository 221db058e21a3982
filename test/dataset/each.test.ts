import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { workOnEach } from '../../src/main/engine/dataset/each.ts'

const items = Array.from({ length: 20 }, (_, i) => i)
const never = new AbortController().signal

it('works on all items in their order, no more than so many at a time', async () => {
  const started: number[] = []
  let [busy, most] = [0, 0]
  await workOnEach(items, 3, never, async (item, index) => {
    expect(item).toBe(index)
    started.push(item)
    most = Math.max(most, ++busy)
    await sleep(item % 3)
    busy -= 1
  })
  expect(started).toEqual(items)
  expect(most).toBe(3)
})

it('stops at the first failure, when what was under way has ended', async () => {
  const ended: number[] = []
  const work = async (item: number) => {
    if (item === 4) throw new Error('four')
    await sleep(20)
    ended.push(item)
  }
  await expect(workOnEach(items, 3, never, work)).rejects.toThrow('four')
  const before = ended.length
  await sleep(60)
  expect(ended).toHaveLength(before)
  expect(Math.max(...ended)).toBeLessThan(7)
})

it('starts nothing after it was cancelled', async () => {
  const abort = new AbortController()
  const started: number[] = []
  const work = async (item: number) => {
    started.push(item)
    if (item === 5) abort.abort()
    await sleep(1)
  }
  await expect(workOnEach(items, 2, abort.signal, work)).rejects.toMatchObject({ code: 'cancelled' })
  expect(started).toEqual([0, 1, 2, 3, 4, 5])
})
