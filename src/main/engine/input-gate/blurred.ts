import { beyond } from './beyond.ts'
import type { Check } from './types.ts'

/** Less sharp, as the network sees it, than the training images. */
export const blurred: Check = {
  reason: 'blurred',
  judge: ({ statistics }, limits) => beyond(statistics.sharpness, 'sharpness', limits),
}
