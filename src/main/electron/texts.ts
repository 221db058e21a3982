import type { BatchCounts } from '../../shared/batches.ts'

const files = (n: number) => (n === 1 ? '1 file' : `${n.toLocaleString('en-GB')} files`)

/**
 * What the main process itself says; language.ts tells in which language. No name of a file, batch or patient: much of it is
 * seen by whoever passes by.
 */
export const english = {
  menu: {
    file: 'File',
    openFiles: 'Open files…',
    openFolder: 'Open folder…',
    recent: 'Open a recent folder',
    noRecent: 'None yet',
    edit: 'Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select all',
    view: 'View',
    actualSize: 'Actual size',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    fullScreen: 'Full screen',
    window: 'Window',
    minimise: 'Minimise',
    close: 'Close',
    hide: 'Hide Gyrus',
    hideOthers: 'Hide others',
    showAll: 'Show all',
    help: 'Help',
    quit: 'Quit',
  },
  choose: { images: 'Images and ZIP files' },
  quit: {
    message: (work: 'batch' | 'training' | 'both') =>
      ({
        batch: 'A batch is running.',
        training: 'A model is being trained.',
        both: 'A batch is running, and a model is being trained.',
      })[work],
    batch: 'The batch goes on by itself at the next start.',
    training: 'The training goes on from its last epoch by itself at the next start.',
    quit: 'Quit',
    stay: 'Keep working',
  },
  notice: {
    title: 'Gyrus',
    batchDone: ({ total, failed }: BatchCounts) =>
      failed === 0
        ? `A batch is finished: ${files(total)}.`
        : `A batch is finished: ${files(total)}, ${failed} failed.`,
    batchBroken: 'A batch was broken off. Gyrus shows why.',
    trainingDone: 'A training has ended.',
  },
  gone: {
    message: 'The window’s page has ended several times in a row.',
    detail: 'The record is safe. Verdicts that were begun are kept in the window until Gyrus is quit.',
    again: 'Load it again',
    quit: 'Quit',
  },
  passphrase: {
    title: 'Gyrus – encrypted record',
    heading: 'Open the record',
    encrypted: (folder: string) => `The record in ${folder} is encrypted.`,
    label: 'Passphrase of the record',
    hint: 'The recovery code opens it, too.',
    open: 'Open',
    opening: 'Opening…',
    wait: 'Open (in {seconds} s)',
  },
  refused: 'Gyrus could not start',
  setIn: (place: string) =>
    place === 'GYRUS_DATABASE'
      ? 'The department is set by GYRUS_DATABASE, where Gyrus is started.'
      : `The department’s address, user and password are in ${place}. Correct them there and try again.`,
  again: 'Try again',
  show: 'Show the file',
}

/** On the terminal, which is English as the command line is. */
export const HANDED_ON = 'Gyrus is open on this data folder already; its window was brought to the front.'
