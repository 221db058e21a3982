import type { RecipeChanges } from './training.ts'

/** What may be changed of a recipe without much thought: beyond these ends a run seldom comes to anything. */
export const SAFE_RANGES: Record<keyof RecipeChanges, { low: number; high: number; whole: boolean }> = {
  epochs: { low: 1, high: 100, whole: true },
  batch: { low: 4, high: 128, whole: true },
  rate: { low: 0.00001, high: 0.01, whole: false },
  labelSmoothing: { low: 0, high: 0.2, whole: false },
  dropout: { low: 0, high: 0.7, whole: false },
  size: { low: 64, high: 320, whole: true },
  augmentation: { low: 0, high: 1.5, whole: false },
  brainMargin: { low: 0, high: 0.3, whole: false },
  l2: { low: 0.0001, high: 1, whole: false },
}
