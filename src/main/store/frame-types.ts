import type { Confidences, Label } from '../../shared/labels.ts'
import type { Scope, Series } from '../../shared/series.ts'

/** What a series comes to; of the frames of a file, its cases are the numbers of frames, from 0 on. */
export interface Standing {
  rule: string
  plane: Series['plane']
  counted: number
  /** Case of the slice that stands for it. */
  key: string
  /** Cases of the slices that decided. */
  deciding: string[]
  cautions: string[]
}

/** What the frames of a file come to, in the order of the file: so every viewer scrolls them. Kept as it is, as JSON. */
export interface FrameAnswers {
  standing: Standing
  frames: {
    /** From 0 on. */
    frame: number
    mm: number | null
    scope: Scope
    /** Null where the model does not judge it, or it could not be read. */
    label: Label | null
    confidences: Confidences | null
  }[]
}
