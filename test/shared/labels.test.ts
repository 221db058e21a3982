import { expect, it } from 'vitest'
import { calledLabel, formatConfidence } from '../../src/shared/labels.ts'

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

it('calls “no tumour” only what is more probable than all tumours together', () => {
  expect(calledLabel({ glioma: 0.3, meningioma: 0.05, notumor: 0.45, pituitary: 0.2 })).toBe('glioma')
  expect(calledLabel({ glioma: 0.3, meningioma: 0.1, notumor: 0.5, pituitary: 0.1 })).toBe('glioma')
  expect(calledLabel({ glioma: 0.3, meningioma: 0.05, notumor: 0.51, pituitary: 0.14 })).toBe('notumor')
})

it('takes the most probable tumour, the earlier one in a tie', () => {
  expect(calledLabel({ glioma: 0.2, meningioma: 0.5, notumor: 0.3, pituitary: 0 })).toBe('meningioma')
  expect(calledLabel({ glioma: 0.25, meningioma: 0.25, notumor: 0.25, pituitary: 0.25 })).toBe('glioma')
})
