import { formatConfidence, LABEL_NAMES } from '../../shared/labels.ts'
import { SCOPE_NAMES, type Slice } from '../../shared/series.ts'

const mm = (value: number) => `${value.toFixed(1)} mm`
const nameOf = (n: number, frames: boolean) => `${frames ? 'frame' : 'slice'}${n === 1 ? '' : 's'}`
const wholeOf = (frames: boolean) => (frames ? 'file' : 'series')
const place = (at: number, length: number) => `${at + 1} of ${length}`

/** Series and frames; part of `texts`. */
export const stackTexts = {
  title: (frames: boolean) => (frames ? 'Frames' : 'Slices'),
  place: (at: number, length: number, frames: boolean) => `${frames ? 'Frame' : 'Slice'} ${place(at, length)}`,
  mm,
  loading: (at: number, frames: boolean) => `${frames ? 'Frame' : 'Slice'} ${at + 1} is loading`,
  answer: ({ scope, label, confidences }: Slice) => {
    if (scope !== 'counted') return `Not counted: ${SCOPE_NAMES[scope]}`
    return label && confidences ? `${LABEL_NAMES[label]} ${formatConfidence(confidences[label])}` : ''
  },
  chart: (frames: boolean) => `Probability of a tumour along the ${frames ? 'frames' : 'slices'}`,
  chartKept: (frames: boolean) =>
    `${frames ? 'Frames' : 'Slices'}; their probabilities are shown after your impression`,
  notCounted: 'Not counted',
  notCountedToo: 'not counted',
  decided: 'Decided',
  rule: 'How the slices become one answer',
  table: 'Probabilities of the slices',
  tableFolded: 'The slices',
  folded: (frames: boolean) =>
    `What the network says of single ${nameOf(2, frames)} is folded away: the model does not judge the ${wholeOf(frames)}.`,
  numbersOf: (at: number, length: number, frames: boolean) =>
    `These are of ${nameOf(1, frames)} ${place(at, length)} alone: the ${wholeOf(frames)} has none.`,
  columns: { slice: 'Slice', mm: 'mm', counts: 'Counts', decided: 'Decided' },
  yes: 'yes',
  play: 'Play',
  pause: 'Pause',
  rate: 'Slices a second',
  perSecond: (rate: number) => `${rate}/s`,
  ends: 'At the ends',
  bounce: 'To and fro',
  loop: 'From the start',
  calm: 'Your system asks for little motion: it plays slowly, and once.',
  most: 'Most suspicious',
  noneCounted: 'No slice stands for the series: the model does not judge it.',
  noSeries: 'This is no series: there are no probabilities along it.',
  noMore: {
    '-1': 'No slice earlier in the stack is called a tumour.',
    1: 'No slice later in the stack is called a tumour.',
  },
  suspicious: {
    '-1': 'Slice earlier in the stack that the AI calls a tumour',
    1: 'Slice later in the stack that the AI calls a tumour',
  },
  counted: (slices: number, counted: number, frames: boolean) =>
    `${slices} ${nameOf(slices, frames)}, ${counted} counted`,
  deciding: (first: number, last: number, frames: boolean) =>
    first === last
      ? `${nameOf(1, frames)} ${first + 1} decided`
      : `${nameOf(2, frames)} ${first + 1}–${last + 1} decided`,
  ofFrame: (frame: number, frames: number) => `The answer is that of frame ${frame} of ${frames} alone.`,
  askFrame: (frame: number) => `Ask the AI about frame ${frame}`,
  askingFrame: 'Asking the AI …',
  frameAlone: (frame: number) => `Frame ${frame} alone`,
  frameBeside: 'no part of the answer',
  frameNotJudged: (reasons: string) => `The AI does not judge this frame. ${reasons}.`,
  toFrame: (frame: number) => `Show frame ${frame}`,
  alone: (at: number, frames: boolean) => `${frames ? 'Frame' : 'Slice'} ${at + 1} alone`,
  aloneConfidences: 'Confidence for each label, this slice alone',
  onScreen: 'on the screen',
  decidedToo: 'one of those that decided',
  seriesFailed: 'The slices could not be listed',
  notJudged: 'The model does not judge this series',
  waiting: 'Being analysed',

  compare: 'Compare',
  compareTitle: 'Compare with another series',
  compareWith: 'Beside it',
  compareBar: 'The series beside',
  nothingBeside: 'No other series lies beside this one.',
  closeBeside: 'Close the other series',
  beside: 'Series beside',
  besideOf: (name: string) => `Other series, ${name}`,
  slices: (n: number) => `${n} ${n === 1 ? 'slice' : 'slices'}`,
  slicesComing: (n: number) => `${n} ${n === 1 ? 'slice' : 'slices'} coming in`,
  noPriors: 'There is no other series of this patient (by the patient’s ID and name).',
  noName: 'no name',
  noPatientId: 'no ID',
  otherPatient: (name: string, id: string) =>
    `The series beside is not of the same patient by its files: ${name}, ID ${id}. Do not compare them.`,
  noId: 'The files name no patient ID, by which other series could be found.',
  sameStudy: 'same study',
  noDate: 'no date',
  inStep: 'In step',
  inStepBy: {
    scanner: 'by mm in the scanner',
    mm: 'by mm from here',
    share: 'by share of the stack',
  },
  inStepWhy: {
    scanner: 'Both series state where they lie in the same scanner’s system.',
    mm: 'Both are cut the same way, but the patient lay differently: it goes by mm from the two slices that were on the screen when it was switched on. Off, scroll one to where it fits, on.',
    share: 'They are cut differently, or do not say where they lie: half of one is beside half of the other.',
  },
  oneWindow: 'One window',
  oneWindowWhy: 'Window and level of both change together, each from its own.',
}
