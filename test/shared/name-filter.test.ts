import { expect, it } from 'vitest'
import { fitsName } from '../../src/shared/name-filter.ts'

it.for([
  ['a.png', '', true],
  ['a.png', '*', true],
  ['A_T1CE.PNG', '*_t1ce*.png', true],
  ['a_t1.png', '*_t1ce*.png', false],
  ['a.png', '?.png', true],
  ['ab.png', '?.png', false],
  ['🧠.png', '?.png', true],
  ['a.png', 'a', false],
  ['a[1].png', 'a[1].png', true],
  ['a+b(c).png', '*(c).png', true],
  ['aab', '*ab', true],
  ['abc', 'a*c*', true],
  ['abc', 'a*d', false],
] as const)('%s fits %s: %s', ([name, filter, answer]) => {
  expect(fitsName(name, filter)).toBe(answer)
})

it('is quick with whatever filter', () => {
  const start = performance.now()
  expect(fitsName('a'.repeat(255), `${'*a'.repeat(99)}b`)).toBe(false)
  expect(performance.now() - start).toBeLessThan(10_000)
})
