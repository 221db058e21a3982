import { z } from 'zod'
import { failureSchema, instantSchema } from './cases.ts'
import { searchRequestSchema } from './search.ts'
import { RUN_STATES, recipeChangesSchema } from './training.ts'
import { runIdSchema, setRefSchema, setTrainingSchema } from './training-contract.ts'

/** Where a search stands. `interrupted`: Gyrus ended while it ran. All but `running` and `finished` can be resumed. */
export const SEARCH_STATES = ['running', 'finished', 'cancelled', 'failed', 'interrupted'] as const

/** A search on record. */
export const searchSchema = z.strictObject({
  id: z.string(),
  request: searchRequestSchema,
  state: z.enum(SEARCH_STATES),
  failure: failureSchema.nullable(),
  createdAt: instantSchema,
  createdBy: z.string(),
})
export type SearchRecord = z.infer<typeof searchSchema>

/** A trial that was planned; its run and state are null where it was not begun. */
export const trialSchema = z.strictObject({
  /** From 1. */
  number: z.int(),
  changes: recipeChangesSchema,
  run: z.string().nullable(),
  state: z.enum(RUN_STATES).nullable(),
  /** Of the finished network. */
  validation: z.strictObject({ loss: z.number(), macroRecall: z.number() }).nullable(),
  seconds: z.number().nullable(),
})
export type TrialRow = z.infer<typeof trialSchema>

const rowSchema = searchSchema.extend({
  set: setRefSchema.nullable(),
  planned: z.int(),
  done: z.int(),
  /** Run of the trial with the lowest validation loss so far. */
  best: z.string().nullable(),
})
export type SearchRow = z.infer<typeof rowSchema>

/** The part of the contract that is about searches: a recipe trained many times with other settings. */
export const searchContract = {
  /** Begins a search; its trials are runs like any other, and events of type `run` tell of them and of its end. */
  'search.start': {
    may: 'administer',
    input: searchRequestSchema.omit({ request: true }).extend({ training: setTrainingSchema }),
    output: z.strictObject({ id: z.string() }),
  },
  /** All searches that were begun from the screens, newest first. */
  'search.list': {
    may: 'read',
    input: z.strictObject({}),
    output: z.strictObject({ searches: z.array(rowSchema) }),
  },
  'search.get': {
    may: 'read',
    input: runIdSchema,
    output: z.strictObject({ search: rowSchema, trials: z.array(trialSchema) }),
  },
  /** Ends it, with the trial that runs. */
  'search.cancel': { may: 'administer', input: runIdSchema, output: z.strictObject({}) },
  /** Goes on with one that was cancelled, interrupted or failed; finished trials count. */
  'search.resume': { may: 'administer', input: runIdSchema, output: z.strictObject({}) },
} as const
