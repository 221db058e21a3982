import { z } from 'zod'

/** What stands over all that is tried out on a picture. */
export const EXPERIMENT_MARK = 'Experiment – not a result'

/** From the least to the most of what a step can be given. */
export const STEP_RANGES = {
  /** Degrees, clockwise. */
  degrees: [-180, 180],
  /** Times as large. */
  factor: [0.25, 4],
  /** Shares of width and height. */
  shift: [-0.5, 0.5],
  /** Share of white that is added. */
  brightness: [-0.5, 0.5],
  /** Times as far from the mean. */
  contrast: [0.1, 4],
  /** Exponent of the share of white. */
  gamma: [0.2, 5],
  /** Standard deviation in px. */
  blur: [0, 10],
  /** Standard deviation in shares of white. */
  noise: [0, 0.5],
  /** Width in shares of the longer side. */
  border: [0, 0.5],
  /** Share of the pixels of a side that is kept. */
  resolution: [0.02, 1],
  /** Of a brush, px. */
  radius: [1, 500],
  /** Share of white. */
  level: [0, 1],
} as const satisfies Record<string, readonly [number, number]>

/** Points of one stroke of the brush. */
export const MAX_POINTS = 2_000
export const MAX_STEPS = 100
/** Beyond any picture that is decoded. */
const FARTHEST = 100_000

const within = (name: keyof typeof STEP_RANGES) => z.number().min(STEP_RANGES[name][0]).max(STEP_RANGES[name][1])
const place = z.number().min(-FARTHEST).max(FARTHEST)
const side = z.int().min(1).max(FARTHEST)
const rectangle = {
  x: z.int().min(-FARTHEST).max(FARTHEST),
  y: z.int().min(-FARTHEST).max(FARTHEST),
  width: side,
  height: side,
}
const stroke = {
  points: z
    .array(z.tuple([place, place]))
    .min(1)
    .max(MAX_POINTS),
  radius: within('radius'),
}

/**
 * One edit of a picture. Places are in px of the picture as the steps before leave it, from its upper left corner on; pixels
 * are as the model is shown them: square, in the window that came with the file.
 */
export const stepSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('crop'), ...rectangle }),
  /** About the centre; the picture keeps its size, black comes in. */
  z.strictObject({ op: z.literal('rotate'), degrees: within('degrees') }),
  z.strictObject({ op: z.literal('flip'), axis: z.enum(['horizontal', 'vertical']) }),
  /** About the centre; the picture keeps its size, black comes in. */
  z.strictObject({ op: z.literal('zoom'), factor: within('factor') }),
  z.strictObject({ op: z.literal('shift'), x: within('shift'), y: within('shift') }),
  z.strictObject({ op: z.literal('brightness'), by: within('brightness') }),
  z.strictObject({ op: z.literal('contrast'), factor: within('contrast') }),
  z.strictObject({ op: z.literal('gamma'), gamma: within('gamma') }),
  z.strictObject({ op: z.literal('blur'), sigma: within('blur') }),
  z.strictObject({
    op: z.literal('noise'),
    sigma: within('noise'),
    seed: z
      .int()
      .min(0)
      .max(2 ** 32 - 1),
  }),
  /** Around the picture, which grows by it. */
  z.strictObject({ op: z.literal('border'), width: within('border') }),
  /** Fewer pixels, drawn as large as before. */
  z.strictObject({ op: z.literal('resolution'), share: within('resolution') }),
  /** What the brush went over is filled from what is around it. */
  z.strictObject({ op: z.literal('erase'), ...stroke }),
  z.strictObject({ op: z.literal('paint'), ...stroke, level: within('level') }),
  z.strictObject({ op: z.literal('hide'), ...rectangle, level: within('level') }),
])
export type Step = z.infer<typeof stepSchema>
export type Operation = Step['op']
export type StepOf<O extends Operation> = Extract<Step, { op: O }>

export const stepsSchema = z.array(stepSchema).max(MAX_STEPS)

/** What a stability card varies, one at a time. */
export const VARIATIONS = {
  rotation: { unit: '°', values: [-15, -12, -9, -6, -3, 0, 3, 6, 9, 12, 15] },
  scale: { unit: '×', values: [0.9, 0.92, 0.94, 0.96, 0.98, 1, 1.02, 1.04, 1.06, 1.08, 1.1] },
  brightness: { unit: '', values: [-0.2, -0.16, -0.12, -0.08, -0.04, 0, 0.04, 0.08, 0.12, 0.16, 0.2] },
} as const
export type Variation = keyof typeof VARIATIONS
export const VARIATION_NAMES = Object.keys(VARIATIONS) as Variation[]
export const FLIPS = ['none', 'horizontal', 'vertical', 'both'] as const
export type Flips = (typeof FLIPS)[number]

/** The step that a value of a card stands for. */
export function variationStep(of: Variation, value: number): Step {
  if (of === 'rotation') return { op: 'rotate', degrees: value }
  if (of === 'scale') return { op: 'zoom', factor: value }
  return { op: 'brightness', by: value }
}

export function flipSteps(flips: Flips): Step[] {
  const axes = flips === 'both' ? (['horizontal', 'vertical'] as const) : flips === 'none' ? [] : [flips]
  return axes.map((axis) => ({ op: 'flip', axis }))
}

/** How steps are kept: the bare list where they are of the image of the case; with their frame where they are of another. */
export const keptStepsSchema = z.union([
  stepsSchema.transform((steps) => ({ frame: null, steps })),
  z.strictObject({ frame: z.int(), steps: stepsSchema }),
])
