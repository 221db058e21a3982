import type { Scope } from '../../shared/series.ts'

/** The tables of series. */
export interface SeriesTables {
  series: SeriesTable
  slices: SlicesTable
  frame_answers: FrameAnswersTable
}

interface SeriesTable {
  /** The case that the series is. */
  case_id: string
  /** JSON: `Standing`. Copies of what its newest entry says. */
  standing: string
}

/** What the frames of a file came to. Append-only; nothing in it tells of a patient. */
interface FrameAnswersTable {
  result_id: number
  /** JSON: `Standing`. */
  standing: string
  /** JSON: `FrameAnswers['frames']`. */
  frames: string
}

interface SlicesTable {
  /** The case that the slice is. */
  case_id: string
  series_id: string
  joined_at: string
  /** 1 where it stays on the work list, since a reader had said something of it. */
  listed: 0 | 1
  place: number
  mm: number | null
  scope: Scope
}
