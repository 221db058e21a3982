import { z } from 'zod'
import { sha256Schema as sha256 } from './cases.ts'
import { SPLIT_NAMES } from './dataset.ts'
import { LABELS } from './labels.ts'

const share = z.number().min(0).max(1)
const label = z.enum(LABELS)

/** The labelled set on which models are judged, as it was when it was locked. */
export const referenceSetSchema = z.strictObject({
  /** As in `DatasetSource`. */
  path: z.string().min(1),
  /** The side of it that is judged on; null for all images. */
  split: z.enum(SPLIT_NAMES).nullable(),
  /** Images of that side. */
  images: z.int().min(1),
  /** Of their files, as in `DatasetAudit`. */
  sha256,
  /** Of the lines `<class>  <path>`, sorted by path: a CSV table's classes are in no file of the set. */
  classesSha256: sha256,
})
/** Which images are to be judged on. */
export type ReferenceSource = Pick<z.infer<typeof referenceSetSchema>, 'path' | 'split'>
export type ReferenceSet = z.infer<typeof referenceSetSchema>

/** How a model is held against the readers of this department. */
const shadowSchema = z.strictObject({
  /** How many of the last signed cases are read again; fewer where there are fewer. */
  cases: z.int().min(1).max(10_000),
  /** By how much its agreement with the readers may be below that of the active model. */
  margin: share,
})

/** `gate.json`: what a model must show before it may be used. */
export const gateSchema = z.strictObject({
  /** Null: only golden images and labels can be checked, which must be asked for with a reason. */
  reference: referenceSetSchema.nullable(),
  /** By how much macro recall may be below that of the active model. */
  macroRecallMargin: share,
  recallFloor: z.record(label, share),
  /** Of the expected calibration error in 15 bins of equal width. */
  eceCeiling: share,
  /** Of the share of tumours that are called “no tumour”. */
  tumourCalledNoneCeiling: share,
  /** Left out or null: none. Both models also read the last signed cases again. */
  shadow: shadowSchema.nullable().optional(),
  /** Left out or false: one administrator is enough to put a model in force. */
  twoPersons: z.boolean().optional(),
})
export type Gate = z.infer<typeof gateSchema>

/** In force until a department sets its own. */
export const DEFAULT_GATE: Gate = {
  reference: null,
  macroRecallMargin: 0.01,
  recallFloor: { glioma: 0.75, meningioma: 0.7, notumor: 0.85, pituitary: 0.8 },
  eceCeiling: 0.08,
  tumourCalledNoneCeiling: 0.05,
}

export const CRITERIA = [
  'golden-images',
  'labels',
  'reference-images',
  'macro-recall',
  'recall',
  'ece',
  'tumour-called-none',
  'shadow',
] as const
export type Criterion = (typeof CRITERIA)[number]

/** What a reader sees for each criterion. */
export const CRITERION_NAMES: Record<Criterion, string> = {
  'golden-images': 'Golden images, largest difference',
  labels: 'Labels',
  'reference-images': 'Reference images read',
  'macro-recall': 'Macro recall, against the active model',
  recall: 'Recall',
  ece: 'Calibration error (ECE)',
  'tumour-called-none': 'Tumours called “no tumour”',
  shadow: 'Agreement with the last signed cases, against the active model',
}

const valueSchema = z.union([z.number(), z.string()])

/** One criterion: what was wanted, what was found. */
export const findingSchema = z.strictObject({
  criterion: z.enum(CRITERIA),
  /** The class, where the criterion is for one. */
  label: label.nullable(),
  comparison: z.enum(['at-least', 'at-most', 'same']),
  /** Null where it cannot be said, e.g. without figures of the active model. */
  wanted: valueSchema.nullable(),
  found: valueSchema.nullable(),
  passed: z.boolean(),
})
export type Finding = z.infer<typeof findingSchema>

/** What is judged of a model on a labelled set; shares are null where there is nothing to take one of. */
export const setFiguresSchema = z.strictObject({
  /** Images that were read. */
  n: z.int(),
  accuracy: share.nullable(),
  macroRecall: share.nullable(),
  recall: z.record(label, share.nullable()),
  ece: share,
  tumourCalledNone: share.nullable(),
  /** Wall time for one image on this machine, decoding included, ms. */
  millisecondsPerImage: z.exactOptional(z.number().min(0)),
})
export type SetFigures = z.infer<typeof setFiguresSchema>

const agreementSchema = z.strictObject({ read: z.int(), agreed: z.int(), share: share.nullable() })
export type Agreement = z.infer<typeof agreementSchema>

/** What the gate found of a model; kept with its activation. */
export const gateResultSchema = z.strictObject({
  passed: z.boolean(),
  findings: z.array(findingSchema),
  /** The set, and both models' figures on it; null where only golden images and labels were checked. */
  reference: z
    .strictObject({
      ...referenceSetSchema.shape,
      candidate: setFiguresSchema,
      /** Null where the active model cannot be used. */
      active: setFiguresSchema.extend({ id: z.string() }).nullable(),
    })
    .nullable(),
  /** Why there was no reference set, in the words of who activated. */
  withoutReference: z.string().nullable(),
  /** Signed cases that both models read again; left out where that was not asked for. */
  shadow: z.exactOptional(
    z.strictObject({
      /** Cases, and how many of them each model could read and called as the reader did. */
      n: z.int(),
      candidate: agreementSchema,
      /** Null where the active model cannot be used. */
      active: agreementSchema.nullable(),
    }),
  ),
  /** Who proposed it, where two persons were needed. */
  proposed: z.exactOptional(z.strictObject({ by: z.string(), at: z.iso.datetime(), reason: z.string() })),
})
export type GateResult = z.infer<typeof gateResultSchema>

/** A finding in words, e.g. “Recall (glioma): 0.71, wanted at least 0.75”. */
export function describeFinding({ criterion, label, comparison, wanted, found }: Finding): string {
  const name = label === null ? CRITERION_NAMES[criterion] : `${CRITERION_NAMES[criterion]} (${label})`
  const asked = comparison === 'same' ? 'wanted' : `wanted ${comparison.replace('-', ' ')}`
  return `${name}: ${formatValue(found)}, ${asked} ${formatValue(wanted)}`
}

function formatValue(value: number | string | null): string {
  if (value === null) return 'not known'
  if (typeof value === 'string' || Number.isInteger(value)) return String(value)
  return value < 0.001 ? value.toExponential(1) : value.toFixed(4)
}
