import { beyond } from './beyond.ts'
import type { Check } from './types.ts'

/** Noisier, as the network sees it, than the training images. */
export const noisy: Check = {
  reason: 'noisy',
  judge: ({ statistics }, limits) => beyond(statistics.noise, 'noise', limits),
}
