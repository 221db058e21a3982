import { expect, it } from 'vitest'
import { paceOf } from '../../src/main/cli/progress.ts'

it('tells a pace when there is enough to tell it by, and makes none up', () => {
  expect(paceOf(0, 8_470_528, 60_000, 'items')).toBe('')
  expect(paceOf(200, 2767, 1, 'items')).toBe('')
  expect(paceOf(1301, 1301, 0, 'items')).toBe('')
  expect(paceOf(250, 1300, 1000, 'items')).toBe('  250 items/s  5 s left')
  expect(paceOf(1, 5, 2000, 'items')).toBe('  0.5 items/s  8 s left')
})
