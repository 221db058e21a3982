import { expect, it } from 'vitest'
import { attentionOf } from '../../src/shared/attention.ts'
import type { Confidences } from '../../src/shared/labels.ts'

const of = (glioma: number, meningioma: number, notumor: number, pituitary: number): Confidences => ({
  glioma,
  meningioma,
  notumor,
  pituitary,
})

it.for([
  ['a sure tumour', of(1, 0, 0, 0), 1],
  ['a sure “no tumour”', of(0, 0, 1, 0), 0],
  ['four equal confidences', of(0.25, 0.25, 0.25, 0.25), 1],
  // u = 1 bit of 2 = ½, t = ½: 1 − ½ · ½
  ['torn between tumour and none', of(0.5, 0, 0.5, 0), 0.75],
] as const)('%s', ([, confidences, attention]) => {
  expect(attentionOf(confidences)).toBeCloseTo(attention, 12)
})

it('lies in 0–1 where the confidences sum to more for rounding', () => {
  expect(attentionOf(of(0, 0, 1.0000001, 0))).toBe(0)
})
