import { duration, number, plural } from '../format.ts'

const files = (n: number) => plural(n, 'file', 'files')

/** Opening scans; part of `texts`. */
export const intakeTexts = {
  several: (name: string, others: number) => `${name} and ${number(others)} more`,
  openFiles: 'Open files…',
  openFolder: 'Open folder…',
  dropTitle: 'Drop to open',
  dropText: 'Files, folders and ZIP files, with their sub-folders',
  reading: 'Analysing scans',
  progress: (done: number, total: number) => `${number(done)} of ${number(total)}`,
  failed: (n: number) => `${number(n)} failed`,
  rate: (perSecond: number) => `${perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond)} images/s`,
  left: (seconds: number) => `${duration(seconds)} left`,
  cancel: 'Cancel',
  cancelled: (n: number) => `Cancelled. ${files(n)} not opened.`,
  scanning: 'Looking through the folders…',
  nothing: 'There are no images in what you chose.',
  nothingAction: (extensions: string) => `Gyrus reads ${extensions}.`,
  passedOver: (n: number) => `${files(n)} passed over: hidden, no image or not wanted.`,
  uploadFailed: (n: number) => `${files(n)} could not be opened`,
  andMore: (n: number) => `and ${number(n)} more`,
  done: (read: number, failed: number) => {
    if (failed === 0) return `${files(read)} analysed.`
    return `${read === 0 ? 'No file' : files(read)} analysed, ${number(failed)} failed.`
  },
  filtered: 'The search or the filters of the work list may hide them.',
  fileVanished: 'The file could not be read any more. Check that the drive is connected, then open it again.',
}
