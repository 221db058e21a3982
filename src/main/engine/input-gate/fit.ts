import { type GateLimit, type InputGateFile, MOST_OUTLINES, OUTLINE_STEPS } from '../../../shared/input-gate-file.ts'
import type { InputStatistics } from '../../../shared/input-statistics.ts'
import { quantile } from '../../../shared/quantile.ts'
import { unpackOutlines } from './load.ts'
import { nearestOutline } from './outline.ts'
import type { Look } from './types.ts'

/** Shares of images that the network did not learn from which are within the two limits of a distance. */
const WITHIN = { borderline: 0.95, outside: 0.99 }
/** Shares of the training images that are beyond what is usual in quality; of marks more, since many have letters. */
const UNUSUAL = { quality: 0.005, marks: 0.02 }
/** Quality that is so many times as far from the usual is beyond what can be judged. */
const FAR = 2
/** Fewer images apart set no limit: the 99th percentile of less is its largest value, whatever that is. */
const FEWEST_APART = 50

/** What the gate measures of one image of a model’s own. */
export interface OwnImage {
  look: Look
  statistics: InputStatistics
  outline: Float32Array
}

/**
 * Limits by a model’s own images: of distances by those that it did not learn from, of quality by those that it did.
 *
 * @param distances of the images apart, by features
 * @returns null where too few images were apart
 */
export function fitInputGate(
  training: OwnImage[],
  apart: OwnImage[],
  distances: number[],
): Pick<InputGateFile, 'limits' | 'outlines'> | null {
  if (apart.length < FEWEST_APART) return null
  const outlines = packOutlines(training)
  const others = unpackOutlines(outlines)
  const shapes = apart.map(({ outline }) => nearestOutline(outline, others))
  const quality = (of: (one: OwnImage) => number, low = false, unusual = UNUSUAL.quality) =>
    usual(training.map(of), low, unusual)
  const limits: InputGateFile['limits'] = {
    distance: withinOf(distances),
    shape: withinOf(shapes),
    sharpness: quality(({ statistics }) => statistics.sharpness, true),
    noise: quality(({ statistics }) => statistics.noise),
    clipped: quality(({ look }) => look.clipped),
    cut: quality(({ look }) => look.cut),
    marks: quality(({ look }) => look.marks, false, UNUSUAL.marks),
    pattern: quality(({ look }) => look.pattern),
  }
  return { limits, outlines }
}

function withinOf(values: number[]): GateLimit {
  const sorted = values.toSorted((a, b) => a - b)
  return { borderline: quantile(sorted, WITHIN.borderline), outside: quantile(sorted, WITHIN.outside) }
}

function usual(values: number[], low: boolean, unusual: number): GateLimit {
  const sorted = values.toSorted((a, b) => a - b)
  const [middle, borderline] = [quantile(sorted, 0.5), quantile(sorted, low ? unusual : 1 - unusual)]
  return { borderline, outside: middle + FAR * (borderline - middle) }
}

/** Evenly out of all where there are too many. */
export function packOutlines(training: Pick<OwnImage, 'outline'>[]): InputGateFile['outlines'] {
  const n = Math.min(MOST_OUTLINES, training.length)
  const chosen = Array.from({ length: n }, (_, i) => training[Math.floor((i * training.length) / n)] as OwnImage)
  const values = Int8Array.from(
    chosen.flatMap(({ outline }) =>
      Array.from(outline, (value) => Math.max(-127, Math.min(127, Math.round(value * OUTLINE_STEPS)))),
    ),
  )
  return { n, values: Buffer.from(values.buffer).toString('base64') }
}
