import { beyond } from './beyond.ts'
import type { Check } from './types.ts'

/** Far from the training images in the network’s own features. */
export const unlike: Check = {
  reason: 'unlike',
  judge: ({ distance }, limits) => beyond(distance, 'distance', limits),
}
