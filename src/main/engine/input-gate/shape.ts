import { beyond } from './beyond.ts'
import type { Check } from './types.ts'

/** No training image has an outline like this one: no slice of a head looks like it from afar. */
export const shape: Check = {
  reason: 'shape',
  judge: ({ shape }, limits) => beyond(shape, 'shape', limits),
}
