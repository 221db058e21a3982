import { type Kysely, sql, type Transaction } from 'kysely'
import { type Region, regionSchema } from '../../shared/brain-region.ts'
import type { Bound } from './audit/bindings.ts'
import { jsonText } from './dialect/words.ts'
import { hiddenFrom } from './hidden.ts'
import type { Added } from './rows.ts'
import type { Database } from './schema.ts'
import type { Blind } from './types.ts'

/** @returns by result what the entry of the answer binds with it */
export async function keepRegions(trx: Transaction<Database>, added: Added[]): Promise<Map<number, Bound[]>> {
  const values = added.flatMap(({ row, result: { caseId, region } }) =>
    region ? [{ result_id: row.id, case_id: caseId, features: JSON.stringify(region) }] : [],
  )
  if (values.length === 0) return new Map()
  const rows = await trx.insertInto('region_features').values(values).returningAll().execute()
  return new Map(rows.map((row) => [row.result_id, [{ kind: 'region_features', row }]]))
}

/** @returns the rows as they are now, which have to be bound anew */
export async function eraseRegions(trx: Transaction<Database>, caseId: string): Promise<Bound[]> {
  const rows = await trx
    .updateTable('region_features')
    .set({ features: '' })
    .where('case_id', '=', caseId)
    .returningAll()
    .execute()
  return rows.map((row) => ({ kind: 'region_features' as const, row }))
}

/**
 * Of the answers that stand, by case: of a series, of its key slice. Left out is what was not measured, was erased, or is kept
 * from a reader with the answer.
 */
export async function regionsOf(db: Kysely<Database>, caseIds: string[], blind: Blind): Promise<Map<string, Region>> {
  if (caseIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; features: string }>`
    select cases.id, region_features.features from cases
    left join series on series.case_id = cases.id
    join cases as shown on shown.id = coalesce(${jsonText(sql`series.standing`, 'key')}, cases.id)
    join region_features on region_features.result_id = shown.result_id
    where cases.id in (${sql.join(caseIds)}) and not ${blind === null ? sql`false` : hiddenFrom(blind)}`.execute(db)
  return new Map(
    rows.flatMap(({ id, features }) => {
      const region = regionIn(features)
      return region ? [[id, region] as const] : []
    }),
  )
}

/** Null, too, where it is of a Gyrus that measured something else. */
export const regionIn = (json: string | null | undefined): Region | null =>
  json ? (regionSchema.safeParse(JSON.parse(json)).data ?? null) : null
