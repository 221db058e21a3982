import type { Evaluation } from '../../../shared/evaluation.ts'
import { exactInterval } from '../../../shared/exact-interval.ts'
import { LABELS } from '../../../shared/labels.ts'
import { areaUnderRoc, averagePrecision } from './areas.ts'
import { type ClassImages, classSweeps } from './classes.ts'
import { type Confusion, confusionMatrix, rates } from './confusion.ts'
import { precisionRecallPoints, rocPoints, thin } from './curves.ts'
import { byLabel } from './labels.ts'
import { mean, type Share } from './share.ts'

type ClassSummary = Pick<
  Evaluation,
  | 'accuracy'
  | 'macroRecall'
  | 'macroPrecision'
  | 'macroSpecificity'
  | 'macroF1'
  | 'images'
  | 'recall'
  | 'precision'
  | 'specificity'
  | 'f1'
  | 'confusion'
  | 'auroc'
  | 'auprc'
  | 'classCurves'
>

export function classSummary(images: ClassImages): ClassSummary {
  const counts = confusionMatrix(images.truth, images.called, LABELS.length)
  const { recall, precision, specificity, f1, ...overall } = rates(counts)
  const sweeps = classSweeps(images)
  const record = (values: Share[]) => byLabel((c) => values[c] as Share)
  const withMacro = (values: Share[]) => ({ macro: mean(values), perClass: record(values) })
  return {
    ...overall,
    images: byLabel((c) => total(counts[c] as number[])),
    recall: record(recall),
    precision: record(precision),
    specificity: record(specificity),
    f1: record(f1),
    confusion: { labels: [...LABELS], counts },
    auroc: withMacro(sweeps.map(areaUnderRoc)),
    auprc: withMacro(sweeps.map(averagePrecision)),
    classCurves: byLabel((c) => {
      const swept = sweeps[c] as (typeof sweeps)[number]
      return { roc: thin(rocPoints(swept)), precisionRecall: thin(precisionRecallPoints(swept)) }
    }),
  }
}

/** Of accuracy, and of each class's recall, precision and specificity. */
export function exactClassIntervals(counts: Confusion): Evaluation['exactIntervals'] {
  const right = counts.map((row, c) => row[c] as number)
  const n = total(counts.flat())
  const entries = LABELS.flatMap((label, c) => {
    const images = total(counts[c] as number[])
    const called = total(counts.map((row) => row[c] as number))
    const hits = right[c] as number
    return [
      [`recall.${label}`, exactInterval(hits, images)],
      [`precision.${label}`, images > 0 ? exactInterval(hits, called) : null],
      [`specificity.${label}`, exactInterval(n - images - called + hits, n - images)],
    ] as const
  })
  return { accuracy: exactInterval(total(right), n), ...Object.fromEntries(entries) }
}

const total = (values: number[]): number => values.reduce((sum, value) => sum + value, 0)
