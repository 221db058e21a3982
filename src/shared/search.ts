import { z } from 'zod'
import { recipeChangesSchema, trainingRequestSchema } from './training.ts'

/** What of a recipe can be searched over. */
export const SEARCHABLE = recipeChangesSchema.keyof().options
export type Searchable = (typeof SEARCHABLE)[number]
/** Those that are whole numbers. */
export const WHOLE: readonly Searchable[] = ['epochs', 'batch', 'size']

/** Values to try, or two ends between which to draw; `log` draws evenly in the logarithm. */
export const rangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('values'), name: z.enum(SEARCHABLE), values: z.array(z.number()).min(1).max(100) }),
  z
    .strictObject({
      kind: z.literal('between'),
      name: z.enum(SEARCHABLE),
      low: z.number(),
      high: z.number(),
      log: z.boolean(),
    })
    .refine(({ low, high, log }) => low < high && (!log || low > 0), { message: 'the ends must be in order' }),
])
export type SearchRange = z.infer<typeof rangeSchema>

export const searchRequestSchema = z.strictObject({
  /** What every trial shares. */
  request: trainingRequestSchema,
  ranges: z.array(rangeSchema).min(1).max(8),
  /** Every combination, in order; or combinations drawn at random. */
  mode: z.enum(['grid', 'random']),
  /** Most trials. */
  trials: z.int().min(1).max(1000),
  /** No trial is begun after this many seconds. */
  budgetSeconds: z.number().positive(),
})
export type SearchRequest = z.infer<typeof searchRequestSchema>
