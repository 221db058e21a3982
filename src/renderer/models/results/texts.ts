import { percent } from '../../../shared/figure-format.ts'
import type { EvaluationEntry, ShownColumn, ShownTumourColumn } from '../../../shared/kept-evaluation.ts'
import { LABEL_NAMES, type Label } from '../../../shared/labels.ts'
import { moment } from '../../../shared/moment.ts'
import { number, plural } from '../../format.ts'

/** Of the model’s results page. */
export const resultsTexts = {
  title: (model: string) => `Results of ${model}`,
  open: 'Results',
  toModel: 'The model',
  loading: 'The results are being read…',
  resultOnly: 'A training whose weights do not come with Gyrus: only its results do.',
  refused: 'No results are shown of a model whose folder is not what it was.',
  none: 'It was not measured yet.',
  noneHow:
    'Choose a data set below and measure the model on it: every image is read, and confusion, curves and calibration appear here. It goes on while you read, and says how long it takes.',
  noneLook: 'An administrator can measure it on a data set.',
  which: 'Measured on',
  entry: ({ key, origin, at, by }: EvaluationEntry): string => {
    if (origin === 'shipped') return 'public data sets, comes with Gyrus'
    const when = at ? `, ${moment(at)}` : ''
    const who = by ? `, ${by}` : ''
    return `${origin === 'training' ? 'the data of its training' : key}${when}${who}`
  },
  by: (by: string, at: string) => `Asked for by ${by}, ${moment(at)}.`,
  about: ({
    title,
    data,
    splitRule,
    model,
    weightsSha256,
    date,
    evaluation,
  }: ShownColumn | ShownTumourColumn): string =>
    [
      `${model}${weightsSha256.length > 0 ? `, weights ${weightsSha256.map((hash) => hash.slice(0, 12)).join(', ')}` : ''}`,
      `measured ${date}`,
      `${title}: ${plural(evaluation.n, 'image', 'images')}`,
      data,
      splitRule,
    ].join('\n'),

  reference: 'On the reference set, at the gate',
  referenceText:
    'The gate keeps these figures alone. To see the matrix, the curves and the images as well, measure the model on that set below.',

  first: 'How often it misses a tumour',
  headline: (share: number | null, n: number, of: number) =>
    `${percent(share)} of the tumours are called “no tumour”: ${number(n)} of ${number(of)}`,
  alarms: (share: number | null, n: number, of: number) =>
    `${percent(share)} of the images without a tumour are called a tumour: ${number(n)} of ${number(of)}`,
  columns: 'Main figures, by how the images were kept apart from training',
  columnsText:
    'What a model shows on images of its own patients, or on copies of them, says little about new ones: look at “patients apart” first. Beside each figure its 95 % interval; point at a number, or tab to it, to see from which data, which model and when.',
  figure: 'Figure',
  choose: (title: string) => `Show the images and curves of “${title}”`,
  rows: {
    tumourCalledNone: 'Tumours called “no tumour”',
    counted: '… images',
    groupMean: '… mean over patients or groups',
    noneCalledTumour: 'No tumour called a tumour',
    macroRecall: 'Macro recall',
    recall: (label: Label) => `Recall: ${LABEL_NAMES[label]}`,
    accuracy: 'Accuracy',
    auroc: 'AUROC, tumour against none',
    ece: 'Calibration error (ECE, 15 bins)',
    surest: 'Errors among the surest 95 %',
    n: 'Images',
  },
  of: (n: number, of: number) => `${number(n)} of ${number(of)}`,
  exact: '† Exact interval, images taken as independent: where all or none were hit, resampling shows no spread.',
  missing: {
    'without-copies': 'Without near-copies: not measured. A set with a side for testing is needed.',
    'patients-apart':
      'Patients apart: not measured. Train with the split by patient and hold out a fold; its model shows here what it never saw.',
  },

  matrix: 'Confusion matrix',
  matrixText: 'Rows: the truth. Columns: what the model called it. Open a cell to see its images.',
  truth: 'Truth',
  called: 'Called',
  cell: (truth: string, called: string, n: number) => `${n === 1 ? 'image' : 'images'} of ${truth}, called ${called}`,
  missedCell: ', a missed tumour',
  noMatrix: 'Of these images only “tumour” is known: there is no confusion matrix.',
  images: {
    missed: (n: number) => `Tumours called “no tumour”, one by one: ${number(n)}`,
    errors: (n: number) => `All errors: ${number(n)}`,
    cell: (truth: Label, called: Label, n: number) =>
      `${LABEL_NAMES[truth]}, called ${LABEL_NAMES[called].toLowerCase()}: ${number(n)}`,
  },
  showMissed: 'Missed tumours',
  showErrors: 'All errors',
  nothing: 'There is none.',
  surest: 'The surest first.',
  from: (from: number, to: number, total: number) => `${number(from)}–${number(to)} of ${number(total)}`,
  before: 'Previous images',
  next: 'Next images',
  is: (truth: Label | null) => `Is: ${truth === null ? 'tumour, kind not known' : LABEL_NAMES[truth]}`,
  says: (called: Label) => `Says: ${LABEL_NAMES[called]}`,
  said: (probabilities: Record<Label, number>, about: string) =>
    `${Object.entries(LABEL_NAMES)
      .map(([label, name]) => `${name} ${percent(probabilities[label as Label])}`)
      .join('\n')}\n\n${about}`,
  noPictures: (hash: string | null) =>
    `No pictures: the data set that this was measured on is not here. Import it under “Data sets” with the same files${hash ? ` (hash ${hash.slice(0, 12)})` : ''} to see them.`,
  noPicture: 'no picture here',
  lost: (n: number) =>
    `${plural(n, 'picture', 'pictures')} cannot be shown: files of the data set were moved or changed. Import it again from its source, which mends its copies.`,
  four: 'Four at random',
  fourText: 'Any four of the images, each as likely as any other, with the truth and what the model says.',
  again: 'Draw again',
  right: 'right',
  wrong: 'wrong',

  curves: 'Curves',
  tumourRoc: 'ROC: tumour of any kind against none',
  tumourPr: 'Precision and recall: tumour of any kind against none',
  classRoc: (title: string) => `ROC, each class against the others: ${title}`,
  classPr: (title: string) => `Precision and recall, each class against the others: ${title}`,
  falsePositives: '1 − specificity',
  sensitivity: 'Sensitivity',
  recall: 'Recall',
  precision: 'Precision',
  enlarge: 'Enlarge the corner',
  reliability: (title: string) => `Reliability: how often calls of a confidence are right: ${title}`,
  reliabilityText:
    'On the dashed line, confidence is what it says. Bars: exact 95 % intervals, images taken as independent; the larger a dot, the more images.',
  served: 'As served',
  untempered: 'Before temperature scaling',
  confidence: 'Confidence',
  rightShare: 'Right',
  risk: 'Risk and coverage: errors among the images that it is surest of',
  kept: 'Images kept',
  errors: 'Errors among them',
  classes: 'Each class against the others',
  classColumns: {
    label: 'Class',
    images: 'Images',
    recall: 'Recall',
    precision: 'Precision',
    specificity: 'Specificity',
    f1: 'F1',
    auroc: 'AUROC',
    auprc: 'AUPRC',
  },
  mean: 'Mean of the classes',
  calibration: 'Calibration, thresholds, abstaining and conformal sets',
  score: 'Score',
  scores: {
    ece: 'ECE, 15 bins of equal width',
    eceAdaptive: 'ECE, 15 bins of equal count',
    nll: 'NLL, nats',
    brier: 'Brier, 0–2',
    aurc: 'AURC',
    kept: (coverage: number) => `Errors with ${Math.round(100 * coverage)} % of the images kept`,
    sets: (share: number) => `Conformal sets that hold the truth (${Math.round(100 * share)} % wanted)`,
    size: 'Mean number of classes in a conformal set',
    setFor: (wanted: number) =>
      `Sensitivity at the threshold that was set for ${Math.round(100 * wanted)} % specificity`,
    gave: '… specificity that it gave',
    threshold: '… threshold on 1 − p(no tumour), one a fold',
  },
  shortcuts: 'Is it right without seeing the tumour?',
  shortcutColumns: { what: 'Accuracy', value: 'Found', n: 'Images' },
  shortcutRows: {
    traits: 'Borders, greys and file traits alone, without anatomy',
    headHidden: 'This model with the head hidden (should be near chance)',
    whole: 'Boxed tumours as they are',
    tumourHidden: '… with the tumour hidden (should fall)',
    elsewhere: '… with as much hidden elsewhere',
  },
  sources: 'What was measured, with what, and when',
  source: {
    data: 'Data',
    hash: 'Data hash',
    splitRule: 'Kept apart by',
    seen: 'Seen in training',
    limits: 'Thresholds and limits set by',
    model: 'Model',
    weights: 'Weights',
    date: 'Measured on',
    intervals: 'Intervals',
  },
  drawn: (unit: 'image' | 'group', units: number, resamples: number) =>
    `95 %, ${unit === 'group' ? plural(units, 'patient or group', 'patients or groups') : `${plural(units, 'image', 'images')} one by one`}, drawn ${number(resamples)} times`,
}
