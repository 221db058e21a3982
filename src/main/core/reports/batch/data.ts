import type { BatchOrigin } from '../../../../shared/batches.ts'
import type { Verdict } from '../../../../shared/cases.ts'
import type { Failure } from '../../../../shared/errors.ts'
import type { Called, VerdictLabel } from '../../../../shared/labels.ts'
import type { PassedOverKind } from '../../../../shared/passed-over.ts'

/** All that a batch's summary says, as plain data: it asks no record. */
export interface BatchReport {
  id: string
  name: string
  /** Where the files came from. */
  origin: BatchOrigin
  startedBy: string
  startedAt: string
  /** Null while it is not done. */
  finishedAt: string | null
  /** `kept`: analysed, but their answers are not shown to whom the summary is for before their impression. */
  totals: { files: number; analysed: number; kept: number; failed: number; waiting: number; read: number }
  /** Series that were put together, and how many of the files are slices of them. */
  series: { count: number; files: number }
  /** Cases that the model gave each label, or does not judge. */
  perLabel: Record<Called, number>
  model: { id: string; name: string; version: string; weightsSha256: string } | null
  /** What needs eyes first, first. */
  eyesFirst: Rows<EyesRow>
  failed: Rows<FailedRow>
  /** What lay among the files and is no image to analyse. */
  passedOver: Rows<PassedOverRow>
  madeFor: string
}

/**
 * Rows that are read while the report is written. There must be `count` of them, and the same ones however often they are
 * read: page numbers are made before anything is drawn.
 */
export interface Rows<T> {
  count: number
  read(): AsyncIterable<T>
}

export interface EyesRow {
  caseId: string
  fileName: string
  label: Called
  /** 0–1; null where the model does not judge the image. */
  confidence: number | null
  /** Null where nobody has read it. */
  verdict: { verdict: Verdict; label: VerdictLabel | null; reader: string } | null
}

export interface FailedRow {
  fileName: string
  failure: Failure
}

/** A file, or how many more of its kind there were. */
export interface PassedOverRow {
  kind: PassedOverKind
  /** 1, or how many more. */
  files: number
  /** Null for those whose names are not kept. */
  fileName: string | null
}
