import { expect, test } from 'vitest'
import { CAUTIONS } from '../../src/shared/cautions.ts'
import {
  cautionsIn,
  GATE_REASONS,
  labelOf,
  reasonsIn,
  setCaution,
  setInWords,
  shownSet,
} from '../../src/shared/input-gate.ts'

const GLIOMA = { glioma: 0.9, meningioma: 0.05, notumor: 0.05, pituitary: 0 }

test('what is outside has no label, whatever the network gives', () => {
  expect(labelOf({ verdict: 'outside', reasons: ['colour'] }, GLIOMA)).toBeNull()
  expect(labelOf({ verdict: 'borderline', reasons: ['noisy'] }, GLIOMA)).toBe('glioma')
  expect(labelOf({ verdict: 'near', reasons: [] }, GLIOMA)).toBe('glioma')
  expect(labelOf(null, GLIOMA)).toBe('glioma')
})

test('reasons are told in words, and no reason says what was said before there was a gate', () => {
  expect(reasonsIn({ verdict: 'outside', reasons: ['small', 'colour'] })).toEqual([
    'The picture is too small',
    'The picture is in colour',
  ])
  expect(reasonsIn(null)).toEqual([])
  expect(Object.values(GATE_REASONS)).not.toContain(CAUTIONS.inColour)
})

test('what cannot be ruled out is told with the error rate, and never against the order of the numbers', () => {
  const sure = { glioma: 0.95, meningioma: 0.03, notumor: 0.01, pituitary: 0.01 }
  expect(setInWords(['glioma', 'meningioma'], sure)).toBe('Cannot be ruled out at 5 % error: glioma, meningioma')
  const leftOut = { glioma: 0.84, meningioma: 0.03, notumor: 0.02, pituitary: 0.11 }
  expect(setInWords(['glioma', 'meningioma'], leftOut)).toBe(
    'Cannot be ruled out at 5 % error: glioma, pituitary tumour, meningioma',
  )
  expect(setInWords(['meningioma'], leftOut)).toBe(
    'Cannot be ruled out at 5 % error: glioma, pituitary tumour, meningioma',
  )
  // A tumour is called though “no tumour” is more probable than any one type.
  const spread = { glioma: 0.3, meningioma: 0.29, notumor: 0.4, pituitary: 0.01 }
  expect(shownSet(['notumor'], spread)).toEqual(['notumor', 'glioma'])
  expect(setInWords(['glioma'], sure)).toBeNull()
  expect(setInWords(null, sure)).toBeNull()
})

test('an empty set is a caution, and only an empty one', () => {
  const close = { glioma: 0.43, meningioma: 0.1, notumor: 0.39, pituitary: 0.08 }
  expect(setCaution([])).toBe('The model is sure of none: each class is usually told more plainly (5 % error)')
  expect(setInWords([], close)).toBeNull()
  expect(setCaution(['glioma'])).toBeNull()
  expect(setCaution(null)).toBeNull()
  const gate = { verdict: 'borderline' as const, reasons: ['noisy' as const] }
  expect(cautionsIn({ gate, set: [] })).toEqual([GATE_REASONS.noisy, setCaution([])])
})
