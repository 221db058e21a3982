import type { Kysely, Transaction } from 'kysely'
import { type Acquisition, scannerOf, sequenceOf } from '../../shared/acquisition.ts'
import { type DicomFacts, dicomFactsSchema } from '../../shared/dicom.ts'
import type { Bound } from './audit/bindings.ts'
import type { Database } from './schema.ts'
import type { NewResult } from './types.ts'

/**
 * Keeps what a case's DICOM file says of itself; the patient and the study go on the case, where it is listed by them. Of a
 * case that was listed before it was analysed that is kept already.
 * @returns the rows that were written, to be bound
 */
export async function keepDicom(
  trx: Transaction<Database>,
  { caseId, dicom }: Pick<NewResult, 'caseId' | 'dicom'>,
): Promise<Bound[]> {
  if (!dicom || (await dicomOf(trx, caseId))) return []
  const row = await insertDicom(trx, caseId, dicom)
  const found = await trx
    .updateTable('cases')
    .set({
      patient_name: dicom.patientName,
      patient_id: dicom.patientId,
      study_date: dicom.studyDate,
      description: descriptionOf(dicom),
    })
    .where('id', '=', caseId)
    .returningAll()
    .executeTakeFirstOrThrow()
  return [row, { kind: 'cases', row: found }]
}

/** @returns the row that was written, to be bound */
export async function insertDicom(trx: Transaction<Database>, caseId: string, dicom: DicomFacts): Promise<Bound> {
  const row = await trx
    .insertInto('case_dicom')
    .values({
      case_id: caseId,
      study_uid: dicom.studyUid,
      series_uid: dicom.seriesUid,
      instance_uid: dicom.instanceUid,
      accession_number: dicom.accessionNumber,
      modality: dicom.modality,
      facts: JSON.stringify(dicom),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return { kind: 'case_dicom', row }
}

/** Study and series, where they say different things. */
export function descriptionOf({ studyDescription, seriesDescription }: DicomFacts): string {
  return [...new Set([studyDescription, seriesDescription])].filter(Boolean).join(' · ')
}

/** What a case's DICOM file says of itself; null where it is none, or was erased. */
export async function dicomOf(db: Kysely<Database>, caseId: string): Promise<DicomFacts | null> {
  const row = await db.selectFrom('case_dicom').where('case_id', '=', caseId).select('facts').executeTakeFirst()
  return factsIn(row?.facts)
}

/** Of a row that is not there, nothing. */
export const factsIn = (facts: string | null | undefined): DicomFacts | null =>
  facts ? dicomFactsSchema.parse(JSON.parse(facts)) : null

/** How a picture was taken. @param facts as they are kept; null or '' where there are none, or no longer */
export function acquisitionIn(facts: string | null): Acquisition {
  if (!facts) return { scanner: '', sequence: '' }
  const said = JSON.parse(facts) as DicomFacts
  return { scanner: scannerOf(said), sequence: sequenceOf(said) }
}

/** @returns the emptied row, to be bound anew */
export async function eraseDicom(trx: Transaction<Database>, caseId: string): Promise<Bound[]> {
  const rows = await trx
    .updateTable('case_dicom')
    .set({ study_uid: '', series_uid: '', instance_uid: '', accession_number: '', modality: '', facts: '' })
    .where('case_id', '=', caseId)
    .returningAll()
    .execute()
  return rows.map((row) => ({ kind: 'case_dicom', row }))
}
