import { CARD_ITEM_NAMES } from '../shared/card-items.ts'
import { SOURCE_NAMES, type SortColumn, STATE_NAMES, VERDICT_NAMES } from '../shared/cases.ts'
import { CAUTIONS } from '../shared/cautions.ts'
import { BANNER, LABEL_NAMES, VERDICT_LABEL_NAMES } from '../shared/labels.ts'
import { PAPER_NAMES } from '../shared/report.ts'
import { VIEW_WORDS } from '../shared/view.ts'
import { accountTexts } from './accounts/texts.ts'
import { adminTexts } from './admin/texts.ts'
import { actNames } from './audit/act-names.ts'
import { batches } from './batches/texts.ts'
import { careTexts } from './care/texts.ts'
import { chartTexts } from './charts/texts.ts'
import { computeTexts } from './compute/texts.ts'
import { dataSetTexts } from './data-sets/texts.ts'
import { duration, milliseconds, number, plural } from './format.ts'
import { resultsTexts } from './models/results/texts.ts'
import { modelTexts } from './models/texts.ts'
import { monitoringTexts } from './monitoring/texts.ts'
import { readingTexts } from './readings/texts.ts'
import { historyTexts } from './review/texts.ts'
import { panelTexts } from './settings/panel-texts.ts'
import { keysTexts } from './settings/texts.ts'
import { trainingTexts } from './training/texts.ts'

/** Every text that the screens show, in one place for later translation. British English. Gyrus analyses; readers read. */

const cases = (n: number) => plural(n, 'case', 'cases')
const files = (n: number) => plural(n, 'file', 'files')

const columns: Record<SortColumn, string> = {
  state: 'Status',
  patientName: 'Patient',
  patientId: 'ID',
  studyDate: 'Study date',
  description: 'Description',
  fileName: 'File',
  source: 'Source',
  label: 'AI label',
  confidence: 'Conf.',
  reader: 'Reader',
  verdict: 'Verdict',
  modelId: 'Model',
  receivedAt: 'Received',
}

export const texts = {
  product: 'Gyrus',
  banner: BANNER,
  labels: LABEL_NAMES,
  verdictLabels: VERDICT_LABEL_NAMES,
  /** Where there is little room. */
  shortLabels: { ...VERDICT_LABEL_NAMES, pituitary: 'Pituitary' },
  none: '–',
  states: STATE_NAMES,
  sources: SOURCE_NAMES,
  verdicts: { ...VERDICT_NAMES, none: 'No verdict' },
  columns,

  unreachable: {
    code: 'unreachable',
    message: 'Gyrus does not answer.',
    action: 'Check that it is still running. This page goes on by itself when it is back.',
  },
  /** The page's session ended with the Gyrus that gave it. */
  newLink: {
    code: 'unauthorised',
    message: 'Gyrus was started again: this page needs a new link.',
    action:
      'Press Enter in the terminal where it runs, or start it again there, and open the link that it prints in this browser.',
  },
  internal: { code: 'internal', message: 'This page made a mistake.', action: 'Reload it; what was saved is safe.' },
  imageFailed: {
    code: 'image-failed',
    message: 'The image could not be shown.',
    action: 'Try again; if it stays so, open the original file again.',
  },

  ui: { progress: { left: (time: string) => `about ${time} left`, cancel: 'Cancel' } },

  shell: {
    pages: 'Pages',
    workList: 'Work list',
    audit: 'Audit',
    reader: (name: string) => `Reader: ${name}`,
    keys: 'Keys',
    close: 'Close',
    dismiss: 'Dismiss',
    tryAgain: 'Try again',
    loadFailed: 'This could not be loaded.',
    no: 'Cancel',
    notifications: 'Notifications',
    fatalTitle: 'Gyrus cannot be used from this page',
    engine: {
      starting: 'The engine is starting. Scans that you open now are analysed as soon as it is ready.',
      restarting: 'The engine stopped and is being started again. Nothing was lost; it goes on by itself.',
      failed: 'The engine cannot analyse scans.',
      failedAction: 'Restart Gyrus; if it stays so, install it again.',
    },
  },

  workList: {
    title: 'Work list',
    counts: (all: number, unread: number) => `${cases(all)} · ${number(unread)} unread`,
    found: (total: number, more: boolean) =>
      more ? `more than ${number(total)} found; narrow it to see all` : `${number(total)} found`,
    search: 'Search name, ID, file …',
    searchHint: 'Finds names, IDs, descriptions, files, labels, comments and codes',
    searchLabel: 'Search the work list',
    filters: 'Filters',
    filterCount: (name: string, n: number) => (n === 0 ? name : `${name} (${n})`),
    noValues: 'No values yet',
    from: 'From',
    until: 'Up to and including',
    /** Days; an open end is empty. */
    span: (first: string, last: string) => {
      if (!last) return `from ${first}`
      if (!first) return `up to ${last}`
      return first === last ? first : `${first} – ${last}`
    },
    anyTime: 'Any time',
    today: 'Today',
    lastDays: (days: number) => `Last ${days} days`,
    clear: 'Clear filters',
    grid: 'Cases',
    sortBy: (column: string) => `Sort by ${column}`,
    loadFailed: 'The work list could not be loaded.',
    none: 'No cases yet',
    noneText: 'Cases appear here when a radiologist or an administrator has opened scans.',
    noHits: 'No case matches',
    noHitsText: (all: number) => `None of the ${cases(all)} fits the search and the filters.`,
    retryCase: (name: string) => `Try again: ${name}`,
    removeCase: (name: string) => `Dismiss: ${name}`,
    retried: (name: string) => `${name} is being analysed again.`,
    removed: (name: string) => `${name} is off the work list. It stays on record.`,
    noUnread: 'No unread case is left in this list.',
    waiting: 'being analysed',
    says: (label: string) => `says ${label}`,
  },

  welcome: {
    title: 'A second opinion on brain MRI',
    text: 'Open MRI slices and a model on this machine says how likely glioma, meningioma, pituitary tumour or no tumour is. You look, agree or disagree, and every case stays on record. Nothing leaves this machine.',
    samples: 'Open sample scans',
    samplesText: (n: number) =>
      `The samples are ${number(n)} published slices. The model learned from most of them: it does better here than on your patients.`,
    drop: 'or drop files and folders anywhere in this window',
    formats: (extensions: string) => `Reads ${extensions}`,
  },

  intake: {
    several: (name: string, others: number) => `${name} and ${number(others)} more`,
    openFiles: 'Open files…',
    openFolder: 'Open folder…',
    dropTitle: 'Drop to open',
    dropText: 'Files and folders, with their sub-folders',
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
    skipped: (n: number) => `${files(n)} skipped: hidden, or not an image.`,
    uploadFailed: (n: number) => `${files(n)} could not be opened`,
    andMore: (n: number) => `and ${number(n)} more`,
    done: (read: number, failed: number) => {
      if (failed === 0) return `${files(read)} analysed.`
      return `${read === 0 ? 'No file' : files(read)} analysed, ${number(failed)} failed.`
    },
    fileVanished: 'The file could not be read any more. Check that the drive is connected, then open it again.',
  },

  batches,

  review: {
    title: 'Review',
    back: 'Work list',
    backToBatch: 'Batch',
    neighbours: 'Neighbouring cases',
    place: (position: number, total: number, more: boolean) =>
      `${number(position + 1)} of ${more ? 'more than ' : ''}${number(total)}`,
    previous: 'Previous case',
    next: 'Next case',
    first: 'This is the first case of the list.',
    last: 'This is the last case of the list.',
    image: 'Image',
    imageOf: (name: string) => `MRI slice ${name}`,
    opinion: 'Second opinion',
    confidences: 'Confidence for each label',
    madeFor: CAUTIONS.madeFor,
    caution: CAUTIONS.notHealthy,
    inColour: CAUTIONS.inColour,
    isEmpty: CAUTIONS.isEmpty,
    blindSpot: CAUTIONS.blindSpot,
    readIn: (ms: number) => `analysed in ${milliseconds(ms)}`,
    times: (decode: number, preprocess: number, inference: number) =>
      `Decoding ${milliseconds(decode)}, preparing ${milliseconds(preprocess)}, model ${milliseconds(inference)}`,
    model: 'Model',
    card: 'Model card',
    otherModel: (id: string) => `Analysed by ${id}; the card shown is for the current model.`,
    sameScan: (n: number) =>
      n === 1 ? 'The same file was opened before:' : `The same file was opened ${n} other times:`,
    received: 'Received',
    waitingTitle: 'Being analysed',
    waitingText: 'The result appears here by itself.',
    waitingImage: 'The image appears when the scan has been analysed.',
    failedTitle: 'This scan could not be read',
    unknownTitle: 'This case cannot be shown',
    noResult: 'There is no second opinion for this case.',
    loadingImage: 'Loading the image',
    imageFailedTitle: 'The image could not be shown',
  },

  verdict: {
    title: 'Your verdict',
    agree: 'Agree',
    disagree: 'Disagree…',
    cannotTell: 'Can’t tell',
    choose: 'What is it, in your opinion?',
    aiSays: 'AI',
    aiSaysLong: 'what the AI says',
    comment: 'Comment',
    commentHint: 'Optional',
    commentOther: 'Say what it is',
    save: 'Save',
    saveNext: 'Save and next unread',
    needsVerdict: 'Choose a verdict to save the comment.',
    needsLabel: 'Choose what it is to save.',
    change: 'Supersedes the one on record, which is kept.',
    saved: 'Verdict saved.',
    savedFor: (name: string) => `Verdict saved for ${name}.`,
    savedLast: 'Verdict saved. No unread case is left in this list.',
    keptDraft: 'The verdict that you began is kept with its case; it is not saved yet.',
    unsavedAtClose: {
      code: 'unsaved',
      message: 'A verdict that you began is not saved.',
      action: 'Save or discard it, or close again now to lose it.',
    },
    unsaved: 'Not saved yet',
    unsavedShort: 'unsaved',
    discard: 'Discard',
    history: 'Verdicts on record',
    superseded: 'superseded',
    standing: 'stands',
    onEarlier: 'Given on an earlier answer, not on the one that stands',
    withLabel: (label: string) => `Disagree: ${label}`,
    onRecord: (says: string) => `On record: ${says}`,
    withLabelShort: (label: string) => `Disagree — ${label}`,
    signed: 'What is signed stays. Another verdict takes its place by an amendment, with the reason.',
    signature: 'Signature',
    sign: 'Sign',
    signHelp: 'Signs the verdict on record with your name. From then on it is changed by an amendment only.',
    nowSigned: 'Verdict signed.',
    signAgain: (key: string, verdict: string) =>
      `Press ${key} again to sign “${verdict}”. It can then only be amended.`,
    saveFirst: 'Save a verdict first, then sign it.',
    signedBy: (signer: string, when: string) => `Signed by ${signer}, ${when}`,
    signedAt: (when: string) => `signed ${when}`,
    draft: 'not signed',
    amend: 'Amend…',
    amendTitle: 'Amended verdict',
    amendNow: 'Amend and sign',
    amendCancel: 'Cancel',
    amended: 'Amended and signed.',
    reason: 'Reason',
    reasonHint: 'Required',
    needsReason: 'Say why it is amended.',
    because: (reason: string) => `Amended: ${reason}`,
    changeSigned: 'Supersedes the signed one, which is kept.',
  },

  impression: {
    title: 'Your impression',
    text: 'First yours, then that of the model. It is kept with its time, and cannot be changed.',
    choose: 'What do you think it is?',
    first: 'The report tells the answer: record your impression first.',
    again: (key: string, says: string) => `Press ${key} again to record “${says}”. It cannot be changed then.`,
    hidden: 'The second opinion is shown when you have recorded your impression.',
    before: (says: string, at: string, differs: boolean) =>
      `Impression before the answer: ${says}, ${at}. ${differs ? 'The verdict differs from it.' : 'The verdict is the same.'}`,
    own: 'My impression before the answer',
    ownByDepartment: 'set for the whole department',
    department: 'All readers record an impression before they are shown the answer',
  },

  viewer: {
    tools: 'Image tools',
    window: 'Window/level',
    pan: 'Pan',
    zoom: 'Zoom',
    length: 'Length',
    lengthHint: (remove: string) =>
      `Measures in mm where the file has a scale, else in pixels of the image. Measurements are not saved. By keys: Shift with the arrows draws and moves an end, the tool’s key again takes the other end.${remove && ` ${remove} removes the selected one, or the last.`}`,
    invert: 'Invert',
    flipH: 'Flip left–right',
    flipV: 'Flip top–bottom',
    rotate: 'Rotate 90°',
    undo: 'Undo',
    reset: 'Reset view',
    short: {
      window: 'Window',
      pan: 'Pan',
      zoom: 'Zoom',
      length: 'Length',
      invert: 'Invert',
      flipH: 'Flip L–R',
      flipV: 'Flip T–B',
      rotate: 'Rotate',
      undo: 'Undo',
      reset: 'Reset',
      maximise: 'Maximise',
      restore: 'Restore',
    },
    maximise: 'Maximise',
    restore: 'Show panels',
    wl: (width: number, level: number) => `W ${Math.round(width)}  L ${Math.round(level)}`,
    zoomed: (percent: number) => `Zoom ${Math.round(percent)} %`,
    size: (width: number, height: number) => `${width} × ${height} px`,
    colour: 'colour',
    bits: (bits: number) => `${bits} bit`,
    flippedH: VIEW_WORDS.flippedH,
    flippedV: VIEW_WORDS.flippedV,
    rotated: VIEW_WORDS.rotated,
    inverted: VIEW_WORDS.inverted,
    noSides: VIEW_WORDS.noSides,
    sides: VIEW_WORDS.sides,
    px: (length: number) => `${length.toFixed(1)} px`,
    mm: (length: number) => `${length.toFixed(1)} mm`,
    frame: (frame: number, frames: number) => `Frame ${frame} of ${frames}`,
    perPixel: (height: number, width: number) =>
      height === width ? `${height.toFixed(2)} mm/px` : `${height.toFixed(2)} × ${width.toFixed(2)} mm/px`,
    nothingToUndo: 'There is nothing to undo.',
    nothingToRemove: 'There is no length to remove.',
    notByKey: 'The left button has no tool that keys could move.',
    lengthByKeys: 'Shift with the arrows draws a length and moves its end.',
    lengthNext: {
      'other-end': 'Shift with the arrows moves the other end now.',
      new: 'Shift with the arrows draws another length.',
    },
  },

  report: {
    open: 'Report…',
    title: 'Report of this case',
    contents:
      'One page, and more only for long comments: patient and study, the image as you see it now (whole, without measurements), what the model says, your verdict and the earlier ones, and a code by which the search finds the case.',
    changed: (how: string) => `The report marks the image as ${how}.`,
    unsaved: 'The verdict that you began is not saved and will not be in it.',
    paper: 'Paper',
    papers: PAPER_NAMES,
    save: 'Save as PDF',
    making: 'Making the report…',
    saved: (name: string) => `Report saved: ${name}.`,
    kept: 'That a report was made, and for whom, is kept in the audit record.',
  },

  card: {
    title: 'Model card',
    intendedUse: 'Intended use',
    outOfScope: 'Out of scope',
    limits: 'Limits',
    results: 'Results',
    sensitivity: 'Sensitivity to tumours of unknown type',
    sensitivityOf: (share: number, n: number) => `${(100 * share).toFixed(1)} % of ${number(n)}`,
    result: {
      name: 'Measured on',
      n: 'Images',
      macroRecall: 'Macro recall',
      accuracy: 'Accuracy',
      recall: 'Recall: share of each class that it found',
      tumourCalledNone: 'Tumours called none',
      noneCalledTumour: 'None called tumour',
      ece: 'ECE',
    },
    keptApart: 'kept apart',
    groupMean: (share: number) => `mean over groups ${(100 * share).toFixed(1)} %`,
    shortcuts: 'What it is right about without seeing the tumour',
    risks: 'Risks, and what stands against them',
    groundTruth: 'Ground truth',
    population: 'Whose images',
    leakage: 'Leakage',
    operatingPoint: 'Operating point',
    training: 'Training',
    recipe: 'Recipe',
    data: 'Data',
    images: 'Images',
    split: 'Split',
    calibration: 'Calibration',
    architecture: 'Architecture',
    version: 'Version',
    date: 'Date',
    weights: 'Weights (SHA-256)',
    dataHash: 'Data (SHA-256)',
    licence: 'Licence',
    id: 'Model id',
    about: 'Who made it, and how it is kept',
    items: CARD_ITEM_NAMES,
    notStated: 'not stated',
    notMeasured: 'Not measured.',
    missing: 'The model card is not there while the engine is not ready.',
  },

  audit: {
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
  },
  accounts: accountTexts,
  admin: adminTexts,
  care: careTexts,
  charts: chartTexts,
  compute: computeTexts,
  dataSets: dataSetTexts,
  training: trainingTexts,
  history: historyTexts,
  models: modelTexts,
  results: resultsTexts,
  monitoring: monitoringTexts,
  ...readingTexts,

  settings: panelTexts,
  keys: keysTexts,
} as const
