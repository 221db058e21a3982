import type { DatasetSource } from './dataset.ts'
import type { Failure } from './errors.ts'
import type { EvaluationReport } from './evaluation-report.ts'
import type { ColumnKind, ReadRow } from './kept-evaluation.ts'

/** What to evaluate, and on what. */
export interface EvaluateRequest {
  source: DatasetSource
  /** Folder of the model. */
  modelDir: string
  /** Tells this fold of the set as well. */
  fold?: number
  /** `predictions.json` of the runs of the model's cross-validation, told beside it. */
  folds?: string[]
  /** Tables `file,group[,cx,cy,w,h]` of images with a tumour of unknown type. */
  tumours: string[]
  /** A table `file,class,cx,cy,w,h` of images whose tumour's place is known; for the shortcut audit. */
  boxes?: string
  /** Whether to look for shortcuts as well. */
  shortcuts: boolean
  /** Whether the report is wanted as a page, too. */
  html: boolean
}

/** What was said of each image of a column, and how these relate to the training. */
export interface ReadColumn {
  kind: ColumnKind
  images: ReadRow[]
}

export interface Evaluated {
  report: EvaluationReport
  /** Of each column of the report, in its order. */
  read: ReadColumn[]
  /** Position of the column that answers the question: the fold that was asked for, else the first. */
  main: number
  /** The report as a page that stands alone; null where none was asked for. */
  html: string | null
  /** Images that could not be read; they count nowhere. */
  unreadable: { file: string; failure: Failure }[]
}
