import type { Check } from './types.ts'

/** Shares of coloured pixels: coloured letters, as a few public images have (at most 0.05); a colour photograph or a map. */
const [BORDERLINE, OUTSIDE] = [0.01, 0.1]

export const colour: Check = {
  reason: 'colour',
  judge: ({ look: { coloured } }) => (coloured > OUTSIDE ? 'outside' : coloured > BORDERLINE ? 'borderline' : null),
}
