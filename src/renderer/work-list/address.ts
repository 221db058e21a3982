import { CASE_STATES, type CaseQuery, SORT_COLUMNS, SOURCES, VERDICTS } from '../../shared/cases.ts'
import { CALLED } from '../../shared/labels.ts'
import { toConfidence, toDays, toHash, writeDays } from '../../shared/search-terms.ts'

/**
 * The filters in the address (`#/?labels=glioma&states=analysed`), so that a reload, a bookmark and Back keep them. What
 * is searched for, the patient and the study stay in the page: a browser writes addresses into its history, and what names
 * patients has no business there.
 */
const LISTS = {
  ...{ labels: CALLED, states: CASE_STATES, verdicts: [...VERDICTS, 'none'], sources: SOURCES },
  ...{ readers: null, models: null },
} as const
type ListName = keyof typeof LISTS

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const START = '#/?'

export function toAddress(query: CaseQuery): string {
  const told = new URLSearchParams()
  for (const name of Object.keys(LISTS) as ListName[]) for (const value of query[name]) told.append(name, value)
  const { sha256, batch, from, until, confidenceUpTo, sort } = query
  const days = { from: query.studiedFrom, until: query.studiedUntil }
  if (sha256 !== '') told.set('hash', sha256)
  if (batch !== null) told.set('batch', batch)
  if (from !== null) told.set('from', from)
  if (until !== null) told.set('until', until)
  if (confidenceUpTo !== null) told.set('confidence', String(confidenceUpTo))
  if (days.from !== null || days.until !== null) told.set('study', writeDays(days))
  if (sort.column !== 'receivedAt' || sort.direction !== 'desc') told.set('sort', `${sort.column}.${sort.direction}`)
  const text = String(told)
  return text === '' ? '#/' : START + text
}

/** Null where the address tells no filters. What it tells wrongly counts as not told. */
export function fromAddress(hash: string): Partial<CaseQuery> | null {
  if (!hash.startsWith(START)) return null
  const told = new URLSearchParams(hash.slice(START.length))
  const lists = Object.entries(LISTS).map(([name, known]) => {
    const values = [...new Set(told.getAll(name))]
    return [name, known ? values.filter((value) => (known as readonly string[]).includes(value)) : values]
  })
  const batch = told.get('batch') ?? ''
  const days = toDays(told.get('study') ?? '')
  return {
    ...Object.fromEntries(lists),
    sha256: toHash(told.get('hash') ?? '') ?? '',
    batch: UUID.test(batch) ? batch : null,
    from: toInstant(told.get('from')),
    until: toInstant(told.get('until')),
    confidenceUpTo: toConfidence(told.get('confidence') ?? ''),
    studiedFrom: days?.from ?? null,
    studiedUntil: days?.until ?? null,
    ...toSort(told.get('sort')),
  }
}

function toInstant(text: string | null): string | null {
  const ms = Date.parse(text ?? '')
  return Number.isNaN(ms) ? null : new Date(ms).toISOString()
}

function toSort(text: string | null): Pick<CaseQuery, 'sort'> | null {
  const [column = '', direction] = (text ?? '').split('.')
  const known = SORT_COLUMNS.find((one) => one === column)
  if (!known || (direction !== 'asc' && direction !== 'desc')) return null
  return { sort: { column: known, direction } }
}
