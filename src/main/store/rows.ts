import { calmOf } from '../../shared/attention.ts'
import type { CaseRow, Result, Verdict, VerdictRecord } from '../../shared/cases.ts'
import { describe, type ErrorDetails, type Failure, isErrorCode } from '../../shared/errors.ts'
import type { AnswerSet, Gate, GateReason } from '../../shared/input-gate.ts'
import { BANNER, type Called, type Confidences, type Label } from '../../shared/labels.ts'
import { type Impression, saysOf } from '../../shared/reading.ts'
import type { Urgency } from '../../shared/urgency.ts'
import type { AdjudicationRow, CaseRecord, ImpressionRow, ResultRecord, SignatureRow, VerdictRow } from './schema.ts'
import type { NewResult } from './types.ts'

/** '' stands for "none" in the columns that are sorted by (schema.ts). */
export const orNull = <T extends string>(text: T | ''): T | null => (text === '' ? null : (text as T))

/**
 * @param earlier whether its verdict was given on an earlier answer than the one that stands
 * @param urgency where it is told
 */
export function toCaseRow(record: CaseRecord, earlier: boolean, urgency: Urgency | null): CaseRow {
  return {
    id: record.id,
    receivedAt: record.received_at,
    fileName: record.file_name,
    patientName: orNull(record.patient_name),
    patientId: orNull(record.patient_id),
    studyDate: orNull(record.study_date),
    description: orNull(record.description),
    source: record.source,
    state: record.state,
    label: orNull(record.label),
    confidence: record.confidence < 0 ? null : record.confidence,
    modelId: orNull(record.model_id),
    reader: orNull(record.reader),
    verdict: shownVerdict(record.verdict),
    verdictLabel: orNull(record.verdict_label),
    onEarlierAnswer: earlier,
    failure: toFailure(record),
    second: orNull(record.second),
    urgency,
  }
}

/** One that is kept for a second reader is told to nobody. */
export const shownVerdict = (verdict: CaseRecord['verdict'] | null): Verdict | null =>
  verdict === 'withheld' ? null : orNull(verdict ?? '')

/** A failure as it is kept: its code and its details as JSON. */
export function toFailure(record: Pick<CaseRecord, 'error_code' | 'error_details'>): Failure | null {
  if (record.error_code === null) return null
  const details = record.error_details === null ? {} : (JSON.parse(record.error_details) as ErrorDetails)
  return isErrorCode(record.error_code)
    ? describe(record.error_code, details)
    : describe('internal', { reason: record.error_code })
}

export type Probabilities = Pick<ResultRecord, 'p_glioma' | 'p_meningioma' | 'p_notumor' | 'p_pituitary'>

export const confidencesOf = (record: Probabilities): Confidences => ({
  glioma: record.p_glioma,
  meningioma: record.p_meningioma,
  notumor: record.p_notumor,
  pituitary: record.p_pituitary,
})

/** What a batch's file copies of a result, to be sorted and filtered by. */
export const standingCopies = (label: Called, confidences: Confidences) => ({
  label,
  confidence: label === 'unjudged' ? -1 : confidences[label],
  // What the model does not judge needs eyes most.
  calm: label === 'unjudged' ? 0 : calmOf(confidences),
})

export const labelIn = (called: Called | '' | null): Label | null =>
  called === 'unjudged' ? null : orNull(called ?? '')

export const gateIn = ({ gate, gate_reasons }: Pick<ResultRecord, 'gate' | 'gate_reasons'>): Gate | null =>
  gate === null ? null : { verdict: gate, reasons: JSON.parse(gate_reasons ?? '[]') as GateReason[] }

export const setIn = ({ answer_set }: Pick<ResultRecord, 'answer_set'>): AnswerSet =>
  answer_set === null ? null : (JSON.parse(answer_set) as Label[])

export function toResult(record: ResultRecord): Result {
  return {
    id: record.id,
    banner: BANNER,
    label: labelIn(record.label),
    confidences: confidencesOf(record),
    gate: gateIn(record),
    set: setIn(record),
    modelId: record.model_id,
    weightsSha256: record.weights_sha256,
    preprocessingVersion: record.preprocessing_version,
    engine: record.engine,
    decodeMs: record.decode_ms,
    preprocessMs: record.preprocess_ms,
    inferenceMs: record.inference_ms,
    createdAt: record.created_at,
  }
}

/** What stands beside a verdict. */
interface Beside {
  signed: SignatureRow | undefined
  before: ImpressionRow | undefined
  /** The label of the result that it is on. */
  ai: Label | null
  /** How the case was decided where two readers differed. */
  adjudicated: AdjudicationRow | undefined
}

export function toVerdict(record: VerdictRow, { signed, before, ai, adjudicated }: Beside): VerdictRecord {
  return {
    id: record.id,
    resultId: record.result_id,
    reader: record.reader,
    verdict: record.verdict,
    label: record.label,
    comment: record.comment,
    createdAt: record.created_at,
    signature: signed ? toSignature(signed, adjudicated?.verdict_id === record.id) : null,
    before: toBefore(before, saysOf(record.verdict, record.label, ai)),
  }
}

function toSignature({ kind, signer, at, reason }: SignatureRow, decides: boolean): VerdictRecord['signature'] {
  return decides ? { kind: 'adjudicate', signer, at, reason: '' } : { kind, signer, at, reason }
}

export const toBefore = (before: ImpressionRow | undefined, said: Impression): VerdictRecord['before'] =>
  before ? { impression: before.impression, at: before.at, differs: before.impression !== said } : null

/** A result that was put on record, and what it was made of. */
export interface Added {
  row: ResultRecord
  result: NewResult
}
