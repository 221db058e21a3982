import { mapped } from './pixels.ts'
import type { Apply } from './types.ts'

/** Above 1 darker, below 1 lighter; black and white stay. */
export const gamma: Apply<'gamma'> = (picture, { gamma: exponent }, white) =>
  white === 0 ? picture : mapped(picture, white, (value) => white * (value / white) ** exponent)
