import type { SplitRule } from '../../shared/dataset.ts'
import { LABEL_NAMES } from '../../shared/labels.ts'
import { fixed } from '../../shared/language.ts'
import { moment } from '../../shared/moment.ts'
import type { RecipeChanges, RunState, RunSummary, TRAINING_STAGES, TrainingNotice } from '../../shared/training.ts'
import type { Advice } from '../../shared/training-advice.ts'
import { duration, number, plural } from '../format.ts'

const states: Record<RunState, string> = {
  queued: 'Queued',
  running: 'Running',
  interrupted: 'Interrupted',
  finished: 'Finished',
  failed: 'Failed',
  cancelled: 'Cancelled',
}
const stages: Record<(typeof TRAINING_STAGES)[number], string> = {
  reading: 'Reading the set',
  copying: 'Copying',
  comparing: 'Looking for copies',
  preparing: 'Preparing the images',
  training: 'Learning',
  validating: 'Validating',
  predicting: 'Measuring the finished network',
}
const ends: Record<RunSummary['end'], string> = {
  completed: 'Trained to the end.',
  'stopped-early': 'Stopped early, since validation did not get better.',
  diverged: 'Its loss was no number any more; the last good epoch was kept.',
}
const changes: Record<keyof RecipeChanges, { name: string; explains: string }> = {
  epochs: {
    name: 'Epochs',
    explains:
      'How many times it goes through all images. More takes longer, and in the end learns the images by heart.',
  },
  batch: {
    name: 'Batch',
    explains: 'Images it learns from at a time. Fewer need less memory; more make each step steadier.',
  },
  rate: {
    name: 'Learning rate',
    explains: 'How far each step goes. Too large, and the training comes apart; too small, and it gets nowhere.',
  },
  labelSmoothing: {
    name: 'Label smoothing',
    explains: 'How much doubt is put into each label, so that the network does not become too sure of itself.',
  },
  dropout: {
    name: 'Dropout',
    explains: 'Share of the last features that is left out at random at each step, against learning by heart.',
  },
  size: {
    name: 'Image size, px',
    explains:
      'Side of the image that the network sees. Twice the side shows finer detail and takes four times as long.',
  },
  augmentation: {
    name: 'Variation of images',
    explains: '0 shows each image as it is, 1 varies it as the recipe has it, above that more strongly.',
  },
  brainMargin: {
    name: 'Cropped to the brain, margin',
    explains: 'What is left around the brain on each side, as a share of its longer side.',
  },
  l2: {
    name: 'Restraint (L2)',
    explains:
      'Holds the weights of the last layer small. Larger is more careful; smaller follows the images more closely.',
  },
}
const splits: Record<SplitRule, { name: string; explains: string }> = {
  patient: {
    name: 'Patients kept apart',
    explains:
      'No patient, and no copy of an image, is in training and in validation. The figures say what to expect of new patients.',
  },
  group: {
    name: 'Copies kept apart',
    explains:
      'Near-identical images stay on one side. Other slices of a patient can be on both sides where patients are not known.',
  },
  date: {
    name: 'Newest for validation',
    explains: 'Learns from older images and is validated on newer ones. The set must have dates.',
  },
  random: { name: 'At random', explains: 'Images are drawn one by one, whoever they are of.' },
}

const percent = (share: number | null | undefined) =>
  share === null || share === undefined ? '–' : `${(100 * share).toFixed(1)} %`
const loss = (value: number) => value.toFixed(3)
const images = (n: number) => plural(n, 'image', 'images')
const listed = (names: string[]) =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${number(names.length - 5)} more` : names.join(', ')

function notice(told: TrainingNotice): string {
  switch (told.kind) {
    case 'device':
      return `Trains on the ${told.device.toUpperCase()} (${told.engine}).${told.gpuUnused ? ' The engine could use a GPU and found none that it can.' : ''}`
    case 'split-by-group':
      return 'No patient is known: training and validation are kept apart by near-duplicate group. Slices of one patient can be on both sides.'
    case 'split-at-random':
      return 'Divided at random: patients and copies are on both sides. The figures are better than they will be for new patients.'
    case 'patients-in-two-classes':
      return `${plural(told.patients.length, 'patient has', 'patients have')} images of two classes; that may be so, but is worth a look: ${listed(told.patients)}.`
    case 'unreadable':
      return `${images(told.files.length)} could not be read and were left out: ${listed(told.files)}.`
    case 'no-brain':
      return `No brain was found in ${images(told.files.length)}, which were used whole: ${listed(told.files)}.`
  }
}

function advice(one: Advice): string {
  switch (one.kind) {
    case 'diverged':
      return `The training came apart after ${plural(one.epochs, 'epoch', 'epochs')}: its loss was no number any more. Train again with a smaller learning rate.`
    case 'stopped-early':
      return `It stopped after ${one.epochs} of ${one.planned} epochs, because validation had not got better since epoch ${one.best}; that epoch was kept. That is as it should be.`
    case 'overfitting':
      return `It began to learn the images by heart: from epoch ${one.best} to ${one.last} the validation loss rose from ${loss(one.lossBest)} to ${loss(one.lossLast)}, while that of training fell to ${loss(one.trainingLast)}. Epoch ${one.best} was kept. Fewer epochs, more variation of images or more dropout help; more patients help most.`
    case 'still-learning':
      return `It was still learning when it ended: in epoch ${one.last} the validation loss fell from ${loss(one.lossBefore)} to ${loss(one.lossLast)}. More epochs may make it better.`
    case 'class-suffers':
      return `${LABEL_NAMES[one.label]} suffers: it found ${percent(one.recall)} of these, against ${percent(one.mean)} on average over the classes. It learned from ${images(one.images)} of them.`
    case 'few-images':
      return `There were only ${listed(one.classes.map((few) => `${images(few.images)} of ${LABEL_NAMES[few.label]}`))} to learn from; fewer than ${one.least} of a class teach little about new patients.`
    case 'few-validation':
      return `Only ${images(one.images)} validated it; below ${one.least}, one image more or less moves the figures by ${(100 / Math.max(1, one.images)).toFixed(1)} points and more.`
    case 'no-validation':
      return '0 images were kept for validation: nothing says how good it is. Measure it on a reference set before it is used.'
    case 'random-split':
      return `Its ${percent(one.recall)} macro recall is of a division at random, with patients and copies on both sides: expect less of new patients.`
    case 'not-better':
      return `It is not better than the active model ${one.model}: ${percent(one.recall)} macro recall against ${percent(one.its)}, on the same validation images.`
    case 'better':
      return `On the same validation images it has ${percent(one.recall)} macro recall; the active model ${one.model} has ${percent(one.its)}. Whether that holds, the gate asks.`
    case 'not-comparable':
      return `It cannot be compared here with the active model ${one.model}, which was validated on other images. The gate compares them on the locked reference set.`
    case 'fine':
      return `Nothing stands out: ${percent(one.recall)} macro recall on ${images(one.images)} that it did not learn from.`
  }
}

export const trainingTexts = {
  title: 'Training runs',
  start: 'New training',
  none: 'No network has been trained here yet.',
  noneText:
    'A training takes a frozen data set and a recipe, and gives a network with its figures. It is not used for reading until it has passed the gate.',
  noSets: 'There is no frozen data set yet. Make one first: a training must say exactly what it learned from.',
  toSets: 'To the data sets',
  table: 'Training runs, newest first',
  columns: {
    id: 'Run',
    state: 'State',
    recipe: 'Recipe',
    set: 'Data',
    by: 'By',
    created: 'Asked for',
    took: 'Took',
    recall: 'Macro recall',
    accuracy: 'Accuracy',
    loss: 'Loss',
  },
  told: (data: string, recipe: string | undefined, run: string, at: string | undefined) =>
    [
      `Data: ${data}, the images kept for validation`,
      `Model: ${recipe ?? 'not known'}, as run ${run} left it`,
      at ? `Measured ${moment(at)}` : '',
    ]
      .filter((line) => line !== '')
      .join('\n'),
  ofValidation: 'validation',
  states,
  stages,
  ends,
  changes,
  splits,
  percent,
  loss,
  notice,
  advice,
  place: (n: number) => (n === 1 ? 'Next in the queue' : `Number ${n} in the queue`),
  otherSet: 'chosen by path',
  back: 'All runs',
  cancel: 'Cancel training',
  cancelTitle: 'Cancel this training?',
  cancelSure:
    'It ends after the step that runs. What it learned up to its last epoch, if it has any, is kept, and it can be resumed.',
  cancelQueued: 'It has not begun. It can be resumed later.',
  cancelYes: 'End the training',
  cancelNo: 'Let it go on',
  resume: 'Resume',
  interrupted:
    'Gyrus ended in the middle of this run. Nothing up to its last epoch is lost: resume it, and it goes on from there.',
  interruptedNew: 'Gyrus ended in the middle of this run. There was nothing to keep yet: resumed, it begins anew.',
  cancelled: 'It was cancelled. Resumed, it goes on from its last epoch.',
  cancelledNew: 'It was cancelled. There was nothing to keep yet: resumed, it begins anew.',
  failed: 'It failed.',
  unreadable: 'Another version of Gyrus wrote this run; what was asked of it cannot be shown.',
  waiting: 'It waits for the run before it to end.',
  waitingShared: 'It waits for a workstation that has time for it. Compute tells which ones train, and what.',
  progress: 'Progress of this training',
  stage: (stage: (typeof TRAINING_STAGES)[number], done: number, total: number) =>
    total > 0 ? `${stages[stage]}: ${number(done)} of ${number(total)}` : stages[stage],
  epochOf: (epoch: number, epochs: number) => `Epoch ${epoch} of ${epochs}`,
  left: (seconds: number) => `about ${duration(seconds)} left`,
  asked: 'What was asked',
  result: 'Result on the validation images',
  curves: 'Learning curves',
  noCurves: 'This recipe learns in one go and has no epochs, so there are no curves.',
  curvesLater: 'The first point comes with the end of the first epoch.',
  lossChart: 'Loss',
  accuracyChart: 'Accuracy',
  recallChart: 'Macro recall',
  perClass: 'Recall of each class, validation',
  training: 'Training',
  validation: 'Validation',
  epoch: 'Epoch',
  epochTable: 'Every epoch as a table',
  seconds: 'Time',
  memory: 'Memory',
  megabytes: (n: number) => `${number(n)} MB`,
  notices: 'What it found',
  adviceTitle: 'What to make of it',
  machine: 'This machine',
  cpu: 'Processor',
  cpuOf: (name: string, cores: number) => `${name}, ${plural(cores, 'core', 'cores')}`,
  cores: (n: number) => plural(n, 'core', 'cores'),
  busy: (share: number | null) => (share === null ? 'measuring' : `${Math.round(100 * share)} % busy`),
  ram: 'Memory',
  ramOf: (free: number, total: number) => `${(free / 2 ** 30).toFixed(1)} of ${(total / 2 ** 30).toFixed(1)} GB free`,
  celsius: 'Temperature',
  degrees: (value: number | null) => (value === null ? 'no sensor can be read' : `${Math.round(value)} °C`),
  gpu: 'GPU',
  gpuNone: 'none found',
  engine: 'Training engine',
  station: 'Workstation',
  anyStation: (onGpu: boolean) => (onGpu ? 'The next one that has a GPU' : 'The next one that has time'),
  engineFull: 'Whole networks and last layers',
  engineHead: 'Last layers only',
  classColumn: 'Class',
  recallColumn: 'Recall',
  trainedColumn: 'Trained on',
  kept: (parts: RunSummary['images']) =>
    `${images(parts.training)} to learn from, ${number(parts.validation)} for validation, ${number(parts.testing)} of the test side`,
  bestEpoch: (epoch: number) => `Epoch ${epoch} was kept, with the lowest validation loss.`,
  seed: 'Seed',
  split: 'Division',
  recipeSplit: 'As the recipe has it',
  fold: (fold: number) => `Fold ${fold} held out`,
  share: (share: number) => `${Math.round(100 * share)} % for validation`,
  weights: 'Weights (SHA-256)',
  changed: 'Changes of the recipe',
  noChanges: 'none',
  duration,
  form: {
    title: 'New training',
    set: 'Data set',
    setOption: (name: string, version: number, n: number) => `${name}, version ${version} (${images(n)})`,
    perClass: (counts: string[]) => counts.join(', '),
    recipe: 'Recipe',
    onGpu: 'Only on a workstation with a GPU',
    onGpuHint: 'It waits until one is open that has a GPU and trains.',
    needsEngine: 'Needs the training engine, which is not installed on this machine.',
    toCompute: 'Install it under Compute',
    split: 'How training and validation are divided',
    noPatients: 'No patient is known in this set.',
    given: 'This set has a validation side of its own, which is taken whatever is chosen here.',
    hides:
      'At random, copies and other slices of the same patient are on both sides. The validation figures are then too good, and say little of new patients: on the public set, 76 % of the test images have a near-copy among those to learn from.',
    changes: 'Changes of the recipe',
    changesText: 'Left empty, the recipe stays as it is. The ends that are given are those that seldom go wrong.',
    range: (low: number, high: number, own: number | undefined) =>
      `${low} to ${high}${own === undefined ? '' : `; the recipe has ${own}`}`,
    outside: (name: string, low: number, high: number) => `${name}: a number from ${low} to ${high}.`,
    notWhole: (name: string) => `${name}: a whole number.`,
    seed: 'Seed',
    seedHint: 'The same seed gives the same division and the same training.',
    submit: 'Start training',
    crop: 'Crop images to the brain',
    cropText:
      'The network sees the brain without skull and scalp, larger than in the whole image. Where no brain is found the image is used whole, and the run says of how many. A model trained so crops what it reads in the same way.',
    margin: 'Margin',
    marginRange: (low: number, high: number) =>
      `From ${number(low)} to ${fixed(high, 1)}; ${fixed(0.1, 1)} leaves a tenth of its longer side on each side.`,
    noMargin: 'Give the margin around the brain, or do not crop to it.',
    incomplete: 'Choose a data set, a recipe and a seed.',
    cancel: 'Cancel',
    time: 'How long it takes',
    timeUnknown: 'No run of this recipe is on record yet. A short trial on this machine tells.',
    timeByRun: (seconds: number, run: string, at: string) =>
      `About ${duration(seconds)}, by the run ${run} of ${at} that is on record here.`,
    timeByProbe: (seconds: number, n: number) =>
      `About ${duration(seconds)}, by a trial on this machine just now with ${images(n)} of this set.`,
    measure: 'Measure here',
    measuring: 'Trying a few images and steps…',
    preview: 'Show how images are varied',
    previewing: 'Drawing the sheet…',
    previewTitle: 'How this recipe varies images',
    previewText:
      'In each row the image as the network gets it, then seven variants of the kind that it will learn from.',
    previewNone: 'This recipe learns from each image as it is, so that all eight of a row are alike.',
    previewAlt: 'Rows of brain slices: on the left as they are, then varied',
    previewRow: (n: number, label: string, file: string) => `Row ${n}: ${label}, ${file}`,
    stop: 'Cancel',
    problems: 'This set cannot be trained on:',
  },
  search: {
    told: (data: string, recipe: string, search: string, at: string) =>
      `Data: ${data}, the images kept for validation\nModel: ${recipe}, a run for each trial of ${search}\nBegun ${moment(at)}`,
    title: 'New search',
    list: 'Searches',
    none: 'A search trains a recipe many times with other settings, and shows which did best on validation.',
    text: 'Each trial is a run of its own. They are compared by the validation loss of the finished network; test images are never looked at.',
    ranges: 'What is varied, and from where to where',
    from: (name: string) => `${name}, from`,
    until: (name: string) => `${name}, up to`,
    to: 'to',
    nothing: 'Choose at least one setting that is varied.',
    badEnds: (name: string, low: number, high: number) =>
      `${name}: two numbers from ${low} to ${high}, the smaller one first.`,
    mode: 'Which combinations',
    modes: {
      random: 'At random: drawn evenly from the ranges. Best where more than two settings are varied.',
      grid: 'Every one: three points of each range, in all combinations.',
    },
    trials: 'Most trials',
    minutes: 'Time budget, minutes',
    budgetHint: 'No trial is begun once those before it took that long; the one that runs is finished.',
    submit: 'Start the search',
    cancel: 'Cancel the search',
    cancelYes: 'End the search',
    cancelSure: 'The trial that runs is cancelled, too. Finished trials stay, and the search can be resumed.',
    states: {
      running: 'Running',
      finished: 'Finished',
      cancelled: 'Cancelled',
      failed: 'Failed',
      interrupted: 'Interrupted: Gyrus ended while it ran',
    },
    doneOf: (done: number, planned: number) => `${number(done)} of ${number(planned)}`,
    progress: (done: number, planned: number, spent: number, budget: number) =>
      `${number(done)} of ${plural(planned, 'trial', 'trials')} done, ${spent > 0 ? duration(spent) : '0 s'} of the ${duration(budget)} that it may take.`,
    progressLabel: 'Trials done',
    best: (n: number, lowest: string, recall: string) =>
      `Best so far: trial ${n}, validation loss ${lowest}, macro recall ${recall}.`,
    bestMark: 'best',
    notBegun: 'Not begun',
    table: 'Trials',
    toRun: (n: number) => `Trial ${n}`,
    coordinates: 'Each trial as a line across its settings',
    coordinatesOf: (n: number) =>
      `${plural(n, 'trial', 'trials')} as lines across their settings and validation loss; the best one is drawn strongly. The table above has the same figures.`,
    columns: {
      search: 'Search',
      trials: 'Trials',
      best: 'Best run',
      number: 'Trial',
      loss: 'Validation loss',
      recall: 'Macro recall',
      seconds: 'Took',
    },
  },
  register: {
    open: 'Make it a model…',
    title: 'Make a model of this run',
    text: 'It is measured once more, gets its card and comes into the registry. It is not used for reading by that: the gate judges it when somebody activates it.',
    id: 'Name',
    idHint: 'Small letters, digits, “-”, “_” and “.”; it cannot be changed.',
    version: 'Version',
    submit: 'Make the model',
    working: 'Measuring the network and writing its card…',
    done: (id: string) => `${id} is in the registry.`,
    see: 'See the model',
  },
}
