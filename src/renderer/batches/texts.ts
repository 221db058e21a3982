import type { BatchFileState, BatchOrigin, BatchState } from '../../shared/batches.ts'
import { STATE_NAMES } from '../../shared/cases.ts'
import { passedOverWords } from '../../shared/passed-over-words.ts'
import { retriedWords } from '../../shared/retried.ts'
import { number, plural } from '../format.ts'

/** What the screens of batches say; part of `texts`. */

const cases = (n: number) => plural(n, 'case', 'cases')
const files = (n: number) => plural(n, 'file', 'files')

const batchStates: Record<BatchState, string> = {
  queued: 'Queued',
  running: 'Running',
  paused: 'Paused',
  completed: 'Completed',
  cancelled: 'Cancelled',
  interrupted: 'Interrupted',
}
const origins: Record<BatchOrigin, string> = {
  folder: 'Folder',
  files: 'Files',
  'command-line': 'Terminal',
  upload: 'Browser',
}
const fileStates: Record<BatchFileState, string> = { ...STATE_NAMES, waiting: 'Not begun', skipped: 'Seen before' }

export const batches = {
  title: 'Batches',
  states: batchStates,
  stopping: { paused: 'Pausing…', cancelled: 'Ending…' },
  stoppingHelp: {
    paused: 'The files that were begun are finished first, then it pauses.',
    cancelled: 'The files that were begun are finished first, then it ends.',
  },
  waitsShort: (station: string) => `Waits for ${station}`,
  waitsFor: (station: string) =>
    `Waits for ${station}, which is not open. Its files lie there: it goes on when Gyrus is started there.`,
  retried: retriedWords,
  origins,
  fileStates,
  none: 'No folder has been classified in one go yet.',
  noneText: 'Open a folder: its scans are analysed one after the other, and those to look at first come first.',
  columns: {
    name: 'Batch',
    state: 'State',
    progress: 'Done',
    failed: 'Failed',
    skipped: 'Seen before',
    rate: 'Speed',
    origin: 'From',
    by: 'By',
    created: 'Started',
  },
  table: 'Batches',
  of: (done: number, total: number, listed: boolean) => `${number(done)} of ${number(total)}${listed ? '' : '+'}`,
  share: (share: number) => `${Math.floor(100 * share)} %`,
  more: 'Show older ones',
  loadFailed: 'The batches could not be loaded.',
  pause: 'Pause',
  resume: 'Resume',
  cancel: 'Cancel',
  cancelTitle: 'End this batch?',
  cancelSure: 'What was analysed is kept; the rest is not opened. A batch that was ended cannot be resumed.',
  cancelYes: 'End it',
  keep: 'Keep it',
  retry: 'Retry failed',
  export: 'Export',
  csv: 'CSV',
  xlsx: 'Excel',
  pdf: 'Summary (PDF)',
  by: (reader: string, at: string) => `${reader}, ${at}`,
  series: ({ count, files: n }: { count: number; files: number }) =>
    `${plural(count, 'series', 'series')} put together of ${files(n)}: each is read as one case`,
  slice: 'slice of a series',
  seriesHead: 'Series',
  /** `1 series of 32 slices, 3 pictures`. */
  has: ({ count, files: slices }: { count: number; files: number }, others: number) => {
    const series = `${count === 1 ? '1 series' : `${number(count)} series`} of ${plural(slices, 'slice', 'slices')}`
    return others === 0 ? series : `${series}, ${plural(others, 'picture', 'pictures')}`
  },
  showSlices: 'Show the slices, too',
  hideSlices: 'Without the slices',
  passedOver: (n: number) => `${files(n)} passed over`,
  passedOverHelp: 'Nothing to analyse in them, and no failures.',
  passedOverKind: passedOverWords,
  passedOverMore: (n: number) => `${number(n)} more, not listed`,
  otherBytes: (name: string) => `same image as ${name}, other bytes`,
  looking: 'still looking for files',
  uploadHint: 'These files came from a browser. To go on, open the folder again: what was analysed is skipped.',
  totals: 'What was found',
  only: (name: string) => `Show only: ${name}`,
  kept: 'Shown after your impression',
  result: 'Result',
  filesHead: 'Files',
  files: 'Files of the batch',
  found: (n: number) => plural(n, 'file', 'files'),
  fileColumns: {
    select: 'Select',
    picture: 'Picture',
    state: 'Status',
    file: 'File',
    label: 'AI label',
    confidence: 'Conf.',
    attention: 'Attention',
    verdict: 'Verdict',
    opened: 'Opened',
  },
  attentionHelp:
    'How much a result needs your eyes, 0 to 1: high where a tumour is likely or the model is unsure. 1 − (1 − tumour probability) × (1 − entropy share). It orders one batch by its answers alone; the work list’s “most urgent first” counts days of waiting, too.',
  sort: 'Order',
  sorts: { attention: 'To look at first', order: 'As in the folder' },
  confidence: 'Confidence',
  anyConfidence: 'Any confidence',
  upTo: (confidence: number) => `At most ${confidence}`,
  opened: 'Opened by you',
  notOpened: 'Not opened by you',
  select: (name: string) => `Select ${name}`,
  selectAll: 'Select opened',
  selectAllHelp:
    'Selects what you have opened, as far as the table shows it: unread cases to agree with, and your own verdicts to sign.',
  agree: (n: number) => (n === 0 ? 'Agree with selected' : `Agree with selected (${number(n)})`),
  agreed: (agreed: number, notOpened: number, rest: number) =>
    [
      `Agreed with ${cases(agreed)}.`,
      notOpened > 0 ? `${cases(notOpened)} left out: open them first.` : '',
      rest > 0 ? `${cases(rest)} left out: they have a verdict or no result.` : '',
    ]
      .filter(Boolean)
      .join(' '),
  sign: (n: number) => (n === 0 ? 'Sign selected' : `Sign selected (${number(n)})`),
  signHelp:
    'Signs your verdicts on the selected cases with your name. From then on they are changed by an amendment only.',
  signed: (signed: number, notOpened: number, rest: number) =>
    [
      `Signed ${cases(signed)}.`,
      notOpened > 0 ? `${cases(notOpened)} left out: open them first.` : '',
      rest > 0 ? `${cases(rest)} left out: no verdict of yours stands on their result, or they are signed.` : '',
    ]
      .filter(Boolean)
      .join(' '),
  noHits: 'No file of this batch fits the filters.',
  empty: 'No file has been found yet.',
  folder: {
    title: 'Classify a folder',
    chosen: (name: string) => `Folder: ${name}`,
    count: (n: number) => `${plural(n, 'image', 'images')} to open`,
    subFolders: 'With its sub-folders',
    filter: 'Only names like',
    filterHint: 'e.g. *_t1ce*.png — * stands for any letters, ? for one',
    skipSeen: 'Skip files that the active model has analysed before, and link them to their case',
    start: 'Start',
    cancel: 'Cancel',
  },
  takenIn: (name: string) => `All files of “${name}” were taken in. See Batches.`,
} as const
