import type { CaseState, Source } from '../../shared/cases.ts'
import type { DicomFacts } from '../../shared/dicom.ts'
import type { Prior, Scope, Series } from '../../shared/series.ts'
import type { Blind, CaseFailure, NewResult } from './case-types.ts'

/** What makes slices a series: the files of two patients are never one, whatever their UIDs say. */
export interface SeriesKey {
  studyUid: string
  seriesUid: string
  patientId: string
}

/** A case with an answer that is, or may become, a slice of a series. */
export interface SeriesMember {
  caseId: string
  sha256: string
  receivedAt: string
  receivedBy: string
  source: Source
  state: CaseState
  facts: DicomFacts
  answer: Omit<NewResult, 'caseId' | 'image' | 'dicom'>
  /** The series that it is of already, where that can still take slices. */
  seriesId: string | null
}

/** Where a member lies, and whether it counts. */
export interface PlacedSlice {
  caseId: string
  place: number
  mm: number | null
  scope: Scope
}

/** What a series comes to. */
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
  /** What the slices come to, or why the model does not judge the series. */
  outcome: { answer: SeriesMember['answer'] } | { failure: CaseFailure }
}

export interface SeriesReads {
  /** The series that a case is, or is a slice of, as a reader may see it; null where it is neither. */
  seriesOf(caseId: string, blind?: Blind): Promise<Series | null>
  /** Other series of the same patient. @throws GyrusError `case-unknown` */
  priorsOf(caseId: string): Promise<Prior[]>
  /** The cases named, and all cases of the series that they are or are slices of. */
  wholeSeries(caseIds: string[]): Promise<string[]>
  /** Of those of the cases that are series, the numbers of their slices. */
  sliceCounts(caseIds: string[]): Promise<Map<string, number>>
  /** Series that files of a batch are slices of, with how many of its files. */
  seriesOfBatch(batch: string): Promise<{ id: string; files: number }[]>
}

export interface SeriesStore extends SeriesReads {
  /** Answered cases of a series, by their ids. */
  seriesMembers(key: SeriesKey): Promise<SeriesMember[]>
  /** Of a case; null where it is of no series. */
  seriesKeyOf(caseId: string): Promise<SeriesKey | null>
  /** Series among the newest cases that nobody has put together: what a kill left over. */
  ungroupedSeries(): Promise<SeriesKey[]>
  /** Puts slices together, or together anew; nothing where that changes nothing. */
  formSeries(series: NewSeries, actor: string): Promise<void>
}
