import type { RunSummary } from './training.ts'

/** What a short trial says a training will take. */
export interface TrainingProbe {
  seconds: number
  /** Images that were tried. */
  images: number
}

/** A training that is thought of. */
export interface Planned {
  images: number
  /** Side of the input, px. */
  size: number
  /** Null for a recipe without. */
  epochs: number | null
}

/**
 * Seconds that a training will take by what an earlier one of the same recipe took: reading grows with the images,
 * learning with images, epochs and pixels. `before`: what the earlier run was, with its defaults filled in.
 */
export function secondsBy(
  run: Pick<RunSummary, 'startedAt' | 'finishedAt' | 'epochs'>,
  before: Planned,
  planned: Planned,
): number {
  const all = (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000
  const learning = run.epochs.reduce((sum, { seconds }) => sum + seconds, 0)
  const images = planned.images / Math.max(1, before.images)
  const pixels = (planned.size / before.size) ** 2
  // A run that was broken off and resumed took less from its last start to its end than its epochs did.
  const around = Math.max(0, all - learning)
  if (planned.epochs === null || run.epochs.length === 0) return all * images * pixels
  return around * images + learning * images * pixels * (planned.epochs / run.epochs.length)
}
