import { z } from 'zod'
import { caseIdSchema } from './cases.ts'

/** Whether DICOM objects may be made of a case that nobody has signed; they say that they are preliminary. */
export const objectsSettingsSchema = z.strictObject({ beforeSigning: z.boolean() })
export type ObjectsSettings = z.infer<typeof objectsSettingsSchema>

/** The part of the contract that is about results as DICOM objects. */
export const objectsContract = {
  /** Report and picture of a case as a ZIP of DICOM files, to be fetched once from `path`. On record before it is given out. */
  'cases.objects': {
    may: 'review',
    input: z.strictObject({ id: caseIdSchema }),
    output: z.strictObject({ path: z.string() }),
  },
  'objects.get': { may: 'read', input: z.strictObject({}), output: objectsSettingsSchema },
  'objects.set': { may: 'administer', input: objectsSettingsSchema, output: z.strictObject({}) },
} as const
