import { z } from 'zod'
import { GyrusError } from './errors.ts'
import { LABELS } from './labels.ts'
import type { ModelManifest } from './model.ts'

/** How a heat map is made; the first that a model and a class have is the default. */
export const HEAT_METHODS = ['localise', 'cam', 'layer-cam', 'occlusion'] as const
export type HeatMethod = (typeof HEAT_METHODS)[number]

/**
 * The level at which a map is outlined, as a share of its highest value: where its outline and the boxes that people drew
 * agree best (`docs/runs/heat/measured.json`).
 */
export const OUTLINE_LEVELS: Record<HeatMethod, number> = {
  localise: 0.2,
  cam: 0.85,
  'layer-cam': 0.15,
  occlusion: 0.25,
}

/** What stands beside a map. */
export const HEAT_NOTE = 'What the model used, not where the tumour ends'
/** What stands beside a map that is not faithful: the model says the same without what it marks, so it did not use that. */
export const UNFAITHFUL_NOTE = 'What the map marks is not what the answer hangs on'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const base64 = z.string().regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/)
const share = z.number().min(0).max(1)
/** More would not be small. */
const WIDEST = 2048

/** Half-precision numbers; `channels × hidden` in the file of a level. */
const levelSchema = z.strictObject({ name: z.string(), channels: z.int().positive().max(WIDEST), weights: base64 })

/** A golden image's map: its highest value, where that is, and the sum over the grid. */
export const goldenHeatSchema = z.strictObject({
  file: z.string(),
  highest: z.number().min(0),
  /** Place on the finest grid, row by row. */
  peak: z.int().min(0),
  sum: z.number().min(0),
})
export type GoldenHeat = z.infer<typeof goldenHeatSchema>

/** `heat.json`: a small network on inner tensors of a model's own, which says where a tumour is. */
export const heatSchema = z
  .strictObject({
    format: z.literal(1),
    weightsSha256: sha256,
    /** Version of the preprocessing of the model; the map is made at a size of its own. */
    preprocessing: z.string(),
    date: z.iso.date(),
    /** What trained it, in words. */
    data: z.string(),
    /** Side of its input, px. */
    size: z.int().min(64).max(512),
    hidden: z.int().positive().max(256),
    /** The finest first. */
    levels: z.array(levelSchema).min(1).max(4),
    /** Half-precision numbers: `hidden`, `hidden × 4` and 4. */
    bias: base64,
    out: base64,
    outBias: base64,
    /** A highest value below this is no heat. */
    least: z.number().min(0),
    /** Values of a map from this on, in shares of its highest, are held against boxes; chosen on validation. */
    threshold: share,
    golden: z.array(goldenHeatSchema).min(1),
    /** Largest difference of a golden value. */
    tolerance: z.number().positive().max(0.1),
  })
  .refine(
    ({ hidden, levels }) => levels.every(({ channels, weights }) => halves(weights) === channels * hidden),
    'the weights of a level have another size',
  )
  .refine(
    ({ hidden, bias, out, outBias }) =>
      halves(bias) === hidden && halves(out) === hidden * LABELS.length && halves(outBias) === LABELS.length,
    'the weights of the outputs have another size',
  )
export type HeatFile = z.infer<typeof heatSchema>

/** It must be of the very weights and preprocessing that are served. @throws GyrusError `model-altered` */
export function checkHeat(model: string, { weights, preprocessing, heat }: ModelManifest, made: HeatFile): void {
  if (made.weightsSha256 === weights.sha256 && made.preprocessing === preprocessing.version) return
  throw new GyrusError('model-altered', { model, file: heat?.file ?? '' })
}

const halves = (text: string) => ((text.length / 4) * 3 - (/=*$/.exec(text)?.[0].length ?? 0)) / 2
