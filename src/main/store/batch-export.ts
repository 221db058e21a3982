import { type Kysely, sql } from 'kysely'
import { hiddenFrom } from './hidden.ts'
import { regionIn } from './regions.ts'
import { confidencesOf, gateIn, labelIn, orNull, type Probabilities, setIn, shownVerdict, toFailure } from './rows.ts'
import type { Database, ResultRecord } from './schema.ts'
import type { Blind, ExportedFile } from './types.ts'

/** Files of a batch after number `after`, with their cases and results. */
export async function exportedFiles(
  db: Kysely<Database>,
  id: string,
  { after, limit }: { after: number; limit: number },
  blind: Blind,
): Promise<ExportedFile[]> {
  const rows = await db
    .selectFrom('batch_files as file')
    .leftJoin('cases', 'cases.id', 'file.case_id')
    .leftJoin('results', 'results.id', 'cases.result_id')
    .leftJoin('region_features as region', 'region.result_id', 'cases.result_id')
    .leftJoin('slices', 'slices.case_id', 'file.case_id')
    .where('file.batch_id', '=', id)
    .where('file.seq', '>', after)
    .select(['file.seq', 'file.path', 'file.state', 'file.case_id as caseId', 'cases.scan_sha256 as sha256'])
    .select('slices.series_id as series')
    .select(['cases.verdict', 'cases.verdict_label', 'cases.reader', 'cases.error_code', 'cases.error_details'])
    .select(['results.label', 'p_glioma', 'p_meningioma', 'p_notumor', 'p_pituitary'])
    .select(['gate', 'gate_reasons', 'answer_set', 'region.features'])
    .select(['results.model_id as modelId', 'weights_sha256 as weightsSha256', 'results.created_at as analysedAt'])
    .select((blind === null ? sql<number>`0` : hiddenFrom(blind)).as('hidden'))
    .orderBy('file.seq')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    seq: row.seq,
    path: row.path,
    state: row.state,
    caseId: row.caseId,
    series: row.series,
    ...(row.label === null || row.hidden ? NO_ANSWER : answerIn({ ...row, label: row.label } as Answered)),
    region: row.hidden ? null : regionIn(row.features),
    verdict: shownVerdict(row.verdict),
    verdictLabel: orNull(row.verdict_label ?? ''),
    reader: orNull(row.reader ?? ''),
    failure: row.state === 'failed' ? toFailure(row) : null,
    modelId: row.modelId,
    weightsSha256: row.weightsSha256,
    analysedAt: row.analysedAt,
    sha256: row.sha256,
  }))
}

type Answered = Probabilities & Pick<ResultRecord, 'label' | 'gate' | 'gate_reasons' | 'answer_set'>
type Answer = Pick<ExportedFile, 'label' | 'confidences' | 'gate' | 'set'>

const NO_ANSWER: Answer = { label: null, confidences: null, gate: null, set: null }

/** Of what the model does not judge there are no numbers to be read as an answer either. */
const answerIn = (row: Answered): Answer => {
  const label = labelIn(row.label)
  return label === null
    ? { ...NO_ANSWER, gate: gateIn(row) }
    : { label, confidences: confidencesOf(row), gate: gateIn(row), set: setIn(row) }
}
