import { type Kysely, sql, type Transaction } from 'kysely'
import { labelOf, standingSigned } from './datasets.ts'
import { hex } from './dialect/words.ts'
import { keyCaseOf, ofSeries } from './of-series.ts'
import { type Added, gateIn, labelIn } from './rows.ts'
import type { Database } from './schema.ts'
import type { Compared, SignedNow, SignedVector, SimilarReads } from './types.ts'

export const similarReads = (db: Kysely<Database>): SimilarReads => ({
  comparedCase: (id) => comparedCase(db, id),
  signedVectors: (indexId, after, limit) => signedVectors(db, indexId, after, limit),
  signedNow: (caseIds) => signedNow(db, caseIds),
})

/** It stands beside its answer, as what was measured of the picture: it is no part of what the trail binds. */
export async function keepVectors(trx: Transaction<Database>, added: Added[]): Promise<void> {
  const values = added.flatMap(({ row, result: { caseId, vector } }) =>
    vector ? [{ result_id: row.id, case_id: caseId, index_id: vector.indexId, vector: vector.values }] : [],
  )
  if (values.length > 0) await trx.insertInto('feature_vectors').values(values).execute()
}

export async function eraseVectors(trx: Transaction<Database>, caseId: string): Promise<void> {
  await trx.updateTable('feature_vectors').set({ vector: new Uint8Array() }).where('case_id', '=', caseId).execute()
}

/** As an export has them: the numbers in hexadecimal. */
export async function vectorsInWords(db: Kysely<Database>, caseId: string): Promise<object[]> {
  const { rows } = await sql<object>`select result_id, case_id, index_id, ${hex(sql`vector`)} as vector
    from feature_vectors where case_id = ${caseId} order by result_id`.execute(db)
  return rows
}

async function comparedCase(db: Kysely<Database>, id: string): Promise<Compared | null> {
  const caseId = await keyCaseOf(db, id)
  const row = await db
    .selectFrom('cases')
    .innerJoin('results', 'results.id', 'cases.result_id')
    .leftJoin('feature_vectors as own', 'own.result_id', 'results.id')
    .where('cases.id', '=', caseId)
    .select(['cases.scan_sha256', 'cases.patient_id', 'cases.patient_name', 'own.index_id', 'own.vector'])
    .select(['results.gate', 'results.gate_reasons'])
    .select(['results.label', 'results.model_id', 'results.weights_sha256', 'results.preprocessing_version'])
    .executeTakeFirst()
  if (!row) return null
  const { index_id, vector } = row
  return {
    caseId,
    result: {
      ...{ label: labelIn(row.label), gate: gateIn(row), modelId: row.model_id },
      ...{ weightsSha256: row.weights_sha256, preprocessingVersion: row.preprocessing_version },
    },
    sha256: row.scan_sha256,
    patient: row.patient_id || row.patient_name || null,
    vector: index_id !== null && vector && vector.length > 0 ? { indexId: index_id, values: vector } : null,
    own: await sameSeries(db, id),
  }
}

async function sameSeries(db: Kysely<Database>, id: string): Promise<string[]> {
  const series = await ofSeries(db, id)
  if (!series) return [id]
  const slices = await db.selectFrom('slices').where('series_id', '=', series.id).select('case_id').execute()
  return [series.id, ...slices.map(({ case_id }) => case_id)]
}

/** What of it still stands, `signedNow` says: this is only where to look. */
async function signedVectors(
  db: Kysely<Database>,
  indexId: string,
  after: number,
  limit: number,
): Promise<SignedVector[]> {
  const rows = await signedVectorsQuery(db, indexId, after, limit).execute()
  return rows.map(({ signature, case_id, scan_sha256, vector }) => ({
    ...{ signature, caseId: case_id, sha256: scan_sha256 ?? '', values: vector },
  }))
}

/** The signatures lead: few of them are new. */
export const signedVectorsQuery = (db: Kysely<Database>, indexId: string, after: number, limit: number) =>
  db
    .selectFrom('signatures as s')
    .crossJoin('feature_vectors as v')
    .crossJoin('cases as c')
    .whereRef('v.case_id', '=', 's.case_id')
    .whereRef('c.id', '=', 's.case_id')
    .where('s.id', '>', after)
    .where('v.index_id', '=', indexId)
    // Pictures that a reader changed are nobody's, and samples are among the training images already.
    .where(sql<boolean>`c.source not in ('edited', 'sample')`)
    .select(['s.id as signature', 's.case_id', 'c.scan_sha256', 'v.vector'])
    .orderBy('s.id')
    .limit(limit)

async function signedNow(db: Kysely<Database>, caseIds: string[]): Promise<SignedNow[]> {
  if (caseIds.length === 0) return []
  const rows = await standingSigned(db)
    .where('cases.id', 'in', caseIds)
    .select(['cases.id', 'cases.scan_sha256', 'cases.patient_id', 'cases.patient_name', 'signatures.at'])
    .select(['verdicts.verdict', 'verdicts.label as verdict_label', 'results.label as ai_label'])
    .$narrowType<{ scan_sha256: string }>()
    .execute()
  return rows.map((row) => ({
    caseId: row.id,
    sha256: row.scan_sha256,
    patient: row.patient_id || row.patient_name || null,
    label: labelOf(row.verdict === 'agree' ? labelIn(row.ai_label) : row.verdict_label),
    signedAt: row.at,
  }))
}
