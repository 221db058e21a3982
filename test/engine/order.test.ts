import { describe, expect, it } from 'vitest'
import { valueAt } from '../../src/main/engine/preprocess/order.ts'
import { random } from '../../src/shared/random.ts'

describe('the value at a place of a list in order', () => {
  it('is what sorting would put there, with the smaller before it and the larger after', () => {
    const next = random(7)
    for (let length = 1; length < 60; length++) {
      const values = Float32Array.from({ length }, () => Math.round(next() * 20))
      const sorted = values.toSorted()
      for (let place = 0; place < length; place++) {
        const list = values.slice()
        expect(valueAt(list, place)).toBe(sorted[place])
        expect(Math.max(...list.subarray(0, place), -1)).toBeLessThanOrEqual(list[place] as number)
        expect(Math.min(...list.subarray(place), 99)).toBe(list[place])
        expect(list.toSorted()).toEqual(sorted)
      }
    }
  })
})
