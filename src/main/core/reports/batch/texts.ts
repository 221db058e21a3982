import type { BatchOrigin } from '../../../../shared/batches.ts'
import { numbersIn } from '../numbers.ts'

const { count, percent } = numbersIn('en')

/** What the summary of a batch says. */
export const batchTexts = {
  documentTitle: (name: string) => `Gyrus: summary of the batch ${name}`,
  title: (name: string) => `Batch “${name}”`,
  facts: {
    origin: 'Origin',
    origins: {
      folder: 'a folder',
      files: 'files that were chosen',
      'command-line': 'the command line',
      upload: 'a browser',
    } satisfies Record<BatchOrigin, string>,
    started: 'Started',
    startedBy: (at: string, by: string) => `${at} by ${by}`,
    finished: 'Finished',
    notFinished: 'not finished',
    files: 'Files',
    counts: (files: number, analysed: number, failed: number, waiting: number) =>
      `${count(files)}: ${count(analysed)} analysed, ${count(failed)} failed${waiting > 0 ? `, ${count(waiting)} still waiting` : ''}`,
    series: 'Series',
    seriesOf: (n: number, files: number) =>
      `${count(n)}, of ${count(files)} files: each is read as one case; the answers here are those of the single files`,
    keptOut: 'Not in the numbers',
    kept: (n: number) => `${count(n)} analysed; their answers are shown to this reader only after an impression`,
    read: 'Read by a reader',
    readOf: (read: number, analysed: number) => `${count(read)} of ${count(analysed)}`,
    model: 'Model',
    modelOf: (name: string, id: string, version: string, weights: string) =>
      `${name} (${id}), version ${version}, weights SHA-256 ${weights}…`,
    nothingAnalysed: 'none: nothing was analysed',
    modelGone: 'not on this machine any more',
  },
  chart: 'What the model called the images',
  bar: (n: number, share: number) => `${count(n)} (${percent(share, 1)})`,
  meaning: 'The numbers say what the model answered, not what the patients have. Files that failed are in no bar.',
  batch: (id: string) => `Batch ${id}`,
  eyes: {
    title: 'Cases, those that need eyes first at the top',
    columns: { file: 'File', code: 'Code', label: 'Model says', confidence: 'Conf.', verdict: 'Verdict' },
    unread: 'unread',
    says: (verdict: string, label: string | null, reader: string) =>
      `${verdict}${label === null ? '' : `: ${label}`} (${reader})`,
  },
  failed: {
    title: 'Files that could not be read: they have no second opinion',
    columns: { file: 'File', reason: 'Reason' },
  },
  passedOver: {
    title: 'Passed over: nothing to analyse in them, and no failures',
    columns: { what: 'What', file: 'File' },
    more: (n: number) => `${count(n)} more, not listed`,
  },
}
