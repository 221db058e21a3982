import { z } from 'zod'
import { failureSchema, instantSchema, sha256Schema } from './cases.ts'
import type { DatasetAudit } from './dataset.ts'
import { datasetNameSchema, frozenImageSchema } from './frozen-dataset.ts'
import { LABELS } from './labels.ts'

const countsSchema = z.strictObject({
  groups: z.int(),
  images: z.int(),
  acrossSplits: z.int(),
  acrossClasses: z.int(),
  largest: z.int(),
})
const shareSchema = z.strictObject({ n: z.int(), of: z.int(), share: z.number().nullable() })
const perLabel = <T extends z.ZodType>(schema: T) => z.record(z.enum(LABELS), schema)
const sidesSchema = z.strictObject({ images: z.int(), training: z.int(), validation: z.int(), testing: z.int() })
const pairSchema = z.strictObject({ file: z.string(), copy: z.string(), correlation: z.number(), turn: z.string() })

/** What an audit found, as `DatasetAudit`. */
export const auditSchema = z.strictObject({
  sha256: sha256Schema,
  images: z.int(),
  unreadable: z.strictObject({
    n: z.int(),
    files: z.array(z.strictObject({ file: z.string(), failure: failureSchema })),
  }),
  perClass: perLabel(sidesSchema),
  exact: countsSchema,
  near: countsSchema,
  testWithNearCopy: shareSchema.extend({ perClass: perLabel(shareSchema) }),
  testWithNearCopyAsIs: shareSchema,
  patientsOnBothSides: z.strictObject({ n: z.int(), patients: z.array(z.string()), testImages: z.int() }),
  patientsInTwoClasses: z.strictObject({ n: z.int(), patients: z.array(z.string()) }),
  pairs: z.array(pairSchema),
  groups: z.array(z.array(z.string())),
  problems: z.array(failureSchema),
}) satisfies z.ZodType<DatasetAudit>

/** `audit.json`, beside the `dataset.json` of the version that was audited. */
export const storedAuditSchema = z.strictObject({
  format: z.literal(1),
  auditedAt: instantSchema,
  auditedBy: z.string(),
  audit: auditSchema,
})
export type StoredAudit = z.infer<typeof storedAuditSchema>

/** The figures of an audit. */
export const auditFiguresSchema = storedAuditSchema.omit({ format: true, audit: true }).extend({
  ...auditSchema.omit({ pairs: true, groups: true, unreadable: true, perClass: true, problems: true }).shape,
})
export type AuditFigures = z.infer<typeof auditFiguresSchema>

/** Which near-duplicate groups: all, those on two sides, or those under two labels. */
export const GROUP_KINDS = ['all', 'sides', 'labels'] as const
export type GroupKind = (typeof GROUP_KINDS)[number]

/** An image of a frozen set as a page shows it. */
export const shownImageSchema = frozenImageSchema.pick({
  file: true,
  sha256: true,
  label: true,
  split: true,
  patient: true,
})
export type ShownImage = z.infer<typeof shownImageSchema>

export const copyGroupSchema = z.strictObject({
  images: z.array(
    shownImageSchema.extend({
      /** A test image's closest copy on another side: how like it is, and how it has to be turned. */
      closest: pairSchema.omit({ file: true }).nullable(),
    }),
  ),
})
export type CopyGroup = z.infer<typeof copyGroupSchema>

/** How an audit is going; one runs at a time. */
export const auditStatusSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('idle') }),
  z.strictObject({
    state: z.literal('running'),
    name: datasetNameSchema,
    version: z.int(),
    stage: z.enum(['reading', 'comparing']),
    done: z.int(),
    /** 0 while the images are not counted yet. */
    total: z.int(),
    secondsLeft: z.number().nullable(),
  }),
  z.strictObject({ state: z.literal('done'), name: datasetNameSchema, version: z.int() }),
  z.strictObject({ state: z.literal('failed'), name: datasetNameSchema, version: z.int(), failure: failureSchema }),
])
export type AuditStatus = z.infer<typeof auditStatusSchema>
