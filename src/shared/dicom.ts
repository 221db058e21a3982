import { z } from 'zod'

const textSchema = z.string()
const wholeSchema = z.int().nullable()

/** What a DICOM file says of itself. Texts are '' where it says nothing; dates are ISO 8601, times `hh:mm:ss`. */
export const dicomFactsSchema = z.strictObject({
  /** For a reader. */
  patientName: textSchema,
  /** As it stands in the file, e.g. `Doe^Jane`. */
  patientNameDicom: textSchema,
  patientId: textSchema,
  /** Who gave the patient out that ID. Added later, as the other texts with a default. */
  patientIdIssuer: textSchema.default(''),
  birthDate: textSchema,
  sex: textSchema,
  studyUid: textSchema,
  seriesUid: textSchema,
  instanceUid: textSchema,
  sopClass: textSchema,
  modality: textSchema,
  accessionNumber: textSchema,
  studyDescription: textSchema,
  seriesDescription: textSchema,
  studyDate: textSchema,
  studyTime: textSchema,
  studyId: textSchema.default(''),
  /** As it stands in the file. */
  referringPhysician: textSchema.default(''),
  frameOfReferenceUid: textSchema.default(''),
  seriesNumber: wholeSchema,
  instanceNumber: wholeSchema,
  manufacturer: textSchema,
  manufacturerModel: textSchema,
  /** Tesla. */
  fieldStrength: z.number().nullable(),
  sequenceName: textSchema,
  contrastAgent: textSchema,
  /** Milliseconds. */
  echoTime: z.number().nullable().default(null),
  inversionTime: z.number().nullable().default(null),
  /** Of rows and of columns, mm. */
  pixelSpacing: z.array(z.number()).nullable(),
  /** Of the middle of the first pixel, mm in the patient's system. */
  position: z.array(z.number()).nullable(),
  /** Direction cosines of a row and of a column. */
  orientation: z.array(z.number()).nullable(),
  /** Frames of the file, and which of them was read, from 1 on. */
  frames: z.int(),
  frame: z.int(),
})
export type DicomFacts = z.infer<typeof dicomFactsSchema>
