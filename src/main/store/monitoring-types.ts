import type { Acquisition } from '../../shared/acquisition.ts'
import type { Source } from '../../shared/cases.ts'
import type { InputStatistics } from '../../shared/input-statistics.ts'
import type { Confidences, Label, VerdictLabel } from '../../shared/labels.ts'
import type { Limits } from '../../shared/monitoring.ts'

/** Where reading on begins, in the order of time. */
export interface AnswerPlace {
  at: string
  id: number
}

/** The answer that stands for a case, with the signed verdict that was given on it. */
export interface UsedAnswer extends AnswerPlace, Acquisition {
  modelId: string
  source: Source
  /** Null where the model did not judge the picture. */
  label: Label | null
  confidences: Confidences
  inferenceMs: number
  /** The input gate is in doubt about the picture, or the model is sure of no label: a caution stands beside the answer. */
  cautioned: boolean
  /** Longer side of the picture, px. */
  side: number | null
  /** What was measured of the picture; null for answers of an older Gyrus. */
  statistics: InputStatistics | null
  /** From the model’s training images; null where it was not measured. */
  distance: number | null
  /** Null while the case is not signed, or waits for another reader. */
  signed: {
    reader: string
    /** What the verdict says it is; null where the reader could not tell. */
    truth: VerdictLabel | null
  } | null
}

export type JudgedAnswer = UsedAnswer & { label: Label }

/** A series that has no answer, since the model judges none of its slices. */
export interface UnjudgedSeries extends Acquisition {
  at: string
  modelId: string | null
  source: Source
}

/** A piece of the answers: of rows that are no case’s answer any more, only the place tells. */
export interface AnswerPage {
  answers: UsedAnswer[]
  /** Null on the last page. */
  next: AnswerPlace | null
}

/** How the machine was at an instant. */
export interface MachineSample {
  at: string
  /** Of the engine, since the sample before. */
  restarts: number
  memoryBytes: number
  diskBytes: number
}

export interface MonitoringReads {
  /** Answers that were given from `from` to before `until`, in the order of time, behind `after`. */
  answersBetween(span: { from: string; until: string }, after: AnswerPlace | null, limit: number): Promise<AnswerPage>
  /** A model’s answers, oldest first, behind `after`. */
  answersOf(modelId: string, after: AnswerPlace | null, limit: number): Promise<AnswerPage>
  /** The first answer of all whose picture was measured, in the order of ids; null where there is none. */
  firstMeasured(): Promise<number | null>
  /** A model’s first answer whose picture has a distance, in the order of ids; null where there is none. */
  firstWithDistance(modelId: string): Promise<number | null>
  /** Series that came out as not judged from `from` to before `until`, and still are. */
  unjudgedSeries(span: { from: string; until: string }): Promise<UnjudgedSeries[]>
  /** When the answers of these cases were given, or they failed. */
  answerTimes(caseIds: string[]): Promise<string[]>
  limits(): Promise<Limits>
  machineSamples(from: string, until: string): Promise<MachineSample[]>
}

export interface MonitoringStore extends MonitoringReads {
  setLimits(limits: Limits, actor: string): Promise<void>
  addMachineSample(sample: MachineSample): Promise<void>
}
