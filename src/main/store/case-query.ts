import { type ExpressionBuilder, type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import { idEndOf } from '../../shared/case-code.ts'
import type { CaseQuery, SortColumn } from '../../shared/cases.ts'
import { VERDICT_LABEL_NAMES, VERDICT_LABELS, type VerdictLabel } from '../../shared/labels.ts'
import { casesFor } from './hidden.ts'
import type { CasesTable, Database } from './schema.ts'
import type { Blind } from './types.ts'

export const SORT_COLUMN: Record<SortColumn, keyof CasesTable> = {
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

export const sortColumn = (query: CaseQuery) => SORT_COLUMN[query.sort.column]

type CasesQuery = SelectQueryBuilder<Database, 'cases', object>

/** The cases that a query asks for, unordered. Dismissed cases are never among them. */
export function matchingCases(db: Kysely<Database>, query: CaseQuery, blind: Blind = null): CasesQuery {
  let cases: CasesQuery = casesFor(db, blind).where('dismissed_at', 'is', null)
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

/** Each word has to be in one of the searched columns, in a label’s name, in a comment, or to name a case by its code. */
function containsWord(eb: ExpressionBuilder<Database, 'cases'>, word: string) {
  const patterns = patternsOf(word)
  const contains = (column: string) =>
    patterns.map((pattern) => sql<boolean>`lower(${sql.ref(column)}) like ${pattern} escape '\\'`)
  const labels = labelsNamed(word.toLowerCase())
  const said = labels.filter((label) => label !== 'other')
  const named = labels.length === 0 ? [] : [eb('label', 'in', said), eb('verdict_label', 'in', labels)]
  const commented = eb
    .selectFrom('verdicts')
    .select('case_id')
    .where('comment', '!=', '')
    .where((verdict) => verdict.or(contains('comment')))
  const end = idEndOf(word)
  const coded = end === null ? [] : [eb('id', 'like', `%${end}`)]
  return eb.or([...SEARCHED.flatMap(contains), ...named, ...coded, eb('id', 'in', commented)])
}

/** The words that a label's name can be found by, also as it is spelt in America. */
const WORDS = VERDICT_LABELS.map((label) => {
  const words = VERDICT_LABEL_NAMES[label].toLowerCase().split(' ')
  return { label, words: [...words, ...words.map((word) => word.replace('tumour', 'tumor'))] }
})

/** Labels with a word that begins so; a single letter means none. */
function labelsNamed(beginning: string): VerdictLabel[] {
  if (beginning.length < 2) return []
  return WORDS.filter(({ words }) => words.some((word) => word.startsWith(beginning))).map(({ label }) => label)
}

/** SQLite's `lower` knows no letters beyond a–z: Ä has to be looked for as Ä and as ä. */
function patternsOf(word: string): string[] {
  const forms = [word, word.toLowerCase(), word.toUpperCase()].map((form) =>
    form.replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
  )
  return [...new Set(forms)].map((form) => `%${form.replace(/[\\%_]/g, '\\$&')}%`)
}
