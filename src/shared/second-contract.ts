import { z } from 'zod'
import { caseDetailSchema, caseIdSchema } from './cases.ts'
import { secondSettingsSchema } from './reading.ts'
import { readingChangesSchema, readingSpanSchema } from './reading-changes.ts'
import { LABEL_UNFIT, labelFits, verdictInput } from './verdict-input.ts'

/** The part of the contract that is about second readings, adjudication, and what the answer did to readings. */
export const secondContract = {
  /** Has two read the case; a mark stays. */
  'cases.mark-second': { may: 'review', input: z.strictObject({ id: caseIdSchema }), output: caseDetailSchema },
  /** What the second reader says, who is not told what the first one does; signed as it is given. */
  'cases.read-second': {
    may: 'review',
    input: z.strictObject({ id: caseIdSchema, ...verdictInput }).refine(labelFits, LABEL_UNFIT),
    output: caseDetailSchema,
  },
  /** A third reader's verdict between two that differ, signed with it. `over`: the first reader's on the screen. */
  'cases.adjudicate': {
    may: 'review',
    input: z.strictObject({ id: caseIdSchema, over: z.int(), ...verdictInput }).refine(labelFits, LABEL_UNFIT),
    output: caseDetailSchema,
  },
  /** Active accounts that may read cases: where they are fewer than `READERS_NEEDED`, nobody can decide between two. */
  'readers.count': { may: 'read', input: z.strictObject({}), output: z.strictObject({ active: z.int() }) },
  /** Which cases two read by themselves, and who decides where they differ. */
  'second.get': { may: 'read', input: z.strictObject({}), output: secondSettingsSchema },
  'second.set': { may: 'administer', input: secondSettingsSchema, output: z.strictObject({}) },
  /** How readings changed once the answer was shown: a radiologist's own; those of all for who administers or audits. */
  'readings.changes': { may: 'read', input: readingSpanSchema, output: readingChangesSchema },
} as const
