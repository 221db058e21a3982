/** What the search by fields says. */
export const searchTexts = {
  fields: {
    patient: 'Patient',
    hash: 'File hash',
    batch: 'Batch',
    confidence: 'Confidence',
    study: 'Study date',
    accession: 'Accession number',
    uid: 'DICOM UID',
  },
  upTo: (confidence: string) => `at most ${confidence}`,
  days: (first: string, last: string) => {
    if (first === last) return first
    if (last === '') return `since ${first}`
    return first === '' ? `until ${last}` : `${first} – ${last}`
  },
  anyConfidence: 'Any confidence',
  studyFrom: 'Study date from',
  studyUntil: 'Until',
  chip: (field: string, value: string) => `${field}: ${value}`,
  remove: (chip: string) => `Remove the filter ${chip}`,
  chips: 'Filters by field',
  more: 'More',
  moreTitle: 'More filters',
  patientHint: 'Beginnings of name or ID',
  hashHint: 'SHA-256, or its first 8 characters or more',
  anyBatch: 'Any batch',
  apply: 'Filter',
  typed:
    'Or type patient:…, hash:…, batch:…, confidence:0.9, study:2026-11-20, accession:… or uid:… into the search, and Enter.',
  menus: (field: string) => `“${field}:” is no field of the search. Choose it in the menus beside it.`,
  unknown: (field: string) =>
    `“${field}:” is no field of the search (patient:, hash:, batch:, confidence:, study:, accession: and uid: are). Type the word alone.`,
  noHash: 'A file hash takes 8 characters or more, 0–9 and a–f.',
  uidHint: 'Of the study, the series or the image',
  noUid: 'A UID is numbers with dots between them, like 1.2.840.10008.',
  noConfidence: 'A confidence is a number from 0 to 1, like 0.9; it is the most that an answer may have.',
  noDays: 'Days are written 2026-11-20, or 2026-11-01..2026-11-20.',
  noBatch: (name: string) => `None of the newest batches begins with “${name}”.`,
  allOfBatch: 'See all files of the batch',
  inWorkList: 'Search its cases',
} as const
