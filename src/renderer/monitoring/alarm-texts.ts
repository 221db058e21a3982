import {
  type Alarm,
  type AlarmKind,
  type DriftOf,
  driftIn,
  isDrift,
  type OtherAlarmKind,
} from '../../shared/monitoring.ts'
import { milliseconds, plural } from '../format.ts'
import { cases, gigabytes, index, percent } from './units.ts'

const signed = (n: number | null) => plural(n ?? 0, 'signed verdict', 'signed verdicts')

const LOOK = 'Look at the image before the answer, and do not lean on the answer.'
const SUBJECTS: Record<DriftOf, string> = {
  confidence: 'The AI’s confidence',
  labels: 'The mix of answers',
  size: 'The size of the pictures',
  brightness: 'The brightness of the pictures',
  contrast: 'The contrast of the pictures',
  sharpness: 'The sharpness of the pictures',
  noise: 'The noise in the pictures',
  head: 'The share of the picture that the head takes',
  distance: 'The distance of the pictures from the training images',
}

const FOUND: Record<OtherAlarmKind, (alarm: Alarm) => string> = {
  agreement: ({ value, limit, n }) =>
    `The AI agrees with ${percent(value)} of ${signed(n)}; the limit is ${percent(limit)}.`,
  missed: ({ value, limit, n }) =>
    `Of ${plural(n ?? 0, 'signed tumour', 'signed tumours')} the AI called ${percent(value)} “no tumour”; the limit is ${percent(limit)}.`,
  unjudged: ({ value, limit, n }) =>
    `The AI does not judge ${percent(value)} of ${cases(n ?? 0)}; the limit is ${percent(limit)}.`,
  far: ({ value, limit, n }) =>
    `${percent(value)} of ${plural(n ?? 0, 'picture', 'pictures')} are farther from the training images than nearly all that the model was tried on; the limit is ${percent(limit)}.`,
  inference: ({ value, limit, n }) =>
    `One in twenty answers takes longer than ${milliseconds(value)} (${cases(n ?? 0)}); the limit is ${milliseconds(limit)}.`,
  disk: ({ value, limit }) =>
    `The disk with the data folder has ${gigabytes(value)} left; the limit is ${gigabytes(limit)}.`,
}

/** What was found. */
export function found(alarm: Alarm): string {
  const { kind, value, limit, n } = alarm
  if (!isDrift(kind)) return FOUND[kind](alarm)
  const { what, from } = driftIn(kind)
  const since = from === 'first' ? 'has changed since the model was new here' : `is not ${trainedAs(what)}`
  return `${SUBJECTS[what]} ${since}: index ${index(value)} over ${cases(n ?? 0)}, limit ${index(limit)}.`
}

/** A model is surer of its own training images, and nearer to them, than of any others. */
const trainedAs = (what: DriftOf) =>
  what === 'confidence' || what === 'distance' ? 'as on the images that it was tried on' : 'that of the training set'

const INPUT =
  'Other scanners, sequences or exports may be coming in than before: the answers may be worse than the model card says.'
const UNLIKE =
  'What comes in is unlike what the model learned from: the figures of its card may not hold here. Sign cases, so that agreement is measured here.'
const ADVICE: Record<OtherAlarmKind, string> = {
  agreement: LOOK,
  missed: 'Do not take “no tumour” for an answer: read these images as if there were none.',
  unjudged:
    'Open some of them (the work list’s filter “Not judged”) and look at the reasons: another sequence, body part or export may be coming in.',
  far: UNLIKE,
  inference: 'Close other programs on this machine, or pause a training. Answers stay as right as they are.',
  disk: 'Free some space on this disk. When it is full, no scan can be opened; nothing that was saved is lost.',
}

/** What whoever reads it should do. */
export function todo(kind: AlarmKind): string {
  if (!isDrift(kind)) return ADVICE[kind]
  const { what, from } = driftIn(kind)
  if (from === 'training') return UNLIKE
  return what === 'labels'
    ? 'Other patients may be coming in, or the model errs more one way than before. Sign cases, so that agreement can be measured.'
    : INPUT
}
