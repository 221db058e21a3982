import type { Evaluation } from '../../../shared/evaluation.ts'
import { LABELS, type Label } from '../../../shared/labels.ts'

/**
 * The bootstrap interval of each class's recall, to six decimals; null where there is none, or where it has no width:
 * where all or none were found, resampling shows no spread, and that is no certainty.
 */
export function recallIntervals({ intervals }: Pick<Evaluation, 'intervals'>): Record<Label, [number, number] | null> {
  const round = (value: number) => Math.round(value * 1e6) / 1e6
  const of = (label: Label): [number, number] | null => {
    const [low, high] = intervals[`recall.${label}`] ?? []
    return low === undefined || high === undefined || low === high ? null : [round(low), round(high)]
  }
  return Object.fromEntries(LABELS.map((label) => [label, of(label)])) as Record<Label, [number, number] | null>
}
