import { z } from 'zod'
import { caseIdSchema } from './cases.ts'
import { priorSchema, seriesSchema, stackWindowSchema } from './series.ts'

/** The part of the contract that is about stacks of slices. */
export const seriesContract = {
  /** The series that a case is, or is a slice of; null where it is neither. */
  'cases.series': { may: 'read', input: z.strictObject({ id: caseIdSchema }), output: seriesSchema.nullable() },
  /** The one window at which all slices of a series, or frames of a file, open; null for what is no stack, or in colour. */
  'cases.stack-window': {
    may: 'read',
    input: z.strictObject({ id: caseIdSchema }),
    output: z.strictObject({ window: stackWindowSchema.nullable() }),
  },
  /** Other series of the same patient (same ID, and no other name or issuer where both name one), the newest study first; 50 at most. */
  'cases.priors': {
    may: 'read',
    input: z.strictObject({ id: caseIdSchema }),
    output: z.strictObject({ priors: z.array(priorSchema) }),
  },
} as const
