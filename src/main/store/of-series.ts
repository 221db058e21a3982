import { type Kysely, sql } from 'kysely'
import type { BatchSeries } from '../../shared/batches.ts'
import { GyrusError } from '../../shared/errors.ts'
import type { Standing } from './frame-types.ts'
import { casesFor } from './hidden.ts'
import { orNull } from './rows.ts'
import type { Database } from './schema.ts'
import type { Blind } from './types.ts'

/** The cases named, and all cases of the series that they are or are slices of. */
export async function wholeSeries(db: Kysely<Database>, caseIds: string[]): Promise<string[]> {
  if (caseIds.length === 0) return []
  const rows = await db
    .selectFrom('slices')
    .where((eb) =>
      eb.or([
        eb('series_id', 'in', caseIds),
        eb(
          'series_id',
          'in',
          eb.selectFrom('slices as own').where('own.case_id', 'in', caseIds).select('own.series_id'),
        ),
      ]),
    )
    .select(['case_id', 'series_id'])
    .execute()
  return [...new Set([...caseIds, ...rows.flatMap((row) => [row.series_id, row.case_id])])]
}

/** SQL: whether a case is on record and wanted: on a list, or a slice of a series that is. */
export const isKept = (cases: string) => {
  const of = (column: string) => sql.ref(`${cases}.${column}`)
  return sql<boolean>`(${of('dismissed_at')} is null or exists (select 1 from slices
    join cases as whole on whole.id = slices.series_id
    where slices.case_id = ${of('id')} and whole.dismissed_at is null))`
}

/** @throws GyrusError `case-is-slice` where a case is read as part of its series */
export async function refuseSlice(db: Kysely<Database>, caseId: string): Promise<void> {
  const slice = await db
    .selectFrom('slices')
    .where('case_id', '=', caseId)
    .where('listed', '=', 0)
    .select('case_id')
    .executeTakeFirst()
  if (slice) throw new GyrusError('case-is-slice')
}

/** Which series a case is, or is a slice of, with the number of its slices; null where it is neither. */
export async function ofSeries(
  db: Kysely<Database>,
  caseId: string,
): Promise<{ id: string; slices: number; place: number | null } | null> {
  const slice = await db
    .selectFrom('slices')
    .where('case_id', '=', caseId)
    .select(['series_id', 'place'])
    .executeTakeFirst()
  const id = slice?.series_id ?? caseId
  const { n } = await db
    .selectFrom('slices')
    .where('series_id', '=', id)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n === 0 ? null : { id, slices: n, place: slice?.place ?? null }
}

/** Of those of the cases that are series, the numbers of their slices. */
export async function sliceCounts(db: Kysely<Database>, caseIds: string[]): Promise<Map<string, number>> {
  if (caseIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('slices')
    .where('series_id', 'in', caseIds)
    .select(['series_id', (eb) => eb.fn.countAll<number>().as('n')])
    .groupBy('series_id')
    .execute()
  return new Map(rows.map(({ series_id, n }) => [series_id, n]))
}

/** Series that files of a batch are slices of, with how many of its files. */
export const seriesOfBatch = (db: Kysely<Database>, batch: string): Promise<{ id: string; files: number }[]> =>
  db
    .selectFrom('batch_files as file')
    .innerJoin('slices', 'slices.case_id', 'file.case_id')
    .where('file.batch_id', '=', batch)
    .select(['slices.series_id as id', (eb) => eb.fn.countAll<number>().as('files')])
    .groupBy('slices.series_id')
    .orderBy('slices.series_id')
    .execute()

/** The cases of series, as a reader may see them; without those that were taken off the lists. */
export async function seriesCases(db: Kysely<Database>, ids: string[], blind: Blind): Promise<BatchSeries[]> {
  const found: BatchSeries[] = []
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const rows = await casesFor(db, blind)
      .where('id', 'in', ids.slice(at, at + AT_ONCE))
      .where('dismissed_at', 'is', null)
      .select(['id', 'file_name', 'description', 'state', 'label', 'confidence'])
      .execute()
    for (const { id, file_name: fileName, description, state, label, confidence } of rows) {
      const answer = { label: orNull(label), confidence: confidence < 0 ? null : confidence }
      found.push({ id, fileName, description: orNull(description), state, ...answer })
    }
  }
  return found
}

/** SQLite takes 32,766 values a statement. */
const AT_ONCE = 1_000

/** The case whose file stands for a case: that of a series' key slice, else its own. */
export async function keyCaseOf(db: Kysely<Database>, caseId: string): Promise<string> {
  const row = await db.selectFrom('series').where('case_id', '=', caseId).select('standing').executeTakeFirst()
  return row ? standingIn(row.standing).key : caseId
}

export const standingIn = (json: string) => JSON.parse(json) as Standing
