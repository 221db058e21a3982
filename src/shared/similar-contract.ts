import { z } from 'zod'
import { caseIdSchema } from './cases.ts'
import { similarSchema } from './similar.ts'

/** The part of the contract that is about similar cases. */
export const similarContract = {
  /**
   * What the network takes for alike: images that it learned from, and signed cases. It tells the answer, and is kept like it
   * from a reader who has recorded no impression.
   */
  'cases.similar': { may: 'read', input: z.strictObject({ id: caseIdSchema }), output: similarSchema },
} as const
