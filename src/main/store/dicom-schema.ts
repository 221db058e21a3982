import type { Generated, Selectable } from 'kysely'
import type { ErrorCode } from '../../shared/errors.ts'
import type { SendingReason, SendingState } from '../../shared/sending.ts'
import type { KeptObject } from './object-types.ts'

/** The tables of DICOM files and objects. */
export interface DicomTables {
  case_dicom: CaseDicomTable
  dicom_objects: DicomObjectsTable
  dicom_settings: DicomSettingsTable
  organisations: OrganisationsTable
  sendings: SendingsTable
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
  name: 'before-signing' | 'send-to'
  /** `on` or `off`; a PACS's id. */
  value: string
}

/** What the department's organisation was called, from when on. Append-only. */
interface OrganisationsTable {
  id: Generated<number>
  at: string
  name: string
}

/** Results on their way to a PACS. */
interface SendingsTable {
  id: Generated<number>
  case_id: string
  pacs: string
  /** As it was called when it was asked for. */
  pacs_name: string
  why: SendingReason
  asked_by: string
  asked_at: string
  state: SendingState
  tries: number
  /** Null where it is not tried any more. */
  next_at: string | null
  error_code: ErrorCode | null
  /** JSON. */
  error_details: string | null
  ended_at: string | null
}
export type SendingRow = Selectable<SendingsTable>
