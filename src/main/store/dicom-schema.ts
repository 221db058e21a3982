import type { Generated } from 'kysely'
import type { KeptObject } from './object-types.ts'

/** What DICOM files say, and the objects made of cases. */
export interface DicomTables {
  case_dicom: CaseDicomTable
  dicom_objects: DicomObjectsTable
  dicom_settings: DicomSettingsTable
}

/** What a case's DICOM file says of itself. Append-only; all texts are '' once the case was erased. */
interface CaseDicomTable {
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
interface DicomObjectsTable extends KeptObject {
  id: Generated<number>
  case_id: string
  made_by: string
}

interface DicomSettingsTable {
  name: 'before-signing'
  value: 'on' | 'off'
}
