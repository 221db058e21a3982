import { expect, it } from 'vitest'
import { type LoggedRefusal, Refusals } from '../../src/main/core/sources/refusals.ts'
import { TodayCounts } from '../../src/main/core/sources/today.ts'

const refusal = { reason: 'calling-ae', aeTitle: 'EVIL', address: '10.1.2.3' }
const MINUTE = 60_000

it('an attack costs the trail one entry a minute, which tells how many there were', () => {
  const logged: LoggedRefusal[] = []
  let now = Date.UTC(2026, 10, 29)
  const refusals = new Refusals(
    (one) => logged.push(one),
    () => now,
  )
  for (let n = 0; n < 1_000; n += 1) refusals.add(refusal)
  expect(logged.map(({ unlogged }) => unlogged)).toEqual(Array(10).fill(0))
  expect(refusals.newest).toHaveLength(20)
  now += MINUTE
  for (let n = 0; n < 1_000; n += 1) refusals.add(refusal)
  expect(logged.slice(10)).toEqual([{ ...refusal, unlogged: 990 }])
  refusals.close()
  // Itself one of those that none was written of.
  expect(logged.slice(11)).toEqual([{ ...refusal, unlogged: 998 }])
  refusals.close()
  expect(logged).toHaveLength(12)
})

it('a quiet hour lets ten at once be written again, and no more; a clock put back lets none', () => {
  const logged: LoggedRefusal[] = []
  let now = Date.UTC(2026, 10, 29)
  const refusals = new Refusals(
    (one) => logged.push(one),
    () => now,
  )
  for (let n = 0; n < 15; n += 1) refusals.add(refusal)
  now += 60 * MINUTE
  for (let n = 0; n < 15; n += 1) refusals.add(refusal)
  expect(logged).toHaveLength(20)
  now -= 30 * MINUTE
  refusals.add(refusal)
  expect(logged).toHaveLength(20)
  now += MINUTE
  refusals.add(refusal)
  expect(logged).toHaveLength(21)
})

it('counts begin anew with the day', () => {
  let now = Date.UTC(2026, 10, 29, 23, 59)
  const today = new TodayCounts(() => now)
  today.add('received')
  today.add('refused')
  today.pass('modality')
  today.pass('modality')
  expect(today.counts).toEqual({ received: 1, known: 0, refused: 1, passed: { modality: 2 } })
  now += 2 * MINUTE
  expect(today.counts).toEqual({ received: 0, known: 0, refused: 0, passed: {} })
})
