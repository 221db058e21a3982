import { beyond } from './beyond.ts'
import type { Check } from './types.ts'

/** More beside the head is bright and thin than in the training images: letters, scales, arrows, frames. */
export const text: Check = {
  reason: 'text',
  judge: ({ look }, limits) => beyond(look.marks, 'marks', limits),
}
