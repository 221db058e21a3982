import type { Check } from './types.ts'

export const colour: Check = {
  reason: 'colour',
  judge: ({ look }) => (look.colour ? 'outside' : null),
}
