import type { CaseDetail, CasePage, CasePlace, CaseQuery, CaseState, Source, Verdict } from '../../shared/cases.ts'
import type { ErrorCode, ErrorDetails } from '../../shared/errors.ts'
import type { Confidences, Label, VerdictLabel } from '../../shared/labels.ts'
import type { Preferences } from '../../shared/preferences.ts'

/** A file that was hashed and copied, on its way into the record. */
export interface NewCase {
  id: string
  receivedAt: string
  receivedBy: string
  source: Source
  fileName: string
  scan: { sha256: string; bytes: number }
}

/** A file that could not be hashed and copied: on record, and failed from the start. */
export interface NewFailedCase extends Omit<NewCase, 'scan'> {
  failure: CaseFailure
}

export interface CaseFailure {
  code: ErrorCode
  details: ErrorDetails
}

export interface NewResult {
  caseId: string
  image: { format: string; width: number; height: number }
  modelId: string
  weightsSha256: string
  preprocessingVersion: string
  engine: string
  label: Label
  confidences: Confidences
  decodeMs: number
  preprocessMs: number
  inferenceMs: number
}

export interface NewVerdict {
  caseId: string
  reader: string
  verdict: Verdict
  label: VerdictLabel | null
  comment: string
}

/** A case that still has to be analysed. */
export interface PendingCase {
  id: string
  fileName: string
  sha256: string
}

export interface ReadStore {
  listCases(query: CaseQuery, offset: number, limit: number): Promise<CasePage>
  /** @throws GyrusError `case-unknown` */
  getCase(id: string): Promise<CaseDetail>
  /** @throws GyrusError `case-unknown` */
  placeOfCase(id: string, query: CaseQuery): Promise<CasePlace>
  facets(): Promise<{ readers: string[]; models: string[] }>
  /** SHA-256 of the case's stored copy; null where the file never got that far. @throws GyrusError `case-unknown` */
  scanOfCase(id: string): Promise<string | null>
  close(): Promise<void>
}

/**
 * The record. Each method is one transaction with its audit entries in it: all of it is there after a kill, or none.
 * Methods that take a list exist so that a busy intake shares one transaction among many cases.
 */
export interface Store extends ReadStore {
  receive(cases: NewCase[]): Promise<void>
  receiveFailed(cases: NewFailedCase[]): Promise<void>
  /** Logs results and marks their cases `analysed`. Cases that are no longer `received` are left alone. */
  complete(results: NewResult[]): Promise<void>
  /** Marks cases `failed`. Cases that are no longer `received` are left alone. */
  fail(failures: { caseId: string; failure: CaseFailure }[]): Promise<void>
  /** @throws GyrusError `case-unknown`, `case-not-reviewable` */
  review(verdict: NewVerdict): Promise<void>
  /** Puts a failed case back to `received`. @throws GyrusError `case-unknown`, `case-not-failed` */
  retry(id: string, actor: string): Promise<PendingCase>
  /** @throws GyrusError `case-unknown`, `case-not-failed` */
  dismiss(id: string, actor: string): Promise<void>
  /** Cases that were received and neither analysed nor failed: what a kill left over. Oldest first. */
  pendingCases(): Promise<PendingCase[]>
  /** @throws GyrusError `preferences-unreadable` */
  preferencesOf(reader: string): Promise<Preferences>
  setPreferences(reader: string, chosen: Preferences): Promise<void>
}

export type { CaseState }
