import { z } from 'zod'
import {
  foundSeriesSchema,
  knownPacsSchema,
  pacsSecretSchema,
  pacsSettingsSchema,
  pacsTestSchema,
  retrievalSchema,
  retrieveSchema,
  studiesFoundSchema,
  studyQuerySchema,
  uidSchema,
} from './pacs.ts'

const nothing = z.strictObject({})
const one = z.strictObject({ id: z.uuid() })

/** The part of the contract that is about asking a PACS. */
export const pacsContract = {
  /** How connections are set, without what is secret. */
  'pacs.list': { may: 'oversee', input: nothing, output: z.strictObject({ pacs: z.array(knownPacsSchema) }) },
  /** `id`: null adds one. `secret`: null takes it away; left out, it stays. */
  'pacs.set': {
    may: 'administer',
    input: z.strictObject({
      id: z.uuid().nullable(),
      settings: pacsSettingsSchema,
      secret: pacsSecretSchema.nullable().optional(),
    }),
    output: one,
  },
  'pacs.remove': { may: 'administer', input: one, output: nothing },
  /** Whether it answers, and what it has for us. */
  'pacs.test': { may: 'administer', input: one, output: pacsTestSchema },
  /** A C-ECHO of our own to the listener here. `answered`: false where it turned us away, whose AE title or address is no peer's. */
  'pacs.test-listener': {
    may: 'administer',
    input: nothing,
    output: z.strictObject({ answered: z.boolean(), callingAe: z.string(), address: z.string() }),
  },
  /** Those that are on, by name. */
  'pacs.choices': {
    may: 'review',
    input: nothing,
    output: z.strictObject({ pacs: z.array(z.strictObject({ id: z.uuid(), name: z.string() })) }),
  },
  'pacs.find': {
    may: 'review',
    input: z.strictObject({ pacs: z.uuid(), query: studyQuerySchema }),
    output: studiesFoundSchema,
  },
  'pacs.series': {
    may: 'review',
    input: z.strictObject({ pacs: z.uuid(), studyUid: uidSchema }),
    output: z.strictObject({ series: z.array(foundSeriesSchema) }),
  },
  /** Puts it in the queue; events of type `pacs` tell how it comes along. */
  'pacs.retrieve': { may: 'review', input: retrieveSchema, output: one },
  /** What is under way and waits, and what has ended of late; newest first. */
  'pacs.retrievals': {
    may: 'review',
    input: nothing,
    output: z.strictObject({ retrievals: z.array(retrievalSchema) }),
  },
  /** What came stays. */
  'pacs.cancel': { may: 'review', input: one, output: nothing },
} as const
