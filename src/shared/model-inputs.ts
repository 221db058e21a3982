import { z } from 'zod'
import { MOST_BINS } from './bins.ts'
import { GyrusError } from './errors.ts'
import { STATISTICS } from './input-statistics.ts'
import type { ModelManifest } from './model.ts'

/** Numbers and components at most, so that the file stays below a megabyte. */
const [WIDEST, MOST_COMPONENTS] = [4_096, 64]

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
/** Half- or single-precision numbers, little-endian. */
const base64 = z.base64()
const share = z.number().min(0).max(1)
const distance = z.number().min(0)

/** Images in bins: bin i begins at cut i − 1, which is in it; the first and the last one are open. */
export const binnedSchema = z
  .strictObject({
    cuts: z.array(z.number()).max(MOST_BINS - 1),
    counts: z.array(z.int().min(0)).min(1).max(MOST_BINS),
  })
  .refine(({ cuts, counts }) => counts.length === cuts.length + 1, 'as many bins as cuts, and one')
  .refine(({ cuts }) => cuts.every((cut, i) => i === 0 || cut > (cuts[i - 1] as number)), 'cuts must ascend')
  .refine(({ counts }) => counts.some((n) => n > 0), 'no images')
export type Binned = z.infer<typeof binnedSchema>

/** Which images, in words. */
const imagesSchema = z.strictObject({ data: z.string(), n: z.int().positive() })

/**
 * The training images’ features as a normal distribution, and how far from it images are that took no part in it. Its
 * covariance is that of the `variances.length` largest principal components, and the same, `rest`, in every other direction.
 */
export const featuresSchema = z
  .strictObject({
    /** Numbers a feature vector has. */
    width: z.int().positive().max(WIDEST),
    /** `width` single-precision numbers. */
    mean: base64,
    /** Of the components, largest first. */
    variances: z.array(z.number().positive()).max(MOST_COMPONENTS),
    /** Unit vectors: `variances.length × width` half-precision numbers. */
    components: base64,
    rest: z.number().positive(),
    /** Share of the variance that the components have. */
    explained: share,
    /** Distances of images that the network did not learn from. */
    distance: imagesSchema.extend({ bins: binnedSchema, p50: distance, p95: distance }).nullable(),
  })
  .refine(({ width, mean }) => bytesIn(mean) === 4 * width, 'the mean has another width')
  .refine(
    ({ width, variances, components }) => bytesIn(components) === 2 * width * variances.length,
    'the components have another width',
  )

/** `inputs.json`: what the images were like that a model learned from, for monitoring to hold its use against. */
export const modelInputsSchema = z.strictObject({
  format: z.literal(1),
  weightsSha256: sha256,
  /** Version of the preprocessing that they went through. */
  preprocessing: z.string(),
  date: z.iso.date(),
  /** The images that trained it. `sha256`: of the labelled ones and those that chose the epoch, as on the card. */
  training: imagesSchema.extend({ sha256 }),
  /** Of the training images, as the network sees them. */
  statistics: z.record(z.enum(STATISTICS), binnedSchema),
  /** Longer side of the training images, px. */
  size: binnedSchema,
  /** Confidence in the answer on images that the network did not learn from; null where there were none. */
  confidence: imagesSchema.extend({ bins: binnedSchema }).nullable(),
  features: featuresSchema,
})
export type ModelInputs = z.infer<typeof modelInputsSchema>

/** It must speak of the very weights and preprocessing that are served. @throws GyrusError `model-altered` */
export function checkInputs(model: string, { weights, preprocessing, inputs }: ModelManifest, made: ModelInputs): void {
  if (made.weightsSha256 === weights.sha256 && made.preprocessing === preprocessing.version) return
  throw new GyrusError('model-altered', { model, file: inputs?.file ?? '' })
}

const bytesIn = (text: string) => (text.length / 4) * 3 - (/=*$/.exec(text)?.[0].length ?? 0)
