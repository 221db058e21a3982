import { number, plural } from '../format.ts'
import { actNames } from './act-names.ts'

/** The audit trail; part of `texts`. */
export const auditTexts = {
  title: 'Audit trail',
  count: (n: number, filtered: boolean) => `${plural(n, 'entry', 'entries')}${filtered ? ' found' : ''}`,
  grid: 'Entries',
  columns: { sequence: 'No.', at: 'Time', actor: 'Who', act: 'What', subject: 'To what', detail: 'Details' },
  subject: 'To what: code or ID of a case or batch, a model, name@version of a data set …',
  subjectLabel: 'Only entries about one thing',
  only: (subject: string) => `Only entries about ${subject}`,
  openCase: 'Open',
  more: (sequence: number) => `Entry ${number(sequence)}: all that it says`,
  entry: {
    title: (sequence: number) => `Entry ${number(sequence)}`,
    facts: 'In words',
    subject: 'To what',
    act: 'Act, UTC',
    hash: 'SHA-256',
    previous: 'Entry before',
    json: 'As recorded',
  },
  withheld: 'The details are kept from you until the second reading.',
  none: 'Nothing was done here yet.',
  noHits: 'No entry fits the filters.',
  noHitsHint:
    'Entries name no patients and no files. Look the case up in the work list: its history (y) has its entries, and what is typed here is its code, as reports print it, or its ID.',
  loadFailed: 'The audit trail could not be loaded.',
  verify: 'Verify',
  cancel: 'Cancel',
  files: 'Stored scans too',
  filesHint: 'Also reads every stored scan again, which takes longer',
  stages: {
    entries: 'Entries and what they bind',
    rows: 'Rows',
    cases: 'Cases',
    files: 'Stored scans',
    batches: 'Files of batches',
    database: 'Database file and indexes',
  },
  verifying: 'Verifying',
  running: (stage: string, done: number, total: number) => `${stage}: ${number(done)} of ${number(total)}`,
  sound: (entries: number, rows: number, files: number | null) => {
    const scans = files === null ? '' : `, and ${plural(files, 'stored scan', 'stored scans')}`
    return `Sound: ${plural(entries, 'entry', 'entries')}, ${plural(rows, 'record', 'records')} that they bind${scans}.`
  },
  verifiedAt: (at: string) => `Verified ${at}.`,
  clock: (n: number) => `The clock of this machine was set back ${n === 1 ? 'once' : `${number(n)} times`}.`,
  head: (sequence: number, hash: string) => `Head: entry ${number(sequence)}, ${hash} …`,
  broken: (sequence: number | null) => (sequence === null ? 'Broken.' : `Broken at entry ${number(sequence)}.`),
  showEntry: (sequence: number) => `Show entry ${number(sequence)}`,
  brokenHalt: 'Verification ends at the first break: what comes after it is not proved either way.',
  brokenSteps: 'What to do',
  steps: {
    keep: 'Keep the data folder as it is: copy it away before anything else is done to it.',
    stop: 'Sign nothing more here until it is cleared up.',
    tell: 'Tell an administrator.',
    heads: 'Find out until when it was whole, by the daily heads that were exported:',
    restore: 'Then restore the newest backup that was made before:',
  },
  notVerified: 'The audit trail could not be verified.',
  contains: (heads: number) =>
    `It contains ${heads === 1 ? 'the signed head' : `all ${heads} signed heads`} of the chosen folder.`,
  daily: (folder: string, last: string | null) =>
    `Signed every day into ${folder}${last === null ? '' : ` (last ${last})`}.`,
  notDaily: 'Not signed every day: entries cut off at the end would not be noticed. See “gyrus audit head --help”.',
  key: (fingerprint: string) => `Key ${fingerprint} …`,
  export: 'Export',
  formats: { csv: 'CSV', json: 'JSON', atna: 'DICOM audit messages (XML)' },
  acts: actNames,
}
