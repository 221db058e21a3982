import type { SplitName } from '../../../shared/dataset.ts'
import type { Label } from '../../../shared/labels.ts'

/** One image of a labelled set, as its folder or table describes it; whether it can be read is not known yet. */
export interface LabelledImage {
  /** Relative to the set, with slashes. A name only: in a frozen set or a table it may lead anywhere. */
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
  /** What its bytes must hash to, where that is known already: in a frozen set. `readImageBytes` sees to it. */
  sha256?: string
}

/** Where a tumour is: centre and size as shares of the image's width (`cx`, `w`) and height (`cy`, `h`). */
export interface Box {
  cx: number
  cy: number
  w: number
  h: number
}

/** A slice with a tumour of unknown type. */
export interface TumourImage {
  /** Relative to its table, with slashes. */
  file: string
  path: string
  /** Files of one group are copies of one another; a group is never split. */
  group: string
  box: Box | null
}

/** A slice with a tumour of known type, and where it is. */
export interface BoxedImage {
  file: string
  path: string
  label: Label
  box: Box
}
