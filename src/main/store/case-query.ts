import { type ExpressionBuilder, type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import type { CaseQuery, SortColumn } from '../../shared/cases.ts'
import type { CasesTable, Database } from './schema.ts'

const COLUMNS: Record<SortColumn, keyof CasesTable> = {
  receivedAt: 'received_at',
  patientName: 'patient_name',
  patientId: 'patient_id',
  studyDate: 'study_date',
  description: 'description',
  fileName: 'file_name',
  source: 'source',
  label: 'label',
  confidence: 'confidence',
  state: 'state',
  reader: 'reader',
  verdict: 'verdict',
  modelId: 'model_id',
}

const SEARCHED = ['file_name', 'patient_name', 'patient_id', 'description', 'reader', 'model_id'] as const

export const sortColumn = (query: CaseQuery) => COLUMNS[query.sort.column]

type CasesQuery = SelectQueryBuilder<Database, 'cases', object>

/** The cases that a query asks for, unordered. Dismissed cases are never among them. */
export function matchingCases(db: Kysely<Database>, query: CaseQuery): CasesQuery {
  let cases: CasesQuery = db.selectFrom('cases').where('dismissed_at', 'is', null)
  if (query.states.length > 0) cases = cases.where('state', 'in', query.states)
  if (query.labels.length > 0) cases = cases.where('label', 'in', query.labels)
  if (query.sources.length > 0) cases = cases.where('source', 'in', query.sources)
  if (query.readers.length > 0) cases = cases.where('reader', 'in', query.readers)
  if (query.models.length > 0) cases = cases.where('model_id', 'in', query.models)
  if (query.verdicts.length > 0) {
    const verdicts = query.verdicts.map((verdict) => (verdict === 'none' ? ('' as const) : verdict))
    cases = cases.where('verdict', 'in', verdicts)
  }
  if (query.from !== null) cases = cases.where('received_at', '>=', query.from)
  if (query.until !== null) cases = cases.where('received_at', '<', query.until)
  const words = query.search.split(/\s+/).filter((word) => word !== '')
  for (const word of words) cases = cases.where((eb) => containsWord(eb, word))
  return cases
}

/** Each word has to be in one of the searched columns, anywhere, whatever its case. */
function containsWord(eb: ExpressionBuilder<Database, 'cases'>, word: string) {
  const pattern = `%${word.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  return eb.or(SEARCHED.map((column) => sql<boolean>`lower(${sql.ref(column)}) like ${pattern} escape '\\'`))
}
