import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { CaseQuery, SortColumn } from '../../shared/cases.ts'
import { countBy, type ListFilter, listFilters } from './case-counts.ts'
import { besideRange, inRange, narrowest, type RangeFilter, rangeFilters } from './case-ranges.ts'
import {
  beginsWith,
  casesOfAccession,
  casesOfCode,
  casesOfUid,
  matching,
  type Sought,
  toPatientSearch,
  toSearch,
} from './case-search.ts'
import { beside, contains } from './dialect/words.ts'
import { folded, foldedColumn } from './fold.ts'
import type { CaseRecord, CasesTable, Database } from './schema.ts'
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
  urgency: 'urgency',
}

/**
 * Matches that are counted and listed where no kept count tells how many there are. Nobody scrolls through more, and
 * they are found within the time of a page.
 */
const MOST = 10_000
/** The same where a text is looked for, which takes longer a case. */
const MOST_OF_A_TEXT = 2_000
/** So many cases are sorted as fast as an index is walked. */
const FEW = 2_000

type Condition = RawBuilder<unknown>
type Direction = 'asc' | 'desc'

/** As many are listed and counted where no kept count tells. */
export const mostOf = ({ sought }: Pick<Plan, 'sought'>) => (sought.length === 0 ? MOST : MOST_OF_A_TEXT)

/** How the cases of a query are found. */
export interface Plan {
  /** Each part begins with one value of an index; together they are all cases that match, each of them once. */
  parts: Condition[][]
  /** Whether the index of each part also gives the order; else all that match are sorted. */
  inOrder: boolean
  /** The columns of the order; all go the same way. */
  order: (keyof CasesTable)[]
  direction: Direction
  span: Pick<CaseQuery, 'from' | 'until'>
  /** Texts are looked for first, in the full-text index, the newest cases before the others. */
  sought: Sought[]
  /** Of which batch; where no text is looked for, its newest cases come first. */
  batch: string | null
  /** How many match, where that is known without counting; with `more`, that many are listed. */
  total: { n: number; more: boolean } | null
}

/** Urgency would tell the answers that are kept from a reader: for them it is how long a case has waited. */
const sortOf = ({ sort: { column } }: CaseQuery, blind: Blind): keyof CasesTable =>
  column === 'urgency' && blind !== null ? 'waited' : SORT_COLUMN[column]

/**
 * Null where nothing can match.
 *
 * @param blind the reader from whom answers are kept: the plan is then for `seenBy`
 */
export async function planOf(db: Kysely<Database>, query: CaseQuery, blind: Blind = null): Promise<Plan | null> {
  const search = toSearch(query.search)
  const patient = toPatientSearch(query.patient)
  if (search === 'none' || patient === 'none') return null
  const sort = sortOf(query, blind)
  const order: Plan['order'] = sort === 'received_at' ? ['received_at', 'id'] : [sort, 'received_at', 'id']
  const how = {
    order,
    direction: query.sort.direction,
    sought: [...(search?.sought ?? []), ...patient],
    span: query,
    batch: query.batch,
  }
  const lists = listFilters(query)
  const codes = (search?.codes ?? []).map((code) => sql`id in (${casesOfCode(code)})`)
  const narrow = [...codes, ...narrowFilters(query), ...(blind === null ? [] : blindSearch(query.search))]
  const ranges = rangeFilters(query)
  // What names few cases leads; they are then sorted, but for one patient's, which stand in the order of time.
  if (how.sought.length > 0 || how.batch !== null || narrow.length > 0) {
    const alone = how.sought.length === 0 && how.batch === null && narrow.length === 1
    const ownOrder = alone && isPatients(query) && sort === 'received_at'
    const parts = [[...narrow, ...lists.map(besideList), ...ranges.map(besideRange)]]
    return { ...how, parts, inOrder: ownOrder, total: null }
  }
  const told = blind === null && query.from === null && query.until === null
  const lead = await rarest(db, lists)
  const span = await narrowest(db, ranges, MOST + 1)
  if (span && span.n <= MOST && span.n < (lead?.n ?? Infinity)) {
    const others = ranges.filter((range) => range !== span.filter)
    const parts = [[inRange(span.filter), ...others.map(besideRange), ...lists.map(besideList)]]
    const alone = told && others.length === 0 && lists.length === 0
    return { ...how, parts, inOrder: span.filter.column === sort, total: alone ? { n: span.n, more: false } : null }
  }
  return { ...how, ...(await listPlan(db, { lists, lead, ranges, sort, told })) }
}

/** What lists and the rest decide between them. */
interface ListPlan {
  lists: ListFilter[]
  lead: { filter: ListFilter; n: number } | null
  /** Many cases are in each of them, so they only stand beside. */
  ranges: RangeFilter[]
  sort: keyof CasesTable
  /** Whether kept counts know the answers. */
  told: boolean
}

async function listPlan(
  db: Kysely<Database>,
  { lists, lead, ranges, sort, told }: ListPlan,
): Promise<Pick<Plan, 'parts' | 'inOrder' | 'total'>> {
  const spans = ranges.map((range) => (range.column === sort ? inRange(range) : besideRange(range)))
  const known = ranges.length === 0 ? { n: await countBy(db, lists), more: false } : null
  // Of one span alone it is known that it has more than are listed.
  const total = told ? (known ?? (ranges.length === 1 && !lead ? { n: MOST, more: true } : null)) : null
  if (!lead) return { parts: [spans], inOrder: true, total }
  const { filter, n } = lead
  const ownOrder = sort === 'received_at' || sort === filter.column
  if (!ownOrder && n > FEW) return { parts: [[...lists.map(besideList), ...spans]], inOrder: true, total }
  const others = [...lists.filter((list) => list !== filter).map(besideList), ...spans]
  return { parts: filter.values.map((value) => [ofValue(filter, value), ...others]), inOrder: ownOrder, total }
}

/** The index of the second readings has those cases alone that have one, and is taken where the query says so, too. */
const ofValue = ({ column }: ListFilter, value: string): Condition =>
  column === 'second' ? sql`second = ${value} and second != ''` : sql`${sql.ref(column)} = ${value}`

const isPatients = ({ patientName, patientId }: CaseQuery) => patientName !== '' || patientId !== ''

function narrowFilters({ patientName, patientId, sha256, accession, uid }: CaseQuery): Condition[] {
  const filters: Condition[] = []
  if (patientId !== '') filters.push(sql`patient_id = ${patientId}`)
  if (patientName !== '') filters.push(sql`patient_name = ${patientName}`)
  if (sha256 !== '') filters.push(beginsWith('scan_sha256', sha256))
  if (accession !== '') filters.push(sql`id in (${casesOfAccession(accession)})`)
  if (uid !== '') filters.push(sql`id in (${casesOfUid(uid)})`)
  return filters
}

const inBatch = ({ batch }: Plan): Condition[] =>
  batch === null
    ? []
    : [sql`exists (select 1 from batch_files where batch_files.batch_id = ${batch} and batch_files.case_id = cases.id)`]

/** The full-text index knows the answer's label: where it is hidden, each word has to be in what the row shows. */
function blindSearch(search: string): Condition[] {
  const texts = `file_name || ' ' || patient_name || ' ' || patient_id || ' ' || description || ' ' || id`
  const shown = sql`lower(${foldedColumn(texts)})`
  const words = search.split(/\s+/).filter((word) => word !== '')
  return words.map((typed) => {
    const word = folded(typed).toLowerCase()
    return sql`(not hidden or ${contains(shown, word)} or ${hasAccession(word)})`
  })
}

/** Whether the accession number of the case's file, or of a slice of the series, has a part. */
const hasAccession = (part: string): Condition => sql`exists (select 1 from case_dicom
  where (case_id = cases.id or case_id in (select case_id from slices where series_id = cases.id))
    and ${contains(sql`lower(${foldedColumn('accession_number')})`, part)})`

/** Beside a place in the order, from which the index is walked, they must not lead. */
function within({ span: { from, until } }: Plan, fromPlace: boolean): Condition[] {
  const received = fromPlace ? beside(sql`received_at`) : sql`received_at`
  return [
    ...(from === null ? [] : [sql`${received} >= ${from}`]),
    ...(until === null ? [] : [sql`${received} < ${until}`]),
  ]
}

/** Another condition leads. */
const besideList = ({ column, values }: ListFilter): Condition =>
  sql`${beside(sql.ref(column))} in (${sql.join(values)})`

/** The filter that leaves the fewest cases. */
async function rarest(db: Kysely<Database>, lists: ListFilter[]): Promise<{ filter: ListFilter; n: number } | null> {
  let best: { filter: ListFilter; n: number } | null = null
  for (const filter of lists) {
    const n = await countBy(db, [filter])
    if (!best || n < best.n) best = { filter, n }
  }
  return best
}

/**
 * Cases of a plan, in its order.
 *
 * @param beyond only those behind this one, going `direction` instead of the plan's
 */
export function casesOf(
  plan: Plan,
  { offset, limit }: { offset: number; limit: number },
  beyond?: { place: CaseRecord; direction: Direction },
): RawBuilder<CaseRecord> {
  const direction = beyond?.direction ?? plan.direction
  const order = orderBy(plan, direction)
  const behind = beyond ? [behindPlace(plan, beyond.place, direction)] : []
  const spanned = within(plan, beyond !== undefined)
  if (!plan.inOrder) {
    const page = sql`select place, ${columnsOf(plan)} from (${found(plan, mostOf(plan))}) as found
      where ${all(behind)} order by ${order} limit ${limit} offset ${offset}`
    // What is sorted is narrow; the rows of the page are fetched at the end.
    return sql`select cases.* from (${page}) as page join cases on cases.rowid = page.place
      order by ${sql.join(plan.order.map((column) => sql`page.${sql.ref(column)} ${sql.raw(direction)}`))}`
  }
  const part = (conditions: Condition[]) =>
    sql`select * from cases where ${listed([...conditions, ...spanned, ...behind])} order by ${order}`
  const [only, ...more] = plan.parts
  if (only && more.length === 0) return sql`${part(only)} limit ${limit} offset ${offset}`
  // Each part is read no further than the page goes; what is sorted is no more than that.
  const parts = plan.parts.map((conditions) => sql`select * from (${part(conditions)} limit ${offset + limit}) as part`)
  return sql`select * from (${sql.join(parts, sql` union all `)}) as parts order by ${order} limit ${limit} offset ${offset}`
}

/** How many cases match, no more than `most`, and no further than a place where one is given. */
export function countOf(
  plan: Plan,
  most: number,
  beyond?: { place: CaseRecord; direction: Direction },
): RawBuilder<{ n: number }> {
  const behind = beyond ? [behindPlace(plan, beyond.place, beyond.direction)] : []
  const spanned = within(plan, beyond !== undefined)
  if (!plan.inOrder) return sql`select count(*) as n from (${found(plan, most)}) as found where ${all(behind)}`
  const parts = plan.parts.map(
    (conditions) =>
      sql`select 1 from (select 1 from cases where ${listed([...conditions, ...spanned, ...behind])} limit ${most}) as part`,
  )
  return sql`select count(*) as n from (select * from (${sql.join(parts, sql` union all `)}) as parts limit ${most}) as counted`
}

/** Whether a case is among those of the plan. The case alone is looked at, whatever index would answer the rest. */
export function isAmong(plan: Plan, id: string): RawBuilder<{ id: string }> {
  const { sought } = plan
  const fits = sql.join(
    plan.parts.map((conditions) => sql`(${listed([...conditions, ...within(plan, false), ...inBatch(plan)])})`),
    sql` or `,
  )
  const named =
    sought.length === 0
      ? sql`true`
      : sql`exists (select 1 from case_search where ${matching(sought)}
    and case_search.rowid = (select n from case_texts where case_id = ${id}))`
  return sql`select id from (select * from cases where id = ${id} limit 1) as cases where (${fits}) and ${named}`
}

/** Where the cases of the plan are, and what they are sorted by; of a text and of a batch the newest ones. */
function found(plan: Plan, limit: number): RawBuilder<{ id: string }> {
  const columns = sql.join([sql`cases.rowid as place`, ...plan.order.map((column) => sql`cases.${sql.ref(column)}`)])
  const conditions = [...(plan.parts[0] ?? []), ...within(plan, false)]
  if (plan.sought.length > 0) {
    return sql`select ${columns} from case_search
      join case_texts on case_texts.n = case_search.rowid
      join cases on cases.id = case_texts.case_id
      where ${matching(plan.sought)} and ${listed([...conditions, ...inBatch(plan)])}
      order by case_search.rowid desc limit ${limit}`
  }
  if (plan.batch !== null) {
    // Ids are made of the time. A case that two files are linked to is taken once.
    return sql`select ${columns} from (select batch_id, case_id, rowid as nth from batch_files) as member cross join cases
      where member.batch_id = ${plan.batch} and cases.id = member.case_id and ${listed(conditions)} and not exists
        (select 1 from batch_files as other where other.batch_id = member.batch_id
          and other.case_id = member.case_id and other.rowid < member.nth)
      order by member.case_id desc limit ${limit}`
  }
  const parts = plan.parts.map(
    (part) =>
      sql`select * from (select ${columns} from cases where ${listed([...part, ...within(plan, false)])} limit ${limit}) as part`,
  )
  return sql`select * from (${sql.join(parts, sql` union all `)}) as parts limit ${limit}`
}

const all = (conditions: Condition[]): Condition =>
  conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)
const listed = (conditions: Condition[]): Condition => all([sql`dismissed_at is null`, ...conditions])

const columnsOf = ({ order }: Plan) => sql.join(order.map((column) => sql.ref(column)))

const orderBy = ({ order }: Plan, direction: Direction) =>
  sql.join(order.map((column) => sql`${sql.ref(column)} ${sql.raw(direction)}`))

function behindPlace(plan: Plan, place: CaseRecord, direction: Direction): Condition {
  const values = sql.join(plan.order.map((column) => place[column]))
  return sql`(${columnsOf(plan)}) ${sql.raw(direction === 'asc' ? '>' : '<')} (${values})`
}
