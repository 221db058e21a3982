import type { Generated, Selectable } from 'kysely'
import type { SignatureKind, Verdict } from '../../shared/cases.ts'
import type { VerdictLabel } from '../../shared/labels.ts'
import type { Impression, MarkReason } from '../../shared/reading.ts'
import type { UrgencyRule } from '../../shared/urgency.ts'

/** What readers made of cases. */
export interface ReadingTables {
  verdicts: VerdictsTable
  signatures: SignaturesTable
  impressions: ImpressionsTable
  reading_settings: ReadingSettingsTable
  second_marks: SecondMarksTable
  second_readings: SecondReadingsTable
  adjudications: AdjudicationsTable
  second_settings: SecondSettingsTable
  urgency_settings: UrgencySettingsTable
}

/** Points of the rule by which cases are in order; the default where there is none. */
interface UrgencySettingsTable {
  name: keyof UrgencyRule
  value: number
}

/** Append-only. */
interface VerdictsTable {
  id: Generated<number>
  case_id: string
  result_id: number
  supersedes: number | null
  reader: string
  verdict: Verdict
  label: VerdictLabel | null
  comment: string
  created_at: string
}

/** Append-only. */
interface SignaturesTable {
  id: Generated<number>
  case_id: string
  verdict_id: number
  /** The signature that an amendment takes the place of. */
  supersedes: number | null
  kind: Exclude<SignatureKind, 'adjudicate'>
  signer: string
  /** Why it was amended; '' for a first signature. */
  reason: string
  at: string
}

/** Append-only. */
interface ImpressionsTable {
  id: Generated<number>
  case_id: string
  /** The result that was not shown yet. */
  result_id: number
  reader: string
  impression: Impression
  at: string
}

interface ReadingSettingsTable {
  /** '' is the whole department. */
  reader: string
  impression_first: 0 | 1
}

/** Append-only: cases that two read. */
interface SecondMarksTable {
  id: Generated<number>
  case_id: string
  /** A reader, or `gyrus` where the department asks for it. */
  marked_by: string
  why: MarkReason
  at: string
}

/** Append-only. */
interface SecondReadingsTable {
  id: Generated<number>
  case_id: string
  result_id: number
  /** The signed verdict that it was given beside. */
  beside: number
  reader: string
  verdict: Verdict
  label: VerdictLabel | null
  comment: string
  at: string
}

/** Append-only. */
interface AdjudicationsTable {
  id: Generated<number>
  case_id: string
  /** The verdict of a third reader, signed with it. */
  verdict_id: number
  reader: string
  at: string
}

interface SecondSettingsTable {
  name: 'when' | 'below' | 'adjudicators'
  value: string
}

export type VerdictRow = Selectable<VerdictsTable>
export type ImpressionRow = Selectable<ImpressionsTable>
export type SignatureRow = Selectable<SignaturesTable>
export type SecondReadingRow = Selectable<SecondReadingsTable>
export type AdjudicationRow = Selectable<AdjudicationsTable>
