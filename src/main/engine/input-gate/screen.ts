import { beyond } from './beyond.ts'
import type { Check } from './types.ts'

/** The grid of a screen’s pixels shows as a regular pattern. */
export const screen: Check = {
  reason: 'screen',
  judge: ({ look }, limits) => beyond(look.pattern, 'pattern', limits),
}
