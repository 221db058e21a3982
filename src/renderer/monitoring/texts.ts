import type { Stance } from '../../shared/interplay.ts'
import { ALARM_DAYS, type Alarm, type AlarmKind, type DriftOf } from '../../shared/monitoring.ts'
import { milliseconds, number, plural } from '../format.ts'

const cases = (n: number) => plural(n, 'case', 'cases')
const percent = (share: number) => `${Math.round(100 * share)} %`
const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(bytes < 1e10 ? 1 : 0)} GB`
const index = (psi: number) => psi.toFixed(2)
const signed = (n: number | null) => plural(n ?? 0, 'signed verdict', 'signed verdicts')

const LOOK = 'Look at the image before the answer, and do not lean on the answer.'
const drifted = (what: string, { value, limit, n }: Alarm) =>
  `${what} has changed since the model was new here: index ${index(value)} over ${cases(n ?? 0)}, limit ${index(limit)}.`

const found: Record<AlarmKind, (alarm: Alarm) => string> = {
  agreement: ({ value, limit, n }) =>
    `The AI agrees with ${percent(value)} of ${signed(n)}; the limit is ${percent(limit)}.`,
  missed: ({ value, limit, n }) =>
    `Of ${plural(n ?? 0, 'signed tumour', 'signed tumours')} the AI called ${percent(value)} “no tumour”; the limit is ${percent(limit)}.`,
  'drift-confidence': (alarm) => drifted('The AI’s confidence', alarm),
  'drift-labels': (alarm) => drifted('The mix of answers', alarm),
  'drift-size': (alarm) => drifted('The size of the pictures', alarm),
  'drift-brightness': (alarm) => drifted('The brightness of the pictures', alarm),
  'drift-contrast': (alarm) => drifted('The contrast of the pictures', alarm),
  'drift-sharpness': (alarm) => drifted('The sharpness of the pictures', alarm),
  'drift-noise': (alarm) => drifted('The noise in the pictures', alarm),
  'drift-head': (alarm) => drifted('The share of the picture that the head takes', alarm),
  inference: ({ value, limit, n }) =>
    `One in twenty answers takes longer than ${milliseconds(value)} (${cases(n ?? 0)}); the limit is ${milliseconds(limit)}.`,
  disk: ({ value, limit }) =>
    `The disk with the data folder has ${gigabytes(value)} left; the limit is ${gigabytes(limit)}.`,
}
const INPUT =
  'Other scanners, sequences or exports may be coming in than before: the answers may be worse than the model card says.'
const todo: Record<AlarmKind, string> = {
  agreement: LOOK,
  missed: 'Do not take “no tumour” for an answer: read these images as if there were none.',
  'drift-confidence': INPUT,
  'drift-labels':
    'Other patients may be coming in, or the model errs more one way than before. Sign cases, so that agreement can be measured.',
  'drift-size': INPUT,
  'drift-brightness': INPUT,
  'drift-contrast': INPUT,
  'drift-sharpness': INPUT,
  'drift-noise': INPUT,
  'drift-head': INPUT,
  inference: 'Close other programs on this machine, or pause a training. Answers stay as right as they are.',
  disk: 'Free some space on this disk. When it is full, no scan can be opened; nothing that was saved is lost.',
}

/** What the monitoring page and the mark of its alarms say. */
export const monitoringTexts = {
  title: 'Monitoring',
  mark: (n: number) => `${plural(n, 'alarm', 'alarms')} about the AI in use`,
  alarms: {
    title: 'Alarms',
    found: (alarm: Alarm) => found[alarm.kind](alarm),
    todo: (kind: AlarmKind) => todo[kind],
    none: 'No alarm.',
    from: (model: string, answers: number, signed: number, at: string) =>
      `From ${plural(answers, 'answer', 'answers')} of ${model} in the last ${ALARM_DAYS} days, ${number(signed)} of them signed; looked at ${at}.`,
    tell: 'Tell who administers Gyrus: Admin › Monitoring shows for which class, source and model.',
    open: 'Open monitoring',
    failed: 'Whether there are alarms could not be found out.',
  },
  filters: {
    title: 'What is shown',
    span: 'Time',
    spans: {
      '12 month': '12 months',
      '24 month': '24 months',
      '12 week': '12 weeks',
      '26 week': '26 weeks',
    },
    model: 'Model',
    source: 'Source',
    reader: 'Signed by',
    any: 'any',
    clear: 'Clear filters',
  },
  /** Of a count that takes long: months or weeks that are done. */
  counting: (progress: { done: number; total: number } | null) =>
    progress === null ? 'Counting…' : `Counting… ${number(progress.done)} of ${number(progress.total)}`,
  step: { month: 'Month (UTC)', week: 'Week from (UTC)' },
  none: 'No scan was analysed in this time.',
  noneText:
    'Open scans on the work list. Their answers are counted here at once; agreement, recall and calibration need verdicts that readers signed.',
  noHits: 'No case fits the filters in this time.',
  unsigned: (n: number) =>
    `Nothing is measured yet: none of ${plural(n, 'answer has', 'answers have')} a signed verdict with a finding. Until then there is only the estimate.`,
  few: (periods: string[], minimum: number) =>
    `Fewer than ${number(minimum)} signed cases in ${periods.join(', ')}: read the intervals there, not the points.`,
  share: (of: number, n: number, low: number, high: number) =>
    `${number(of)} of ${number(n)}, 95 %: ${Math.round(100 * low)}–${percent(high)}`,
  shareInShort: (of: number, n: number, low: number, high: number) =>
    `${percent(of / n)} (${number(of)} of ${number(n)}, ${Math.round(100 * low)}–${percent(high)})`,
  percent,
  precise: (share: number) => share.toFixed(2),
  /** Without their unit, which stands above the chart. */
  millisecondsOnly: (ms: number) => ms.toFixed(ms < 10 && !Number.isInteger(ms) ? 1 : 0),
  gigabytesOnly: (bytes: number) => (bytes / 1e9).toFixed(bytes < 1e10 && bytes % 1e9 !== 0 ? 1 : 0),
  megabytesOnly: (bytes: number) => number(Math.round(bytes / 1e6)),
  number,
  index,
  of: (n: number) => cases(n),
  chance: (chance: number, n: number) => `${cases(n)}; chance alone gives up to ${index(chance)}`,
  limit: 'Limit',
  charts: {
    inUse: 'Against signed verdicts',
    agreement: 'Agreement',
    measured: 'Measured',
    estimated: 'Estimated',
    recall: (label: string) => `Recall: ${label}`,
    specificity: 'Specificity: “no tumour”',
    missed: 'Tumours called “no tumour”',
    ece: 'Calibration error (ECE)',
    cautions: 'Doubt',
    underCaution: 'Answers under a caution',
    cannotTell: 'Reader can’t tell',
    cases: 'Cases',
    answers: 'Answers',
    signed: 'Signed',
    interplay: 'Readers and the AI',
    stances: 'Signed verdicts',
    stance: {
      agreed: 'Agreed with the AI',
      overruled: 'Overruled the AI',
      'cannot-tell': 'Could not tell',
    } satisfies Record<Stance, string>,
    changed: 'Switched after seeing the answer',
    drift: 'Drift: what comes in and what is answered',
    psi: 'Population stability index',
    driftOf: {
      confidence: 'Confidence',
      labels: 'Mix of answers',
      size: 'Size of pictures',
      brightness: 'Brightness of the head',
      contrast: 'Contrast of the head',
      sharpness: 'Sharpness of the head',
      noise: 'Noise in the head',
      head: 'Share of the head in the picture',
    } satisfies Record<DriftOf, string>,
    machine: 'This machine',
    inference: 'Inference time, ms',
    p50: 'Median',
    p95: '95 % are faster',
    restarts: 'Restarts of the engine',
    memory: 'Memory of Gyrus, most, MB',
    disk: 'Room on the disk, least, GB',
    value: 'Value',
  },
  about: {
    estimate:
      'Estimated: the mean confidence of all answers, signed or not (Kivimäki et al. 2025). It holds only while confidences mean what they say on the cases that come in, and cannot see that they no longer do. It is no measurement.',
    truth:
      'Measured: signed verdicts are the truth. Readers saw the answer before they signed, so agreement is rather too high. Cases that wait for another reader are left out.',
    baseline: (model: string, n: number, from: string, until: string) =>
      `Measured from the first ${number(n)} answers of ${model} here (${from} to ${until}); its card does not say how confidences and pictures of its training were distributed, so it is no drift from these. Pictures are measured as the network sees them: the box around the head. Usual reading: up to 0.1 no change, from 0.25 a clear one.`,
    noBaseline: (model: string, n: number) =>
      `Drift is measured from the first ${number(n)} answers of ${model} here, and there are fewer yet.`,
    part: 'Drift is of all cases of a model: clear the filters by source and reader to see it.',
    interplay:
      'Agreed and overruled: the verdicts that stand, by when the answer was given. Switched: readings that began with an impression before the answer, by when they were signed. Right is known only where two readers differed and a third one decided: hard cases, decided by somebody who saw the answer, too.',
    interplayOpen: 'By reader: How the AI changed readings',
    source: (at: string, models: string, answers: number, signed: number) =>
      `Counted ${at} from this installation’s record: ${plural(answers, 'answer', 'answers')} of ${models}, ${number(signed)} of them signed. A case counts when its answer was given. Intervals: Wilson’s score, 95 %. ECE: 15 bins.`,
    allModels: 'all models',
  },
  interplay: {
    caption: 'What readers made of the answers, over all of this time',
    of: 'Cases',
    share: 'Share',
    right: 'Right, where a third reader decided',
    signed: 'Of signed cases',
    readings: (n: number) => `Of ${plural(n, 'reading', 'readings')} with an impression before the answer`,
    noReadings: 'No reading with an impression before the answer was signed in this time.',
  },
  tables: {
    models: 'By model',
    sources: 'By source',
    readers: 'By reader',
    columns: {
      name: '',
      answers: 'Answers',
      signed: 'Signed',
      agreement: 'Agreement',
      missed: 'Tumours called “no tumour”',
      specificity: 'Specificity',
      estimate: 'Estimated',
    },
  },
  monthly: {
    title: 'A month as a PDF',
    text: 'Figures with their intervals and numbers of cases, charts of twelve months, alarms that stood; of all models, sources and readers. Who made it is on record.',
    month: 'Month (UTC)',
    soFar: (month: string) => `${month}, so far`,
    department: 'Department',
    departmentHint: 'as it is to stand on the report',
    save: 'Save as PDF',
    making: 'Making it…',
  },
  limits: {
    title: 'Limits of alarms',
    text: `Looked at over the last ${ALARM_DAYS} days of the active model. An alarm is shown to everybody, in the title bar. Changes are on record.`,
    agreement: 'Agreement with signed verdicts below',
    missed: 'Tumours called “no tumour” above',
    psi: 'Population stability index above',
    inferenceMs: '95th percentile of the inference time above',
    diskBytes: 'Room on the disk below',
    minimum: 'No alarm from fewer cases than',
    why: {
      agreement: 'Set it a little below what the model card promises.',
      missed: 'The error that harms most.',
      psi: 'From 0.25 on a population has changed by common use; 0.1 is strict. What chance alone may give raises no alarm.',
      inferenceMs: 'More than a second is felt.',
      diskBytes: 'A scan takes well below a megabyte, a training some gigabytes.',
      minimum: 'Shares of few cases jump: 30 is the least that tells something.',
    },
    units: { percent: '%', ms: 'ms', gigabytes: 'GB', cases: 'cases' },
    save: 'Save limits',
    saved: 'Limits saved.',
  },
}
