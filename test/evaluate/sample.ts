import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Row } from '../../src/main/engine/evaluate/labels.ts'
import type { Predictions } from '../../src/main/engine/evaluate/predictions.ts'
import { random } from '../../src/shared/random.ts'

export interface Reference {
  truth: number[]
  hundredths: number[][]
  confusion: number[][]
  accuracy: number
  precision: number[]
  recall: number[]
  f1: number[]
  specificity: number[]
  auroc: number[]
  auprc: number[]
  macroAuroc: number
  nll: number
  brier: number
  ece15: number
  ece10: number
  tumour: {
    auroc: number
    auprc: number
    roc: [number, number][]
    precisionRecall: [number, number][]
    sensitivityAtSpecificity: Record<string, number>
    specificityAtSensitivity: Record<string, number>
  }
  quantiles: { q: number[]; values: number[] }
  exact: [hits: number, n: number, low: number, high: number][]
  mcnemar: [onlyFirst: number, onlySecond: number, p: number][]
}

export function readReference(): Reference {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'reference', 'scikit-learn.json'), 'utf8')) as Reference
}

/** Made by scripts/reference/evaluation.py; 400 images, many with equal probabilities. */
export function referencePredictions(): Predictions {
  const { truth, hundredths } = readReference()
  return predictionsOf(
    truth,
    hundredths.map((row) => row.map((value) => value / 100)),
  )
}

export function predictionsOf(truth: number[], probabilities: Row[], groups?: (string | null)[]): Predictions {
  return { ids: truth.map((_, i) => `image-${i}`), truth, probabilities, groups }
}

/** Element `order[i]` of each list becomes element i. */
export function permuted(predictions: Predictions, order: number[]): Predictions {
  const pick = <T>(list: T[]): T[] => order.map((i) => list[i] as T)
  return {
    ids: pick(predictions.ids),
    truth: pick(predictions.truth),
    probabilities: pick(predictions.probabilities),
    groups: predictions.groups && pick(predictions.groups),
  }
}

export function shuffledOrder(n: number, seed: number): number[] {
  const next = random(seed)
  return Array.from({ length: n }, (_, i) => ({ i, key: next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ i }) => i)
}
