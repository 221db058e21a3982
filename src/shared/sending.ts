import { z } from 'zod'
import { caseIdSchema, failureSchema, instantSchema } from './cases.ts'

/**
 * `waiting`: to be sent, perhaps once more; `failed`: not tried any more by itself; `given-up`: by somebody; `superseded`: a
 * later one of the same case to the same PACS takes its place.
 */
export const SENDING_STATES = ['waiting', 'sent', 'failed', 'given-up', 'superseded'] as const
export type SendingState = (typeof SENDING_STATES)[number]

/** `signed`: by itself, as the department has set it. */
export const SENDING_REASONS = ['signed', 'asked'] as const
export type SendingReason = (typeof SENDING_REASONS)[number]

/** The result of a case on its way to a PACS. */
export const sendingSchema = z.strictObject({
  id: z.int(),
  caseId: caseIdSchema,
  /** As it was called when it was asked for. */
  pacsName: z.string(),
  state: z.enum(SENDING_STATES),
  why: z.enum(SENDING_REASONS),
  /** Who signed, or asked for it. */
  by: z.string(),
  askedAt: instantSchema,
  tries: z.int(),
  /** When it is tried next; null where it is not. */
  nextAt: instantSchema.nullable(),
  /** Of the last try; null where there was none, or it went well. */
  failure: failureSchema.nullable(),
  /** Null while it waits. */
  endedAt: instantSchema.nullable(),
})
export type Sending = z.infer<typeof sendingSchema>

/** Where results go by themselves after the signature: a PACS's id; null for nowhere. */
export const sendToSchema = z.strictObject({ to: z.uuid().nullable() })

/** How many are on their way, and how many of these, or of those that ended, did not arrive. */
export const sendingCountsSchema = z.strictObject({ waiting: z.int(), failing: z.int() })
export type SendingCounts = z.infer<typeof sendingCountsSchema>
