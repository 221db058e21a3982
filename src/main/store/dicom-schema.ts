import type { Generated } from 'kysely'
import type { KeptObject } from './object-types.ts'

/** What a case's DICOM file says of itself. Append-only; all texts are '' once the case was erased. */
export interface CaseDicomTable {
  case_id: string
  study_uid: string
  series_uid: string
  instance_uid: string
  accession_number: string
  modality: string
  /** JSON: `DicomFacts`. */
  facts: string
}

/** Append-only. Nothing in it tells of a patient: UIDs are digests. */
export interface DicomObjectsTable extends KeptObject {
  id: Generated<number>
  case_id: string
  made_by: string
}

export interface DicomSettingsTable {
  name: 'before-signing'
  value: 'on' | 'off'
}
