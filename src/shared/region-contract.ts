import { z } from 'zod'
import { regionViewSchema } from './brain-region.ts'
import { caseIdSchema } from './cases.ts'

/** The part of the contract that is about the brain region of a picture. */
export const regionContract = {
  /**
   * Where the brain is in the case's image, what is measured of it, and where its sides differ: worked out anew, also of cases
   * that have nothing of it on record. `frame`: which of the file's images, from 0 on; without it the one that was
   * classified. A reader whose impression comes first is told of no asymmetry before that.
   */
  'cases.region': {
    may: 'read',
    input: z.strictObject({ id: caseIdSchema, frame: z.int().min(0).optional() }),
    output: regionViewSchema,
  },
} as const
