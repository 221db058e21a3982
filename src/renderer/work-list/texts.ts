/** What the search by fields says. */
export const searchTexts = {
  fields: { patient: 'Patient', hash: 'File hash', batch: 'Batch' },
  chip: (field: string, value: string) => `${field}: ${value}`,
  remove: (chip: string) => `Remove the filter ${chip}`,
  chips: 'Filters by field',
  more: 'More',
  moreTitle: 'More filters',
  patientHint: 'Beginnings of name or ID',
  hashHint: 'SHA-256, or its first 8 characters or more',
  anyBatch: 'Any batch',
  apply: 'Filter',
  typed: 'Or type patient:…, hash:… or batch:… into the search, and Enter.',
  noHash: 'A file hash takes 8 characters or more, 0–9 and a–f.',
  noBatch: (name: string) => `None of the newest batches begins with “${name}”.`,
  allOfBatch: 'See all files of the batch',
  inWorkList: 'Search its cases',
} as const
