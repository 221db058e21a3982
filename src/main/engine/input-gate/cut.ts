import { beyond } from './beyond.ts'
import type { Check } from './types.ts'

/** More of the border lies on the head than in the training images: their own cut is the neck’s. */
export const cut: Check = {
  reason: 'cut',
  judge: ({ look }, limits) => beyond(look.cut, 'cut', limits),
}
