import { expect, test } from 'vitest'
import { CAUTIONS } from '../../src/shared/cautions.ts'
import { GATE_REASONS, labelOf, reasonsIn, setInWords } from '../../src/shared/input-gate.ts'

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

test('classes that cannot be told apart are told with the error rate', () => {
  expect(setInWords(['glioma', 'meningioma'])).toBe('Glioma or meningioma: cannot be told apart at 5 % error')
  expect(setInWords(['notumor', 'pituitary', 'glioma'])).toBe(
    'No tumour, pituitary tumour or glioma: cannot be told apart at 5 % error',
  )
  expect(setInWords([])).toBe('No label fits at 5 % error')
  expect(setInWords(['glioma'])).toBeNull()
  expect(setInWords(null)).toBeNull()
})
