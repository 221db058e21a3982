import { NOT_SAID } from '../../shared/acquisition.ts'
import type { Stance } from '../../shared/interplay.ts'
import { ALARM_DAYS, type DriftOf, type Training } from '../../shared/monitoring.ts'
import { number, plural } from '../format.ts'
import { found, todo } from './alarm-texts.ts'
import { cases, index, percent } from './units.ts'

/** What the monitoring page and the mark of its alarms say. */
export const monitoringTexts = {
  title: 'Monitoring',
  markWord: (n: number) => plural(n, 'alarm', 'alarms'),
  mark: (n: number) => `${plural(n, 'alarm', 'alarms')} about the AI in use`,
  alarms: {
    title: 'Alarms',
    found,
    todo,
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
    scanner: 'Scanner',
    sequence: 'Sequence',
    reader: 'Signed by',
    any: 'any',
    notSaid: NOT_SAID,
    clear: 'Clear filters',
  },
  /** Of a count that takes long: months or weeks that are done. */
  counting: (progress: { done: number; total: number } | null) =>
    progress === null ? 'Counting…' : `Counting… ${number(progress.done)} of ${number(progress.total)}`,
  step: { month: 'Month (UTC)', week: 'Week from (UTC)' },
  none: 'No scan that counts was analysed in this time.',
  noneText:
    'Open scans on the work list. Their answers are counted here at once; agreement, recall and calibration need verdicts that readers signed. The samples do not count: the model learned from them.',
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
    unjudged: 'Cases that the model did not judge',
    ece: 'Calibration error (ECE)',
    cautions: 'Doubt',
    underCaution: 'Answers under a caution (input gate, sure of none, or no one type leads)',
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
    drift: 'Drift from the first answers here',
    trained: 'Drift from the training set',
    distances: 'Distance from the training images',
    far: 'Pictures far from the training images',
    farFrom: 'Far from',
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
      distance: 'Distance from the training images, index',
    } satisfies Record<DriftOf, string>,
    machine: 'This machine',
    inference: 'Inference time, ms',
    p50: 'Median',
    p95: '95 % are faster',
    percentile95: '95 % are nearer',
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
      `Measured from the first ${number(n)} answers of ${model} here (${from} to ${until}). Pictures are measured as the network sees them: the box around the head. Usual reading: up to 0.1 no change, from 0.25 a clear one.`,
    noBaseline: (model: string, n: number) =>
      `Drift is measured from the first ${number(n)} answers of ${model} here, and there are fewer yet.`,
    part: 'Drift from the first answers is of all cases of a model: clear the filters but for the model to see it.',
    trained: (model: string, { data, n, date, confidence, distance }: Training) => [
      `Measured from the ${number(n)} training images of ${model} (${data}), written down ${date}; no index is told of the mix of answers, which was chosen for training. What comes in at one place is a part of what such a set has of many: indexes up to 1.5 are common. The size raises no alarm: the network sees all pictures in its own, and what that does to them, sharpness and noise tell.`,
      ...(confidence
        ? [`Confidence: from ${number(confidence.n)} images that the model did not learn from (${confidence.data}).`]
        : []),
      distance
        ? `Distance: Mahalanobis’s, of the network’s features (Lee et al. 2018); 1 is the root mean square of the training images. Far is what is farther than 95 % of ${number(distance.n)} images that the model did not learn from (${distance.data}; median ${distance.p50.toFixed(2)}, 95 % up to ${distance.p95.toFixed(2)}), so that 5 % are far where nothing is different.`
        : 'Distance: Mahalanobis’s, of the network’s features (Lee et al. 2018); 1 is the root mean square of the training images. The model had no other images to say how far is far.',
    ],
    notTrained: (model: string) =>
      `Not known: ${model} does not carry what its training images were like. Until a model does, there is only the drift from the first answers here.`,
    noneTrained: (model: string) => `${model} gave no answer in this time that could be held against it.`,
    trainedFailed: 'Not known:',
    interplay:
      'Agreed and overruled: the verdicts that stand, by when the answer was given. Switched: readings that began with an impression before the answer, by when they were signed. Right is known only where two readers differed and a third one decided: hard cases, decided by somebody who saw the answer, too.',
    interplayOpen: 'By reader: How the AI changed readings',
    source: (at: string, models: string, answers: number, signed: number) =>
      `Counted ${at} from this installation’s record: ${plural(answers, 'answer', 'answers')} of ${models}, ${number(signed)} of them signed. A case counts when its answer was given; samples, from which the model learned, only where they are chosen as the source. Intervals: Wilson’s score, 95 %. ECE: 15 bins.`,
    allModels: 'all models',
  },
  provenance: {
    cases: (filters: string[]) =>
      `Data: answers in this installation’s record${filters.length > 0 ? ` (${filters.join(', ')})` : ''}, and the verdicts signed on them`,
    model: (name: string) => `Model: ${name}`,
    counted: (at: string) => `Counted ${at}`,
    baseline: (n: number, from: string, until: string) =>
      `Against its first ${number(n)} answers here, ${from} to ${until}`,
    training: ({ data, n, date }: Training) => `Against its ${number(n)} training images (${data}), measured ${date}`,
    machine: 'Data: this machine, looked at while Gyrus runs, whichever model reads',
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
    scanners: 'By scanner',
    sequences: 'By sequence',
    readers: 'By reader',
    few: 'few',
    fewMeans: (minimum: number) =>
      `few: fewer than ${number(minimum)} signed verdicts with a finding. Read the intervals there, not the shares.`,
    more: (n: number) => `And ${number(n)} more, with fewer answers each. Each can be chosen above.`,
    columns: {
      name: '',
      answers: 'Answers',
      signed: 'Signed',
      agreement: 'Agreement',
      missed: 'Tumours called “no tumour”',
      unjudged: 'Not judged',
      specificity: 'Specificity',
      estimate: 'Estimated',
    },
  },
  monthly: {
    title: 'A month as a PDF',
    text: 'Figures with their intervals and numbers of cases, charts of twelve months, alarms that stood; of all models, sources, scanners, sequences and readers. Who made it is on record.',
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
    unjudged: 'Cases that the model did not judge above',
    psi: 'Stability index, from the first answers here, above',
    trainedPsi: 'Stability index, from the training set, above',
    far: 'Pictures far from the training images above',
    inferenceMs: '95th percentile of the inference time above',
    diskBytes: 'Room on the disk below',
    minimum: 'No alarm from fewer cases than',
    why: {
      agreement: 'Set it a little below what the model card promises.',
      missed: 'The error that harms most.',
      unjudged: 'Of held-out images a model may refuse 2 %; five times as many are no accident.',
      psi: 'From 0.25 on a population has changed by common use; 0.1 is strict. What chance alone may give raises no alarm.',
      trainedPsi:
        'Indexes up to 1.5 are common here: one place has a part of what a training set has. Pictures that were inverted or blurred had more than 2.',
      far: '5 % are far where nothing is different; three times as many are no accident.',
      inferenceMs: 'More than a second is felt.',
      diskBytes: 'A scan takes well below a megabyte, a training some gigabytes.',
      minimum: 'Shares of few cases jump: 30 is the least that tells something.',
    },
    units: { percent: '%', ms: 'ms', gigabytes: 'GB', cases: 'cases' },
    save: 'Save limits',
    saved: 'Limits saved.',
  },
}
