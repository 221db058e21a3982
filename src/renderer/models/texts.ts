import { CRITERION_NAMES, type Finding } from '../../shared/gate.ts'
import { LABEL_NAMES } from '../../shared/labels.ts'
import type { CardResult, ModelCard } from '../../shared/model.ts'
import type { ModelWorkStatus, WorkKind } from '../../shared/model-work.ts'
import { moment } from '../../shared/moment.ts'
import { milliseconds, number, plural } from '../format.ts'
import { percent } from './figures.ts'

const work: Record<WorkKind, (models: string[], set: string | null) => string> = {
  activate: ([model]) => `Judging ${model} to put it in force`,
  judge: ([model]) => `Trying ${model} at the gate`,
  'roll-back': () => 'Rolling back',
  lock: (_, set) => `Locking ${set} as the reference set`,
  compare: ([first, second], set) => `Comparing ${first} and ${second} on ${set}`,
  evaluate: ([model], set) => `Measuring ${model} on ${set}`,
}

const written = (value: number | string | null): string => {
  if (value === null) return 'not known'
  return typeof value === 'string' || Number.isInteger(value) ? String(value) : value.toPrecision(3)
}
const names: Record<string, string> = LABEL_NAMES
const labelNames = (listed: string): string =>
  listed
    .split(', ')
    .map((label) => names[label] ?? label)
    .join(', ')
/** Shares in percent, and only what is one. */
const inWords = ({ criterion }: Finding, value: Finding['found']): string => {
  if (criterion === 'labels') return labelNames(String(value))
  const plain = ['golden-images', 'labels', 'reference-images', 'ece'].includes(criterion)
  return typeof value === 'number' && !plain ? percent(value) : written(value)
}

export const modelTexts = {
  leaderboard: 'Models and results',
  leaderboardText:
    'Numbers that were measured on different images do not compare: only those on the reference set do, and they stand first. Point at a number, or tab to it, to see from which data, which model and when.',
  columns: {
    model: 'Model',
    made: 'Made',
    n: 'Measured on',
    macroRecall: 'Macro recall',
    accuracy: 'Accuracy',
    tumourCalledNone: 'Tumours called none',
    shortcuts: 'Other sequences called none',
    reference: 'Reference set',
    speed: 'Speed here',
    size: 'Size',
    state: 'State',
  },
  images: (n: number) => plural(n, 'image', 'images'),
  active: 'Active',
  origins: { shipped: 'comes with Gyrus', registered: 'trained or taken in here' },
  resultOnly: 'result only',
  resultOnlyText: 'Its weights do not come with Gyrus: it can be looked at and not be put in force.',
  unusable: 'Cannot be used',
  available: 'Available',
  measured: ({ name, data, splitRule, n, date }: CardResult, model: string) =>
    `${model}, measured ${date}\n${name}: ${number(n)} images\n${data}\n${splitRule}`,
  onReference: (set: string, n: number, model: string, at: string) =>
    `${model} on the reference set ${set}: ${number(n)} images, ${moment(at)}`,
  judgedAlone: (model: string, at: string) => `${model} on its golden images, without a reference set, ${moment(at)}`,
  notMeasured: 'not measured',
  shortcutsOnly: 'see',
  shortcuts: (model: string, sensitivity: ModelCard['tumourSensitivity'], shortcuts: ModelCard['shortcuts']) =>
    [
      `${model}: does it look at the tumour, or at where the picture comes from?`,
      ...sensitivity.map((one) => {
        const means = typeof one.groupMean === 'number' ? `, ${percent(1 - one.groupMean)} as a mean over groups` : ''
        return `Tumours in other sequences called “no tumour”: ${percent(1 - one.sensitivity)} of ${plural(one.n, 'image', 'images')}${means}; ${one.data}, ${one.date}`
      }),
      ...shortcuts.map(
        (one) => `${one.name}: ${percent(one.value)} of ${plural(one.n, 'image', 'images')}; ${one.data}, ${one.date}`,
      ),
    ].join('\n'),
  notOnReference: 'not judged yet',
  noReference: 'none locked',
  interval: (range: string) => `95 %: ${range}`,
  speed: (ms: number) => `${milliseconds(ms)} / image`,
  speedOf: (model: string, n: number, at: string) =>
    `${model} on this machine, decoding included: ${number(n)} images read by the gate, ${moment(at)}`,
  sizeOf: (model: string) => `Weights of ${model} as they lie on the disk`,
  compareTitle: 'Compare two models',
  first: 'First model',
  second: 'Second model',
  compare: 'Compare',

  plan: 'Change plan',
  planTitle: 'Edit the change plan',
  planText:
    'What a model must show before it may be used. Set it before you train: whoever sets the bar when the result is known fools themselves. Every change is in the audit trail.',
  planChange: 'Change…',
  planFields: {
    reference: 'Reference set',
    macroRecallMargin: 'Macro recall: how far below the active model',
    recallFloor: 'Recall of each class, at least',
    eceCeiling: 'Calibration error (ECE), at most',
    tumourCalledNoneCeiling: 'Tumours called “no tumour”, at most',
    shadow: 'Last signed cases, read again',
    shadowCases: 'Cases',
    shadowMargin: 'Agreement: how far below the active model',
    twoPersons: 'Persons needed to put a model in force',
  },
  planHints: {
    macroRecallMargin: 'In percentage points. 0: it must be at least as good.',
    recallFloor: 'The share of each class that it must find on the reference set.',
    eceCeiling: 'How far its confidences may be from the truth, from 0 to 1.',
    tumourCalledNoneCeiling: 'In percent of the tumours of the reference set.',
    shadow:
      'Both models read the last cases that were signed here; the new one must agree with the readers about as often. The readers saw what the active model said, which favours that one.',
    twoPersons:
      'One administrator proposes a model, another one puts it in force. This plan is then changed by two as well. Rolling back stays with one, so that it is quick.',
  },
  noneLocked: 'None: only golden images and labels can be checked.',
  locked: (name: string, split: string | null, n: number) =>
    `${name}${split === null ? '' : ` (${split})`}, ${number(n)} images`,
  lock: 'Lock a set…',
  lockTitle: 'Lock a reference set',
  lockText:
    'Models are judged on it from now on. It must be of patients that no model was trained on: the gate cannot know that. Its files and classes are noted, and one that is altered judges nothing.',
  lockNow: 'Lock it',
  set: 'Data set',
  split: 'Images',
  splits: { all: 'all', training: 'training side', validation: 'validation side', testing: 'testing side' },
  noSets: 'There is no frozen data set yet. Make one under “Data sets”.',
  points: 'points',
  below: (share: number) => `at most ${(100 * share).toFixed(1)} points below the active model`,
  persons: (two: boolean) => (two ? 'two administrators' : 'one administrator'),
  shadowOf: (cases: number, margin: number) =>
    `the last ${number(cases)}; agreement at most ${(100 * margin).toFixed(1)} points below the active model`,
  off: 'not asked for',
  shadowOn: 'Read the last signed cases again',
  two: 'Two administrators',
  saved: 'The change plan is saved.',
  waits: 'Another administrator has to confirm it; until then the plan stays as it was.',
  planProposed: (by: string, at: string) => `${by} proposed to change the plan on ${moment(at)}.`,
  planSame: 'It is the plan as it is now.',
  planConfirm: 'Confirm the change',
  becomes: 'becomes',
  save: 'Save',

  history: 'What was active when',
  historyNone: 'No model was put in force yet: the one that comes with Gyrus answers.',
  historyNever: 'It was never put in force by an administrator.',
  historyColumns: { from: 'From', model: 'Model', how: 'How', by: 'By', why: 'Why', found: 'Gate' },
  kinds: { activation: 'activated', rollback: 'rolled back' },
  proposedBy: (by: string) => `proposed by ${by}`,
  passed: (n: number, set: string | null) =>
    `passed ${plural(n, 'criterion', 'criteria')}${set === null ? ', without a reference set' : ` on ${set}`}`,
  rollBack: 'Roll back…',
  rollBackTitle: 'Roll back to the model before',
  rollBackText:
    'The model before the active one reads all new cases, from now on. Its golden images are checked first. Cases that were read keep their answers.',
  rollBackNow: 'Roll back',
  reason: 'Reason',
  reasonHint: 'Kept in the history and in the audit trail.',

  activate: 'Put in force…',
  activateTitle: (model: string) => `Put ${model} in force`,
  activateText:
    'The gate judges it against the active model by the change plan, which can take minutes; reading goes on meanwhile. If it passes, it reads all new cases.',
  activateNow: 'Judge it and put it in force',
  propose: 'Propose…',
  proposeTitle: (model: string) => `Propose ${model}`,
  proposeText: 'Another administrator then lets the gate judge it and puts it in force.',
  proposeNow: 'Propose',
  proposed: (model: string, by: string, at: string) => `${by} proposed to put ${model} in force on ${moment(at)}.`,
  because: (reason: string) => `Reason: ${reason}`,
  confirm: 'Judge it and put it in force',
  withdraw: 'Withdraw',
  notYours: 'Another administrator has to confirm it.',
  judge: 'Try at the gate',
  judgeHint: 'Judged as for an activation; nothing changes. It is in the audit trail.',
  withoutReference: 'Why without a reference set',
  withoutReferenceHint: 'No reference set is locked: only golden images and labels can be checked. This is kept.',

  working: (status: Extract<ModelWorkStatus, { state: 'running' }>) => {
    const what = work[status.kind](status.models, status.set)
    const { done, total } = status
    return { what, text: total === 0 ? '' : `${number(done)} of ${plural(total, 'image', 'images')}` }
  },
  askedBy: (by: string) => `asked for by ${by}`,
  cancel: 'Cancel',
  outcome: {
    refused: (model: string) => `The gate refused ${model}. The active model stays in force.`,
    tried: (model: string, passed: boolean) =>
      passed ? `${model} would pass the gate.` : `The gate would refuse ${model}.`,
    activated: (model: string) => `${model} is in force now.`,
    lock: (set: string | null) => `${set} is the reference set now.`,
    lockWaits: (set: string | null) =>
      `${set} was read. It is the reference set when another administrator has confirmed it.`,
    compare: ([first, second]: string[], set: string | null) => `${first} and ${second} were compared on ${set}.`,
    evaluate: ([model]: string[], set: string | null) => `${model} was measured on ${set}.`,
    failed: 'This came to nothing:',
  },
  findings: 'What the gate found',
  findingColumns: { criterion: 'Criterion', wanted: 'Wanted', found: 'Found', passed: 'Passed' },
  criterion: ({ criterion, label }: Finding) =>
    label === null ? CRITERION_NAMES[criterion] : `${CRITERION_NAMES[criterion]}: ${LABEL_NAMES[label]}`,
  wanted: (finding: Finding) => {
    const value = inWords(finding, finding.wanted)
    return finding.comparison === 'same' ? value : `${finding.comparison.replace('-', ' ')} ${value}`
  },
  found: (finding: Finding) => inWords(finding, finding.found),
  dismiss: 'Dismiss',
  yes: 'yes',
  no: 'no',
  showReport: 'Save the report',
  showResults: 'Show the results',
  showComparison: 'Show',

  back: 'All models',
  card: 'Model card',
  judgements: 'At the gate',
  judgementsNone: 'The gate has not judged it yet.',
  became: { activated: 'put in force', refused: 'refused', judged: 'tried only' },
  measure: 'Measure on a data set',
  measureText:
    'Every image is read; the results are kept, and can be looked at here. There is also a report that stands alone, with pictures of its worst errors: save it where pictures may lie.',
  measureNow: 'Measure',
  unknown: 'There is no such model here.',

  compareText: 'Cards beside each other; on a data set also what each says of every image.',
  beside: (first: string, second: string) => `${first} beside ${second}`,
  compareOn: 'Compare on a data set',
  swap: 'Both are the same model: choose two.',
  figure: 'Figure',
  figures: {
    made: 'Made',
    data: 'Trained on',
    size: 'Size',
    measured: 'By the card, measured on',
    macroRecall: 'Macro recall',
    accuracy: 'Accuracy',
    ece: 'Calibration error (ECE)',
    tumourCalledNone: 'Tumours called “no tumour”',
    recall: (label: keyof typeof LABEL_NAMES) => `Recall: ${LABEL_NAMES[label]}`,
  },
  onSet: (set: string, n: number, at: string, by: string) =>
    `On ${set}: ${number(n)} images, ${moment(at)}, asked for by ${by}`,
  changedCount: (n: number, corrected: number, spoilt: number, still: number) =>
    `${plural(n, 'image changes', 'images change')}: ${number(corrected)} corrected, ${number(spoilt)} spoilt, ${number(still)} wrong before and after`,
  changes: { corrected: 'Corrected', spoilt: 'Spoilt', stillWrong: 'Wrong before and after' },
  changedColumns: {
    picture: 'Picture',
    image: 'Image',
    truth: 'Is',
    first: 'First says',
    second: 'Second says',
    change: 'Change',
  },
  noneChanged: 'Both give every image the same label.',
  notOthers: 'Which images change is shown to administrators and auditors.',
  more: (n: number) => `and ${number(n)} more`,
  unreadable: (n: number) => `${plural(n, 'image', 'images')} could not be read.`,
}
