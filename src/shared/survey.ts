import { z } from 'zod'
import { failureSchema, labelSchema } from './cases.ts'

/** What a set calls its classes, before an image is opened. */
export const surveySchema = z.strictObject({
  /** CSV tables that lie in the folder. */
  tables: z.array(z.string()),
  /** Why no classes can be told, e.g. images that are in no class folder. */
  problem: failureSchema.nullable(),
  /** By name; folders of one name, on all sides, are one. */
  classes: z.array(
    z.strictObject({
      name: z.string(),
      images: z.int(),
      training: z.int(),
      validation: z.int(),
      testing: z.int(),
      /** What the name is taken for; null where Gyrus does not know it. */
      label: z.union([labelSchema, z.literal('skip')]).nullable(),
    }),
  ),
})
export type Survey = z.infer<typeof surveySchema>
