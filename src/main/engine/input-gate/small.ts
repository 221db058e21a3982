import type { Check } from './types.ts'

/** Shorter sides, px: below the first nothing of a tumour’s kind is left; the training images have 128 and more. */
const [OUTSIDE, BORDERLINE] = [64, 120]

export const small: Check = {
  reason: 'small',
  judge({ look: { width, height } }) {
    const side = Math.min(width, height)
    return side < OUTSIDE ? 'outside' : side < BORDERLINE ? 'borderline' : null
  },
}
