import { z } from 'zod'
import { caseIdSchema } from './cases.ts'
import { sendingCountsSchema, sendingSchema, sendToSchema } from './sending.ts'

const nothing = z.strictObject({})
const one = z.strictObject({ id: z.int() })

/** The part of the contract that is about sending results to a PACS. */
export const sendingContract = {
  /** Has report and picture of a case sent; events of type `sendings` tell how it comes along. */
  'cases.send': {
    may: 'review',
    input: z.strictObject({ id: caseIdSchema, pacs: z.uuid() }),
    output: one,
  },
  /** Of one case, newest first. */
  'sendings.of-case': {
    may: 'read',
    input: z.strictObject({ id: caseIdSchema }),
    output: z.strictObject({ sendings: z.array(sendingSchema) }),
  },
  'sendings.count': { may: 'read', input: nothing, output: sendingCountsSchema },
  /** Those that did not arrive, newest first; no more than 100. */
  'sendings.failing': { may: 'read', input: nothing, output: z.strictObject({ sendings: z.array(sendingSchema) }) },
  /** At once. */
  'sendings.retry': { may: 'review', input: one, output: nothing },
  /** It is not sent; another one can be asked for. */
  'sendings.give-up': { may: 'review', input: one, output: nothing },
  'sending.get': { may: 'read', input: nothing, output: sendToSchema },
  'sending.set': { may: 'administer', input: sendToSchema, output: nothing },
} as const
