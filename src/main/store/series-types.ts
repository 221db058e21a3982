import type { BatchSeries } from '../../shared/batches.ts'
import type { CaseState, Source } from '../../shared/cases.ts'
import type { DicomFacts } from '../../shared/dicom.ts'
import type { Prior, Scope, Series } from '../../shared/series.ts'
import type { Blind, NewResult } from './case-types.ts'
import type { Standing } from './frame-types.ts'

/** What makes slices a series: the files of two patients are never one, whatever their UIDs say. */
export interface SeriesKey {
  studyUid: string
  seriesUid: string
  patientId: string
}

/** What is put together: a slice of a series, or a frame of a file. */
export interface StackMember {
  /** Of a frame its number, from 0 on. */
  caseId: string
  /** The newest says which model speaks; '' of a frame, all of which were asked of one. */
  receivedAt: string
  facts: DicomFacts
  /** Null where it has none. */
  answer: StackAnswer | null
  /** Why not. */
  none?: 'waiting' | 'unread'
}

export type StackAnswer = Omit<NewResult, 'caseId' | 'image' | 'dicom' | 'frames'>

/** A case that is, or may become, a slice of a series. */
export interface SeriesMember extends StackMember {
  sha256: string
  receivedBy: string
  source: Source
  state: CaseState
  /** The series that it is of already, where that can still take slices. */
  seriesId: string | null
  /** Of that series. */
  seriesState: CaseState | null
}

/** Where a member lies, and whether it counts. */
export interface PlacedSlice {
  caseId: string
  place: number
  mm: number | null
  scope: Scope
}

export interface NewSeries {
  /** Its case. */
  id: string
  /** Its case is not on record yet. */
  first: boolean
  /** How its case is called. */
  name: string
  description: string
  members: SeriesMember[]
  slices: PlacedSlice[]
  standing: Standing
  /** `coming` while slices may still come or wait for their answers, `listed` where a reader is to have it classified. */
  stage: 'coming' | 'listed' | 'answered'
  /** What the slices come to; null while none has an answer. */
  answer: StackAnswer | null
}

export interface SeriesReads {
  /**
   * The series that a case is, or is a slice of, as a reader may see it, or the frames of its file, where all of them were
   * read; null where it is neither.
   */
  seriesOf(caseId: string, blind?: Blind): Promise<Series | null>
  /** The frame that stands for a file of which all frames were read, from 0 on; null for any other case. */
  keyFrameOf(caseId: string): Promise<number | null>
  /** Other series of the same patient. @throws GyrusError `case-unknown` */
  priorsOf(caseId: string): Promise<Prior[]>
  /** The cases named, and all cases of the series that they are or are slices of. */
  wholeSeries(caseIds: string[]): Promise<string[]>
  /** Of those of the cases that are series, the numbers of their slices. */
  sliceCounts(caseIds: string[]): Promise<Map<string, number>>
  /** Series that files of a batch are slices of, with how many of its files. */
  seriesOfBatch(batch: string): Promise<{ id: string; files: number }[]>
  /** The cases of series, as a reader may see them; without those that were taken off the lists. */
  seriesCases(ids: string[], blind: Blind): Promise<BatchSeries[]>
}

export interface SeriesStore extends SeriesReads {
  /** Cases of a series, by their ids. */
  seriesMembers(key: SeriesKey): Promise<SeriesMember[]>
  /** Of a case; null where it is of no series. */
  seriesKeyOf(caseId: string): Promise<SeriesKey | null>
  /**
   * Series among the newest cases that nobody has put together: what a kill left over. With them those that an earlier Gyrus
   * called failed, because the model does not judge them, and those that were still coming.
   */
  ungroupedSeries(): Promise<SeriesKey[]>
  /** Puts slices together, or together anew; nothing where that changes nothing. */
  formSeries(series: NewSeries, actor: string): Promise<void>
}
