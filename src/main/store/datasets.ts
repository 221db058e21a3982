import type { Kysely, Selectable, Transaction } from 'kysely'
import { COUNTED_SOURCES } from '../../shared/cases.ts'
import { timeNow } from '../../shared/clock.ts'
import type { Label, VerdictLabel } from '../../shared/labels.ts'
import { appendAudit } from './audit.ts'
import { labelIn } from './rows.ts'
import type { Database, DatasetsTable } from './schema.ts'
import type { RecordedDataset, SignedScan } from './types.ts'

/** All versions of all sets, by name, newest version first. A record that an older Gyrus wrote has none. */
export async function listDatasets(db: Kysely<Database>): Promise<RecordedDataset[]> {
  const tables = await db.introspection.getTables()
  if (!tables.some(({ name }) => name === 'datasets')) return []
  const rows = await db.selectFrom('datasets').selectAll().orderBy('name').orderBy('version', 'desc').execute()
  return rows.map(toEntry)
}

/** Puts a new version on record; its number must be free. */
export async function addDataset(trx: Transaction<Database>, entry: RecordedDataset): Promise<void> {
  const { name, version, sha256, contentSha256, manifestSha256, importedAt, importedBy, origin, images } = entry
  const row = await trx
    .insertInto('datasets')
    .values({
      name,
      version,
      sha256,
      content_sha256: contentSha256,
      manifest_sha256: manifestSha256,
      imported_at: importedAt,
      imported_by: importedBy,
      origin: JSON.stringify(origin),
      images,
      unreadable: entry.unreadable,
      per_class: JSON.stringify(entry.perClass),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  const detail = { sha256, content: contentSha256, manifest: manifestSha256, images }
  const binds = [{ kind: 'datasets' as const, row }]
  await appendAudit(trx, timeNow(), [
    { actor: importedBy, act: 'dataset.imported', subject: `${name}@${version}`, detail, binds },
  ])
}

function toEntry(row: Selectable<DatasetsTable>): RecordedDataset {
  return {
    name: row.name,
    version: row.version,
    sha256: row.sha256,
    contentSha256: row.content_sha256,
    manifestSha256: row.manifest_sha256,
    importedAt: row.imported_at,
    importedBy: row.imported_by,
    origin: JSON.parse(row.origin),
    images: row.images,
    unreadable: row.unreadable,
    perClass: JSON.parse(row.per_class),
  }
}

/**
 * Signed cases, newest signature first: a verdict that is not signed is a draft. An agreed one has the label of the
 * result that the reader agreed with, whatever result stands now; `label` is null where the reader could not tell.
 *
 * @param since instant; only verdicts signed then and later
 */
export async function signedScans(db: Kysely<Database>, since: string | null): Promise<SignedScan[]> {
  let query = standingSigned(db)
  if (since !== null) query = query.where('signatures.at', '>=', since)
  const rows = await query
    .select(['cases.id', 'cases.file_name', 'cases.scan_sha256', 'cases.patient_id', 'cases.patient_name'])
    .select(['cases.study_date', 'verdicts.verdict', 'verdicts.label as verdict_label', 'results.label as ai_label'])
    .$narrowType<{ scan_sha256: string }>()
    .orderBy('signatures.id', 'desc')
    .execute()
  return rows.map((row) => ({
    caseId: row.id,
    fileName: row.file_name,
    sha256: row.scan_sha256,
    patient: row.patient_id || row.patient_name || null,
    studyDate: row.study_date || null,
    label: labelOf(row.verdict === 'agree' ? labelIn(row.ai_label) : row.verdict_label),
  }))
}

/** Cases whose signed verdict stands and is settled, and whose image is here; with `verdicts`, `signatures` and `results`. */
export const standingSigned = (db: Kysely<Database>) =>
  db
    .selectFrom('cases')
    .innerJoin('verdicts', 'verdicts.id', 'cases.verdict_id')
    .innerJoin('signatures', 'signatures.verdict_id', 'verdicts.id')
    .innerJoin('results', 'results.id', 'verdicts.result_id')
    .where('cases.state', '=', 'signed')
    .where('cases.dismissed_at', 'is', null)
    // What waits for another reader is not settled.
    .where('cases.second', 'not in', ['open', 'disputed'])
    .where('cases.scan_sha256', 'is not', null)
    // What was edited teaches what was edited into it; from the samples the model learned already.
    .where('cases.source', 'in', COUNTED_SOURCES)
    // What a reader says of a series they say of no one slice.
    .where('cases.id', 'not in', (eb) => eb.selectFrom('series').select('case_id'))
    .where('cases.id', 'not in', (eb) => eb.selectFrom('erasures').select('case_id'))
    .where('cases.id', 'not in', (eb) => eb.selectFrom('image_removals').select('case_id'))

/** A finding outside the labels teaches none of them. */
export const labelOf = (label: VerdictLabel | null): Label | null => (label === 'other' ? null : label)
