import { z } from 'zod'
import { CALIBRATED_BY } from './calibration-images.ts'
import { CARD_ITEMS, type CardItem, cardItemsShape } from './card-items.ts'
import { GyrusError } from './errors.ts'
import { LABELS } from './labels.ts'

/** What is added around the brain's box, as a share of its longer side. */
export const brainMarginSchema = z.number().min(0).max(0.5)

/** How pixels become the network's input. Stored with the model, so that serving does exactly what training did. */
export const preprocessingSchema = z
  .strictObject({
    /** Changes whenever the same image would give other numbers. Kept with every result. */
    version: z.string().min(1),
    /** Side of the square input, px. */
    size: z.int().min(16).max(1024),
    /**
     * The whole image, the box around the head (`findHead`), or the box around the brain (`brainRegion`); where no brain is
     * found, the whole image.
     */
    region: z.enum(['whole', 'head', 'brain']),
    /** Of `brain`: what is added on each side of the box, as a share of its longer side. */
    margin: brainMarginSchema.optional(),
    /** Colours as they are, or their mean in all three channels. */
    colour: z.enum(['as-is', 'grey']),
    resize: z.strictObject({ fit: z.enum(['fill', 'contain']), kernel: z.enum(['linear', 'cubic', 'lanczos3']) }),
    /** These images are stretched to 0–255 between two percentiles of the region: all, or those of more than 8 bits. */
    stretch: z.strictObject({
      images: z.enum(['all', 'high-bit-depth']),
      percentiles: z.tuple([z.number().min(0).max(100), z.number().min(0).max(100)]),
    }),
    /** `(value − mean) / std`, values 0–255, the same for the three channels. */
    normalise: z.strictObject({ mean: z.number(), std: z.number().positive() }),
  })
  .refine(({ region, margin }) => (region === 'brain') === (margin !== undefined), {
    message: 'a margin belongs to “brain”',
  })
export type Preprocessing = z.infer<typeof preprocessingSchema>

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
/** A file inside the model's folder. */
const file = z.string().regex(/^(?!.*\.\.)\w[\w./-]*$/)

/** A name that is safe as a folder's, on every system. */
export const modelIdSchema = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/)

/**
 * Largest tolerance for golden images. Ten times what an export may differ from what was trained (1e-4): the rest is
 * room for other processors and providers, and the shipped models carry it (docs/model.md). Without a bound, a folder
 * could excuse any difference, and the check would prove nothing.
 */
export const GOLDEN_TOLERANCE = 1e-3

/** `model.json`: what the engine needs to serve a model. */
export const manifestSchema = z.strictObject({
  id: modelIdSchema,
  version: z.string(),
  weights: z.strictObject({ file, sha256 }),
  /** Order of the output vector. */
  labels: z.tuple([z.literal(LABELS[0]), z.literal(LABELS[1]), z.literal(LABELS[2]), z.literal(LABELS[3])]),
  /** Logits are divided by this before the softmax. */
  temperature: z.number().positive(),
  preprocessing: preprocessingSchema,
  /** Golden images, relative to the model's folder, with the probabilities that must be reproduced within `tolerance`. */
  golden: z.strictObject({
    tolerance: z.number().positive().max(GOLDEN_TOLERANCE),
    images: z.array(z.strictObject({ file, sha256, probabilities: z.array(z.number()).length(LABELS.length) })).min(1),
  }),
  /** What sets thresholds and conformal limits (`calibrationImagesSchema`); models of earlier versions have none. */
  calibration: z.strictObject({ file, sha256, by: z.enum(CALIBRATED_BY) }).optional(),
  /** What the images were like that it learned from (`modelInputsSchema`), and what wrote it; models of earlier versions have none. */
  inputs: z.strictObject({ file, sha256, by: z.string() }).optional(),
  /** What says where a tumour is (`heatSchema`), and what wrote it; few models have one. */
  heat: z.strictObject({ file, sha256, by: z.string() }).optional(),
  /** From where on it may not be asked about an image (`inputGateFileSchema`), and what wrote it; models of earlier versions have none. */
  inputGate: z.strictObject({ file, sha256, by: z.string() }).optional(),
  /** Its training images, to find similar ones among (`SimilarFile`), and what wrote it; models of earlier versions have none. */
  similar: z.strictObject({ file, sha256, by: z.string() }).optional(),
})
export type ModelManifest = z.infer<typeof manifestSchema>

const share = z.number().min(0).max(1)
/** At 95 %; null where it was not measured. */
const interval = z.tuple([share, share]).nullable()
/** Images counted among so many; null where it was not measured. */
const count = z.strictObject({ n: z.int(), of: z.int() }).nullable()

/** A measured figure with what it was measured on. */
export const cardResultSchema = z.strictObject({
  name: z.string(),
  data: z.string(),
  /** How training and measured images were kept apart. */
  splitRule: z.string(),
  /** Images measured. */
  n: z.int(),
  accuracy: share,
  macroRecall: share,
  /** Null for a class without images. */
  recall: z.record(z.enum(LABELS), share.nullable()),
  intervals: z.strictObject({
    accuracy: interval,
    macroRecall: interval,
    /** Cards of earlier versions have none. */
    recall: z.record(z.enum(LABELS), interval).optional(),
  }),
  tumourCalledNone: count,
  noneCalledTumour: count,
  /** Expected calibration error of the served confidences, 15 bins; null where it was not measured. */
  ece: share.nullable(),
  date: z.iso.date(),
})
export type CardResult = z.infer<typeof cardResultSchema>

/** How many of the tumours in other images were not called “no tumour”. */
const sensitivitySchema = z.strictObject({
  name: z.string(),
  data: z.string(),
  n: z.int(),
  sensitivity: share,
  /** Mean over groups of images that belong together; null where it was not measured. */
  groupMean: share.nullable(),
  date: z.iso.date(),
})

/** What a model is right about without seeing the tumour. */
const shortcutSchema = z.strictObject({
  name: z.string(),
  value: share,
  n: z.int(),
  data: z.string(),
  date: z.iso.date(),
})

/**
 * `card.json`: what a reader should know about a model. Items after CLAIM 2024 (Tejani et al., Radiology: Artificial
 * Intelligence 6:e240300) and the transparency principles for machine learning-enabled medical devices (FDA, Health
 * Canada and MHRA 2024).
 */
export const cardSchema = z.strictObject({
  name: z.string(),
  id: z.string(),
  version: z.string(),
  date: z.iso.date(),
  architecture: z.string(),
  weightsSha256: sha256,
  training: z.strictObject({
    recipe: z.string(),
    data: z.string(),
    dataSha256: sha256,
    images: z.record(z.enum(LABELS), z.int()),
    splitRule: z.string(),
    seed: z.int(),
  }),
  /** How the truth of the training and test images was found. */
  groundTruth: z.string(),
  /** Whose images they are, and what is not known of them. */
  population: z.string(),
  calibration: z.string(),
  /** When the model says what, and which data set that. */
  operatingPoint: z.string(),
  /** What is known of copies and patients on both sides of the splits. */
  leakage: z.string(),
  intendedUse: z.string(),
  outOfScope: z.array(z.string()),
  limits: z.array(z.string()),
  /** Hazards of its use, and what is done about them. */
  risks: z.array(z.string()),
  results: z.array(cardResultSchema),
  tumourSensitivity: z.array(sensitivitySchema),
  shortcuts: z.array(shortcutSchema),
  licence: z.string(),
  ...cardItemsShape,
})
export type ModelCard = z.infer<typeof cardSchema>

/** What only people can say of a model; what is left out is said in general words. */
export const aboutSchema = cardSchema
  .pick({
    name: true,
    groundTruth: true,
    population: true,
    intendedUse: true,
    outOfScope: true,
    limits: true,
    risks: true,
    leakage: true,
    licence: true,
    ...(Object.fromEntries(CARD_ITEMS.map((item) => [item, true])) as Record<CardItem, true>),
  })
  .extend({ data: z.string() })
  .partial()
export type About = z.infer<typeof aboutSchema>

/**
 * Reads a JSON file of a model's folder.
 *
 * @throws GyrusError `model-invalid` where it is no JSON or does not fit the schema
 */
export function parseModelFile<T>(model: string, file: string, text: string, schema: z.ZodType<T>): T {
  const invalid = (reason: string) => new GyrusError('model-invalid', { model, reason: `${file}: ${reason}` })
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw invalid('not JSON')
  }
  const parsed = schema.safeParse(json)
  const issue = parsed.error?.issues[0]
  if (issue) throw invalid(`${issue.path.join('.')}: ${issue.message}`)
  return parsed.data as T
}

/** The card must speak of the very weights that are served. @throws GyrusError `model-altered` */
export function checkCard(model: string, manifest: ModelManifest, card: ModelCard): void {
  const same = card.id === manifest.id && card.version === manifest.version
  if (!same || card.weightsSha256 !== manifest.weights.sha256) {
    throw new GyrusError('model-altered', { model, file: 'card.json' })
  }
}
