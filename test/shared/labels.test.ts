import { expect, it } from 'vitest'
import { formatConfidence, formatPercent, topLabel } from '../../src/shared/labels.ts'

it.each([
  [1, '1.00'],
  [0.9951, '>0.99'],
  [0.994, '0.99'],
  [0.5, '0.50'],
  [0.0039, '<0.01'],
  [0.006, '0.01'],
  [0, '0.00'],
])('%d is shown as %s', (value, text) => {
  expect(formatConfidence(value)).toBe(text)
})

it.each([
  [1, '100 %'],
  [0.9951, '>99 %'],
  [0.966, '97 %'],
  [0.0039, '<1 %'],
  [0, '0 %'],
])('%d is shown as %s in percent', (value, text) => {
  expect(formatPercent(value)).toBe(text)
})

it('takes the most probable label, the earlier one in a tie', () => {
  expect(topLabel({ glioma: 0.2, meningioma: 0.5, notumor: 0.3, pituitary: 0 })).toBe('meningioma')
  expect(topLabel({ glioma: 0.25, meningioma: 0.25, notumor: 0.25, pituitary: 0.25 })).toBe('glioma')
})
