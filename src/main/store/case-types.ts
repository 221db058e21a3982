import type { Region } from '../../shared/brain-region.ts'
import type { CaseDetail, CasePage, CasePlace, CaseQuery, Source } from '../../shared/cases.ts'
import type { DicomFacts } from '../../shared/dicom.ts'
import type { ErrorCode, ErrorDetails, Failure } from '../../shared/errors.ts'
import type { AnswerSet, Gate } from '../../shared/input-gate.ts'
import type { InputStatistics } from '../../shared/input-statistics.ts'
import type { Confidences, Label } from '../../shared/labels.ts'
import type { TimelineEntry } from '../../shared/timeline.ts'
import type { FrameAnswers } from './frame-types.ts'

/** A file that was hashed and copied, on its way into the record. */
export interface NewCase {
  id: string
  receivedAt: string
  receivedBy: string
  source: Source
  fileName: string
  scan: { sha256: string; bytes: number }
  member?: BatchMember
  /** Who asked a machine to send it. */
  askedBy?: string
  /** The case and the experiment that its file was made of; it goes by the origin's patient. */
  edited?: { origin: string; experiment: number }
  /** What its header says, where that was looked at: it is kept at once. */
  dicom?: DicomFacts | null
  /** It waits for a reader to have it classified; what its header says is kept at once (null where it has none). */
  listed?: { dicom: DicomFacts | null }
}

/** The file of a batch that a case is of; an upload joins its batch together with its case. */
export type BatchMember =
  | {
      batch: string
      seq: number
      /** The case is on record already, as failed before there was a copy of its file. */
      again: boolean
    }
  | { batch: string; upload: string }

/** A file that could not be hashed and copied: on record, and failed from the start. */
export interface NewFailedCase extends Omit<NewCase, 'scan' | 'listed'> {
  failure: CaseFailure
}

export interface CaseFailure {
  code: ErrorCode
  details: ErrorDetails
}

export interface NewResult {
  caseId: string
  image: { format: string; width: number; height: number }
  /** What the file says of itself; only the first result of a case keeps it. */
  dicom?: DicomFacts | null
  modelId: string
  weightsSha256: string
  preprocessingVersion: string
  engine: string
  /** Null where the model does not judge the image. */
  label: Label | null
  confidences: Confidences
  /** How the image stands to the model; null where it was not asked. */
  gate?: Gate | null
  /** Null where the model cannot say. */
  set?: AnswerSet
  decodeMs: number
  preprocessMs: number
  inferenceMs: number
  /** Of a file of several frames, where all of them were read. */
  frames?: FrameAnswers | null
  /** Null where they were not measured. */
  statistics?: InputStatistics | null
  /** From the model’s training images; null where it does not carry what they were like. Goes with `statistics`. */
  distance?: number | null
  /** What similar cases are found by; null where the model carries nothing to compare with. */
  vector?: FeatureVector | null
  /** What was measured of the brain region; null where it was not. */
  region?: Region | null
}

/** What the network saw in a picture, in few numbers (`projected`). */
export interface FeatureVector {
  /** Of the index that it can be compared in. */
  indexId: string
  /** Half-precision numbers, little-endian. */
  values: Uint8Array
}

/** A case that still has to be analysed. */
export interface PendingCase {
  id: string
  fileName: string
  sha256: string
}

/** What became of a case that was to be analysed. */
export interface SettledCase {
  caseId: string
  fileName: string
  dicom: DicomFacts | null
  failure: Failure | null
  /** Null where it could not be analysed. */
  answer: {
    /** Null where the model does not judge the image. */
    label: Label | null
    confidences: Confidences
    gate: Gate
    set: AnswerSet
    region: Region
    modelId: string
    ms: number
    frames: FrameAnswers | null
  } | null
}

/** A case of a file that was analysed before, with the model that did it. */
export interface SeenCase {
  caseId: string
  weightsSha256: string
}

export interface BoundScan {
  sha256: string
  /** Null in a record of an older Gyrus. */
  sequence: number | null
}

/** The reader from whom answers to unread cases are kept until they recorded an impression; null where all is shown. */
export type Blind = string | null

/**
 * Who asks and may read cases: verdicts of others that wait for a second reading are kept from them. Null, as for who
 * reads none, is shown all.
 */
export type Asker = string | null

export interface CaseReads {
  listCases(query: CaseQuery, offset: number, limit: number, blind?: Blind, reader?: Asker): Promise<CasePage>
  /** @throws GyrusError `case-unknown` */
  getCase(id: string, blind?: Blind, reader?: Asker): Promise<CaseDetail>
  /** @throws GyrusError `case-unknown` */
  placeOfCase(id: string, query: CaseQuery, blind?: Blind): Promise<CasePlace>
  /** What happened to a case, oldest first. @throws GyrusError `case-unknown` */
  timelineOf(id: string, reader?: Asker): Promise<TimelineEntry[]>
  /** What was measured of brain regions, by case; of those that are kept from a reader nothing. */
  regionsOf(ids: string[], blind?: Blind): Promise<Map<string, Region>>
  facets(): Promise<{ readers: string[]; models: string[] }>
  /** SHA-256 of the case's stored copy; null where the file never got that far. @throws GyrusError `case-unknown` */
  scanOfCase(id: string): Promise<string | null>
  /** Stored scans in the order of their hashes, behind `after`, with the entry that binds each. */
  scansAfter(after: string, limit: number): Promise<BoundScan[]>
}

export interface CaseStore {
  receive(cases: NewCase[]): Promise<void>
  receiveFailed(cases: NewFailedCase[]): Promise<void>
  /** Logs results and marks their cases `analysed`. Cases that are no longer `received` are left alone. */
  complete(results: NewResult[]): Promise<void>
  /** Another model's result, which supersedes the standing one. @throws GyrusError `case-unknown`, `case-not-rerunnable` */
  addResult(result: NewResult, actor: string): Promise<void>
  /** Marks cases `failed`. Cases that are no longer `received` are left alone. */
  fail(failures: { caseId: string; failure: CaseFailure }[]): Promise<void>
  /** Puts a failed case back to `received`. @throws GyrusError `case-unknown`, `case-not-failed` */
  retry(id: string, actor: string): Promise<PendingCase>
  /** Takes a case off the lists; it stays on record. @throws GyrusError `case-unknown`, `case-not-dismissable` */
  dismiss(id: string, actor: string): Promise<void>
  /**
   * Puts cases that are `listed` to `received`, and with them all listed slices of the series that they are of. @throws
   * GyrusError `case-not-listed` where none is
   */
  queueListed(ids: string[], actor: string): Promise<PendingCase[]>
  /** Cases that were received and neither analysed nor failed: what a kill left over. Oldest first. */
  pendingCases(): Promise<PendingCase[]>
  /** What became of cases, by whomever; of those that are still to be analysed nothing. */
  settledCases(ids: string[]): Promise<SettledCase[]>
  /** Cases of this file that have a result, newest first. */
  seenCases(sha256: string): Promise<SeenCase[]>
  /** @throws GyrusError `case-unknown` */
  logView(caseId: string, reader: string): Promise<void>
}
