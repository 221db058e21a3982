import type { Check } from './types.ts'

/** Without what the training images were like, nobody can say that a picture is like them: it must not pass as if. */
export const unjudged: Check = {
  reason: 'unjudged',
  judge: ({ distance, shape }, limits) =>
    limits === null || distance === null || shape === null ? 'borderline' : null,
}
