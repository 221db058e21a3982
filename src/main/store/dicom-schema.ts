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
