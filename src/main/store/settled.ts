import type { Kysely } from 'kysely'
import { factsIn } from './dicom.ts'
import type { FrameAnswers } from './frame-types.ts'
import { standingIn } from './of-series.ts'
import { regionIn } from './regions.ts'
import { confidencesOf, gateIn, labelIn, setIn, toFailure } from './rows.ts'
import type { Database } from './schema.ts'
import type { SettledCase } from './types.ts'

/** What became of cases that were to be analysed, by whomever. Left out is what still is to be. */
export async function settledCases(db: Kysely<Database>, ids: string[]): Promise<SettledCase[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('cases as c')
    .leftJoin('results as r', 'r.id', 'c.result_id')
    .leftJoin('region_features as g', 'g.result_id', 'r.id')
    .leftJoin('frame_answers as f', 'f.result_id', 'r.id')
    .leftJoin('case_dicom as d', 'd.case_id', 'c.id')
    .where('c.id', 'in', ids)
    .where('c.state', 'not in', ['received', 'listed'])
    .select(['c.id as caseId', 'c.file_name as fileName', 'c.error_code', 'c.error_details'])
    .select(['r.label', 'r.model_id', 'r.p_glioma', 'r.p_meningioma', 'r.p_notumor', 'r.p_pituitary'])
    .select(['r.gate', 'r.gate_reasons', 'r.answer_set', 'r.decode_ms', 'r.preprocess_ms', 'r.inference_ms'])
    .select(['g.features', 'f.standing', 'f.frames', 'd.facts'])
    .execute()
  return rows.map((row) => ({
    caseId: row.caseId,
    fileName: row.fileName,
    dicom: factsIn(row.facts),
    failure: toFailure(row),
    answer: answerIn(row),
  }))
}

/** All columns of a result are there, or none is. */
interface Answered {
  label: Parameters<typeof labelIn>[0]
  model_id: string | null
  p_glioma: number | null
  p_meningioma: number | null
  p_notumor: number | null
  p_pituitary: number | null
  gate: Parameters<typeof gateIn>[0]['gate']
  gate_reasons: string | null
  answer_set: string | null
  decode_ms: number | null
  preprocess_ms: number | null
  inference_ms: number | null
  features: string | null
  standing: string | null
  frames: string | null
}

function answerIn(row: Answered): SettledCase['answer'] {
  const gate = gateIn(row)
  const region = regionIn(row.features)
  const { p_glioma, p_meningioma, p_notumor, p_pituitary, model_id: modelId } = row
  if (!gate || !region || modelId === null) return null
  if (p_glioma === null || p_meningioma === null || p_notumor === null || p_pituitary === null) return null
  return {
    label: labelIn(row.label),
    confidences: confidencesOf({ p_glioma, p_meningioma, p_notumor, p_pituitary }),
    ...{ gate, region, modelId },
    set: setIn(row),
    ms: (row.decode_ms ?? 0) + (row.preprocess_ms ?? 0) + (row.inference_ms ?? 0),
    frames: framesIn(row),
  }
}

const framesIn = ({ standing, frames }: Answered): FrameAnswers | null =>
  standing === null || frames === null ? null : { standing: standingIn(standing), frames: JSON.parse(frames) }
