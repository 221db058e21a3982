import type { Agreed, Signed } from '../../shared/batches.ts'
import type { Verdict } from '../../shared/cases.ts'
import type { JudgedCount } from '../../shared/interplay.ts'
import type { VerdictLabel } from '../../shared/labels.ts'
import type { Impression, ReadingSettings, SecondSettings } from '../../shared/reading.ts'
import type { ReadingCount, ReadingFilter } from '../../shared/reading-changes.ts'
import type { UrgencyRule } from '../../shared/urgency.ts'
import type { Blind } from './case-types.ts'

export interface NewVerdict {
  caseId: string
  reader: string
  verdict: Verdict
  label: VerdictLabel | null
  comment: string
}

/** Signs a verdict that the reader gave. */
export interface NewSignature {
  caseId: string
  /** The verdict that the reader saw when they signed. */
  verdictId: number
  reader: string
}

export interface NewAmendment extends NewVerdict {
  /** The signed verdict that the reader saw when they amended it. */
  verdictId: number
  reason: string
}

/** A third reader's verdict between two that differ. */
export interface NewAdjudication extends NewVerdict {
  /** The signed verdict that the reader saw when they decided. */
  verdictId: number
}

export interface NewImpression {
  caseId: string
  reader: string
  impression: Impression
}

export interface ReadingReads {
  /** Which cases two read, and who decides where they differ. */
  secondSettings(): Promise<SecondSettings>
  /** By which rule the work list says what comes first. */
  urgencyRule(): Promise<UrgencyRule>
  /** Whether impressions come before answers, for the department and for this reader. */
  readingSettings(reader: string): Promise<ReadingSettings>
  /** How readings changed once the answer was shown; `reader`: theirs alone. */
  readingChanges(filter: ReadingFilter, reader: string | null): Promise<ReadingCount[]>
  judgedVerdicts(filter: ReadingFilter, reader: string | null): Promise<JudgedCount[]>
}

export interface ReadingStore {
  /** @throws GyrusError `case-unknown`, `case-not-reviewable`, `case-signed` */
  review(verdict: NewVerdict): Promise<void>
  /** @throws GyrusError `case-unknown`, `case-not-signable`, `verdict-not-yours`, `verdict-outdated` */
  sign(signature: NewSignature): Promise<void>
  /** @throws GyrusError `case-unknown`, `case-not-signed`, `verdict-outdated`, `second-first`, `second-disputed` */
  amend(amendment: NewAmendment): Promise<void>
  /** Whether what tells the answer is kept from a reader; of a slice, as of the series that it is read in. */
  isHidden(id: string, reader: string): Promise<boolean>
  /** @throws GyrusError `case-unknown`, `impression-late` */
  addImpression(impression: NewImpression): Promise<void>
  /** Has two read a case. @throws GyrusError `case-unknown`, `second-marked`, `second-not-markable` */
  markForSecond(caseId: string, reader: string): Promise<void>
  /** @throws GyrusError `case-unknown`, `second-not-open`, `second-same-reader`, `second-reader-saw` */
  readSecond(reading: NewVerdict): Promise<void>
  /**
   * @throws GyrusError `case-unknown`, `adjudication-not-open`, `adjudicator-involved`, `adjudicator-not-named`,
   *   `verdict-outdated`
   */
  adjudicate(adjudication: NewAdjudication): Promise<void>
  setSecondSettings(settings: SecondSettings, actor: string): Promise<void>
  /** Puts the cases in the new order, too. */
  setUrgencyRule(rule: UrgencyRule, actor: string): Promise<void>
  /** `reader`: for whom; null is the whole department. */
  setImpressionFirst(reader: string | null, on: boolean, actor: string): Promise<void>
  /** Agrees with those cases whose result this reader has looked at. */
  agreeWith(caseIds: string[], reader: string, blind?: Blind): Promise<Agreed>
  /** Signs this reader's standing verdicts on those cases whose result they have looked at. */
  signAll(caseIds: string[], reader: string): Promise<Signed>
}
