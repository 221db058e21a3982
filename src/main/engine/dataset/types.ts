import type { SplitName } from '../../../shared/dataset.ts'
import type { Label } from '../../../shared/labels.ts'

/** One image of a labelled set, as its folder or table describes it; whether it can be read is not known yet. */
export interface LabelledImage {
  /** Relative to the set, with slashes. */
  file: string
  /** Where it lies. */
  path: string
  label: Label
  /** The side that the set itself puts it on. */
  split: SplitName | null
  patient: string | null
  /** `YYYY-MM-DD`. */
  date: string | null
  /** Patient-disjoint fold, from 0. */
  fold: number | null
}
