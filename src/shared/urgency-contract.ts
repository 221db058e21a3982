import { z } from 'zod'
import { urgencyRuleSchema } from './urgency.ts'

/** The part of the contract that is about which unread case comes first. */
export const urgencyContract = {
  'urgency.get': { may: 'read', input: z.strictObject({}), output: urgencyRuleSchema },
  /** For all readers; cases are put in the new order before it answers. */
  'urgency.set': { may: 'administer', input: urgencyRuleSchema, output: z.strictObject({}) },
} as const
