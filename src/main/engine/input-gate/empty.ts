import type { Check } from './types.ts'

/** A head fills a fifth of the smallest slice; what varies less is a plain picture, or a few hot pixels. */
const LEAST_VARIED = 0.01

export const empty: Check = {
  reason: 'empty',
  judge: ({ look }) => (look.varied < LEAST_VARIED ? 'outside' : null),
}
