import { z } from 'zod'
import { GyrusError } from './errors.ts'
import type { ModelManifest } from './model.ts'

/** What the input gate holds against a model’s own images. */
export const GATE_MEASURES = ['distance', 'shape', 'sharpness', 'noise', 'clipped', 'cut', 'marks', 'pattern'] as const
export type GateMeasure = (typeof GATE_MEASURES)[number]

/** What a reader calls them, and what their numbers are; shares are told in percent. */
export const GATE_MEASURE_NAMES: Record<GateMeasure, { name: string; unit: string; share?: true }> = {
  distance: {
    name: 'Distance from the training images, by the network’s features',
    unit: 'Mahalanobis, without a unit: its mean square over the training images is 1',
  },
  shape: {
    name: 'Distance from the nearest training image, by its outline',
    unit: 'over 144 fields of deviation 1, without a unit: 0 for the same outline, some 17 for one that has nothing to do with it',
  },
  sharpness: {
    name: 'Sharpness',
    unit: 'common logarithm of the variance of the Laplacian, in greys of 0–255: 1 less is a tenth',
  },
  noise: { name: 'Noise', unit: 'standard deviation, in greys of 0–255' },
  clipped: { name: 'Part of the head that is plain black or white', unit: '% of its pixels', share: true },
  cut: { name: 'Part of the border that the head lies on', unit: '% of its length', share: true },
  marks: {
    name: 'Part of the picture that is bright and thin beside the head',
    unit: '% of its pixels',
    share: true,
  },
  pattern: {
    name: 'Regular pattern',
    unit: 'common logarithm of the power of one frequency over that of those around it: 1 is ten times',
  },
}

/** An image beyond the first is borderline, beyond the second outside; where the second is the lower one, below is beyond. */
export const gateLimitSchema = z.strictObject({ borderline: z.number(), outside: z.number() })
export type GateLimit = z.infer<typeof gateLimitSchema>

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** Side of the outlines, cells; and how many of them at most, so that the file stays near a megabyte. */
export const [OUTLINE_SIDE, MOST_OUTLINES] = [12, 6_000]
/** An outline’s values are kept as whole numbers, so many to one. */
export const OUTLINE_STEPS = 32

/** `input-gate.json` of a model’s folder: from where on it may not be asked about an image. */
export const inputGateFileSchema = z
  .strictObject({
    format: z.literal(1),
    weightsSha256: sha256,
    /** Version of the preprocessing that its images went through. */
    preprocessing: z.string(),
    date: z.iso.date(),
    /** Which images set the limits, in words. */
    data: z.string(),
    limits: z.record(z.enum(GATE_MEASURES), gateLimitSchema),
    outlines: z.strictObject({
      n: z.int().positive().max(MOST_OUTLINES),
      /** Of training images: `n × OUTLINE_SIDE²` whole numbers of 8 bits. */
      values: z.base64(),
    }),
  })
  .refine(
    ({ outlines: { n, values } }) =>
      (values.length / 4) * 3 - (/=*$/.exec(values)?.[0].length ?? 0) === n * OUTLINE_SIDE ** 2,
    'not as many outlines',
  )
export type InputGateFile = z.infer<typeof inputGateFileSchema>

/** It must speak of the very weights and preprocessing that are served. @throws GyrusError `model-altered` */
export function checkInputGate(
  model: string,
  { weights, preprocessing, inputGate }: ModelManifest,
  made: InputGateFile,
) {
  if (made.weightsSha256 === weights.sha256 && made.preprocessing === preprocessing.version) return
  throw new GyrusError('model-altered', { model, file: inputGate?.file ?? '' })
}

/** For the card: what is held against what, and from where on it is beyond. */
export function gateInWords({ data, limits }: Pick<InputGateFile, 'data' | 'limits'>): string {
  const of = (measure: GateMeasure) => {
    const { borderline, outside } = limits[measure]
    const { name, unit, share } = GATE_MEASURE_NAMES[measure]
    const [caution, refusal] = [borderline, outside].map(
      (limit) => `${Number((share ? 100 * limit : limit).toPrecision(3))}${share ? ' %' : ''}`,
    )
    return `${name} (${unit}): ${outside < borderline ? 'below' : 'above'} ${caution} a caution, ${refusal} not judged`
  }
  return `Set by ${data}. ${GATE_MEASURES.map(of).join('; ')}. Beside these: what the file says of modality, sequence and plane; empty, coloured and small pictures.`
}

/** For the card of a model without limits. */
export const NO_INPUT_GATE =
  'It carries nothing to tell by whether an image is like those that it learned from: every answer is said to be unchecked. Only what the file says of modality, sequence and plane is looked at, and empty, coloured and small pictures.'
