import type { Column, Source } from '../../../shared/evaluation-report.ts'
import { LABELS, type Label } from '../../../shared/labels.ts'
import type { Seen } from '../../../shared/seen.ts'
import { evaluate } from '../evaluate/evaluate.ts'
import type { Fold } from '../evaluate/folds.ts'
import { calledClass } from '../evaluate/labels.ts'
import type { Predictions, Scored } from '../evaluate/predictions.ts'
import { softmax } from '../infer/softmax.ts'
import type { Prediction } from '../types.ts'
import type { Part } from './columns.ts'
import type { Limits } from './limits.ts'

/** What a model said about one image, and what the image depends on. */
export interface Said extends Pick<Prediction, 'confidences' | 'logits'> {
  id: string
  group: string | null
}

/** The parts of a source that are the same for all columns. */
export type Told = Pick<Source, 'date' | 'model' | 'weightsSha256'>

/** Probabilities as served, for any kind of image. */
export function scoredOf(said: Said[]): Scored {
  const groups = said.map(({ group }) => group)
  return {
    ids: said.map(({ id }) => id),
    probabilities: said.map(({ confidences }) => LABELS.map((label) => confidences[label])),
    groups: groups.some((group) => group !== null) ? groups : undefined,
  }
}

export function predictionsOf(said: (Said & { label: Label })[]): Predictions {
  return {
    ...scoredOf(said),
    truth: said.map(({ label }) => LABELS.indexOf(label)),
    uncalibrated: said.map(({ logits }) => softmax(logits)),
  }
}

/** The class that each image was called. */
export const calledOf = (said: Said[]): number[] => scoredOf(said).probabilities.map(calledClass)

/** One part of a set as a column of the report. */
export function partColumn(
  { title, part, splitRule, seen }: Part & { seen: Seen },
  said: (Said & { label: Label })[],
  set: { name: string; sha256: string },
  told: Told,
  { calibration, limitsBy }: Limits,
): Column {
  const fold: Fold<Predictions> = { predictions: predictionsOf(said), calibration }
  return {
    ...told,
    title,
    data: `${set.name}, ${part}`,
    dataSha256: set.sha256,
    splitRule,
    seenInTraining: seen,
    limitsBy,
    evaluation: evaluate([fold]),
    comparison: null,
  }
}
