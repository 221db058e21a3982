import { expect, test } from 'vitest'
import { HEAT_NOTE, UNFAITHFUL_NOTE } from '../../src/shared/heat.ts'
import { faithfulVerdict, heatNoteOf } from '../../src/shared/heat-words.ts'
import { heatNotes } from '../../src/shared/words.de.ts'

const found = {
  ...{ withoutRandom: 0.85, score: -0.1, threshold: 0.05 },
  ...{ faithful: false, reason: 'nothing-changes' as const },
}

test('a probability that rises without what is marked is said to rise, one that hardly moves not', () => {
  expect(faithfulVerdict({ ...found, whole: 0.84, withoutMarked: 0.96 })).toContain('rises without what is marked')
  expect(faithfulVerdict({ ...found, whole: 0.84, withoutMarked: 0.86 })).toContain('hardly changes')
})

test('a map that is not faithful is never said to be what the model used, in no language', () => {
  expect(heatNoteOf(found)).toBe(UNFAITHFUL_NOTE)
  expect(heatNoteOf({ faithful: true })).toBe(HEAT_NOTE)
  expect(heatNoteOf(null)).toBe(HEAT_NOTE)
  expect(heatNoteOf(found, heatNotes)).toBe('Was die Heatmap markiert, ist nicht, woran die Antwort hängt')
  expect(heatNoteOf({ faithful: true }, heatNotes)).toContain('benutzt')
})
