import { beyond } from './beyond.ts'
import type { Check } from './types.ts'

/** More of the head is plain black or white than of the training images’: a window too narrow, or a drawing. */
export const clipped: Check = {
  reason: 'clipped',
  judge: ({ look }, limits) => beyond(look.clipped, 'clipped', limits),
}
