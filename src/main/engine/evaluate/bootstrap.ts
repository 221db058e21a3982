import { quantile } from '../../../shared/quantile.ts'
import { random } from '../../../shared/random.ts'
import type { Share } from './share.ts'

export interface BootstrapOptions {
  /** How often the images are drawn anew. */
  resamples: number
  seed: number
  /** Share of the resamples inside the interval, 0–1. */
  level: number
}

export const BOOTSTRAP: BootstrapOptions = { resamples: 2000, seed: 1, level: 0.95 }

/** Low and high end; null where there are fewer than two clusters or the figure is defined in no resample. */
export type Interval = [number, number] | null

/**
 * Percentile intervals (Efron & Tibshirani 1993, "An introduction to the bootstrap", chapter 13). Whole clusters are
 * drawn with replacement, as many as there are (Field & Welsh 2007, "Bootstrapping clustered data"): the slices of one
 * patient tell less than as many patients would. `figures` is asked with how often each image was drawn.
 */
export function bootstrap(
  drawn: number[][],
  figures: (weights: Float64Array) => Record<string, Share>,
  { resamples, seed, level }: BootstrapOptions,
): Record<string, Interval> {
  const weights = new Float64Array(drawn.reduce((total, members) => total + members.length, 0))
  const names = Object.keys(figures(weights.fill(1)))
  const values = new Map(names.map((name) => [name, [] as number[]]))
  const next = random(seed)
  for (let resample = 0; drawn.length > 1 && resample < resamples; resample++) {
    drawClusters(drawn, weights.fill(0), next)
    for (const [name, value] of Object.entries(figures(weights))) if (value !== null) values.get(name)?.push(value)
  }
  return Object.fromEntries(names.map((name) => [name, percentiles(values.get(name) as number[], level)]))
}

function drawClusters(drawn: number[][], weights: Float64Array, next: () => number): void {
  for (let draw = 0; draw < drawn.length; draw++) {
    const members = drawn[Math.floor(next() * drawn.length)] as number[]
    for (const image of members) weights[image] = (weights[image] as number) + 1
  }
}

function percentiles(values: number[], level: number): Interval {
  if (values.length === 0) return null
  const sorted = Float64Array.from(values).sort()
  return [quantile(sorted, (1 - level) / 2), quantile(sorted, (1 + level) / 2)]
}
