import { z } from 'zod'
import { caseIdSchema } from './cases.ts'

/** As DICOM has it (LO): longer names, backslashes and control characters are no values of it. */
export const MAX_ORGANISATION = 64
const organisationSchema = z
  .string()
  .trim()
  .max(MAX_ORGANISATION)
  .refine((name) => !/[\\\p{Cc}]/u.test(name), 'it has a backslash or a control character')

export const objectsSettingsSchema = z.strictObject({
  /** Whether DICOM objects may be made of a case that nobody has signed; they say that they are preliminary. */
  beforeSigning: z.boolean(),
  /** Whose readers verify reports; '' where it is not stated. */
  organisation: organisationSchema,
})
export type ObjectsSettings = z.infer<typeof objectsSettingsSchema>
const objectsChangeSchema = objectsSettingsSchema.partial()
/** What is given is changed. */
export type ObjectsChange = z.infer<typeof objectsChangeSchema>

/** The part of the contract that is about results as DICOM objects. */
export const objectsContract = {
  /** Report and picture of a case as a ZIP of DICOM files, to be fetched once from `path`. On record before it is given out. */
  'cases.objects': {
    may: 'review',
    input: z.strictObject({ id: caseIdSchema }),
    output: z.strictObject({ path: z.string() }),
  },
  'objects.get': { may: 'read', input: z.strictObject({}), output: objectsSettingsSchema },
  'objects.set': { may: 'administer', input: objectsChangeSchema, output: z.strictObject({}) },
} as const
