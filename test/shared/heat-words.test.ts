import { expect, test } from 'vitest'
import { faithfulVerdict } from '../../src/shared/heat-words.ts'

const found = {
  ...{ withoutRandom: 0.85, score: -0.1, threshold: 0.05 },
  ...{ faithful: false, reason: 'nothing-changes' as const },
}

test('a probability that rises without what is marked is said to rise, one that hardly moves not', () => {
  expect(faithfulVerdict({ ...found, whole: 0.84, withoutMarked: 0.96 })).toContain('rises without what is marked')
  expect(faithfulVerdict({ ...found, whole: 0.84, withoutMarked: 0.86 })).toContain('hardly changes')
})
