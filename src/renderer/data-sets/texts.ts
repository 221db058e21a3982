import type { ChangeKind } from '../../shared/curation.ts'
import type { SplitName } from '../../shared/dataset.ts'
import type { GroupKind } from '../../shared/dataset-audit.ts'
import type { DatasetOrigin } from '../../shared/frozen-dataset.ts'
import { foreign, number, plural } from '../format.ts'

const images = (n: number) => plural(n, 'image', 'images')
const groups = (n: number) => plural(n, 'group', 'groups')
const sides: Record<SplitName, string> = { training: 'Training', validation: 'Validation', testing: 'Testing' }
const percent = (share: number) => `${(share * 100).toFixed(1)} %`

function origin(from: DatasetOrigin): string {
  switch (from.kind) {
    case 'files':
      return foreign(from.path)
    case 'browser':
      return `${foreign(from.folder)}${from.table === null ? '' : `, table ${foreign(from.table)}`} (handed over by a browser)`
    case 'signed':
      return from.since === null ? 'Signed cases' : `Cases signed since ${from.since}`
    case 'curated':
      return `Version ${from.version}, curated: ${images(from.dropped)} left out, ${number(from.moved)} moved, ${number(from.merged ?? 0)} merged into other patients`
  }
}

export const dataSetTexts = {
  title: 'Data sets',
  images,
  origin,
  list: {
    caption: 'Data sets and their versions',
    set: 'Set and version',
    at: 'Imported',
    by: 'By',
    unreadable: 'Unreadable',
    from: 'From',
    total: 'Images',
    import: 'Import a data set',
    empty: 'There is no data set yet.',
    emptyText:
      'A data set is labelled images that are copied into Gyrus and frozen as a version. Models are trained and measured on such versions, which never change.',
    noAccount: 'An administrator can import one.',
    loading: 'Loading data sets…',
    intro: 'Each version is frozen: a change makes the next one.',
  },
  importing: {
    running: (name: string) => `Importing ${name}`,
    step: (done: number, total: number) =>
      total === 0 ? 'Counting the files…' : `${number(done)} of ${number(total)}`,
    goesOn: '– it goes on while you do something else.',
    dismiss: 'Close',
    open: 'Open it',
    created: (set: string) => `Imported as ${set}.`,
    same: (set: string) => `Nothing new: ${set} has the very same images and labels. No version was made.`,
    cancelled: (name: string) => `The import of ${name} was cancelled. No version was made.`,
    failed: (name: string) => `${name} was not imported.`,
  },
  wizard: {
    title: 'Import a data set',
    source: 'Where the images come from',
    folder: 'A folder of labelled images',
    folderHint:
      'One folder a class, below Training and Testing or at the top; or a CSV table with its images beside it.',
    signed: 'Signed cases of this Gyrus',
    signedHint:
      'With the verdict that was signed last. Where two readers disagreed, only what was adjudicated; what waits for another reader is left out.',
    since: 'Signed since (empty: all)',
    name: 'Name of the data set',
    nameHint: 'Small letters, digits and “-”, “_” or “.” between them. The same name again makes the next version.',
    choose: 'Choose the folder…',
    another: 'Choose another folder…',
    chosen: (name: string, files: number | null) =>
      files === null ? foreign(name) : `${foreign(name)}: ${plural(files, 'file', 'files')} to hand over`,
    handingOver: 'Handing over the files',
    handed: (done: number, total: number) => `${number(done)} of ${number(total)} handed over`,
    refused: (n: number) => `${plural(n, 'file was', 'files were')} not taken:`,
    stop: 'Stop',
    looking: 'Looking at what is in it…',
    labels: 'Labels from',
    byFolders: 'the names of the folders',
    byTable: (table: string) => `the table ${foreign(table)}`,
    patients: 'Patients from',
    noPatients: 'nowhere: patients are not known',
    classes: 'What its names mean',
    found: 'Name in the set',
    means: 'Label in Gyrus',
    meansOf: (name: string) => `Label of ${foreign(name)}`,
    choice: 'Choose…',
    skip: 'Leave out',
    unsided: 'No side',
    unknown: (n: number) =>
      n === 1
        ? 'One name is not known to Gyrus. Say what it means.'
        : `${n} names are not known to Gyrus. Say what they mean.`,
    summary: (n: number) => `${images(n)} will be copied and frozen.`,
    cancel: 'Cancel',
    start: 'Import',
    empty: 'There is no image and no CSV table in this folder.',
  },
  version: {
    back: 'All data sets',
    frozen: 'Frozen: never changes',
    parts: { content: 'Content', audit: 'Leakage audit', compare: 'Compare' },
    partsLabel: 'Parts of this data set',
    importedAt: (at: string, by: string) => `Imported ${at} by ${foreign(by)}`,
    from: 'From',
    hash: 'Files (SHA-256)',
    contentHash: 'Files and labels (SHA-256)',
    patients: 'Known patients',
    inTwo: (n: number) => `${plural(n, 'patient has', 'patients have')} images of two classes`,
    total: 'Images',
    unreadable: 'Unreadable files',
    noUnreadable: 'All files could be read.',
    file: 'File',
    reason: 'Reason',
    more: (n: number) => `and ${number(n)} more`,
    problems: 'In the way of training',
    noProblems: 'Nothing is in the way of training.',
    sizes: 'Image sizes',
    size: 'Size, px',
    moreSizes: (n: number) => `and ${plural(n, 'other size', 'other sizes')}`,
    chart: 'Images of each class, by side',
    chartAll: 'Images of each class',
    class: 'Class',
    sides,
    noSide: 'No side',
    samples: 'Sample sheet',
    samplesText: 'Some images of each class, spread over the whole set.',
    noneOf: 'No images',
    noPicture: 'cannot be shown',
    map: 'Names that were mapped',
    path: 'Lies at',
  },
  audit: {
    text: 'Looks for copies of images, also resized, mirrored or turned ones, and for patients that are on two sides. With such leaks a result on the test images says little about new patients.',
    run: 'Run the audit',
    again: 'Run it again',
    none: 'This version was not looked through yet.',
    running: (stage: 'reading' | 'comparing', done: number, total: number) => {
      const name = stage === 'reading' ? 'Reading the images' : 'Comparing them with each other'
      return total === 0 ? `${name}…` : `${name}: ${percent(done / total)}`
    },
    other: (set: string) => `${set} is being looked through at the moment.`,
    label: 'Leakage audit',
    cancel: 'Cancel',
    failed: 'The audit came to nothing.',
    at: (at: string, by: string) => `Looked through ${at} by ${foreign(by)}`,
    counted: 'What was found',
    exact: 'Exact copies',
    near: 'Near-copies, exact ones included',
    across: 'Groups of copies on two sides',
    labels: 'Groups of copies under two labels',
    test: 'Test images with a near-copy on another side',
    asIs: 'The same, as they are: neither cropped nor turned',
    patients: 'Patients on both sides',
    copies: (n: number, g: number) => (n === 0 ? 'none' : `${images(n)} in ${groups(g)}`),
    share: ({ n, of, share }: { n: number; of: number; share: number | null }) =>
      share === null ? 'no test side' : `${number(n)} of ${number(of)} (${percent(share)})`,
    onBoth: (n: number, test: number) => (n === 0 ? 'none known' : `${number(n)} (${images(test)} for testing)`),
    clean: 'No copy and no known patient is on two sides.',
    leaks: 'A result on this test split says little about new patients.',
    patientList: 'Which patients',
  },
  groups: {
    title: 'Groups of copies, picture by picture',
    which: { all: 'All', sides: 'On two sides', labels: 'Under two labels' } satisfies Record<GroupKind, string>,
    whichLabel: 'Which groups',
    none: 'There are no such groups.',
    total: (n: number) => groups(n),
    group: (n: number, of: number) => `Group ${number(n)}: ${images(of)}`,
    same: 'same file',
    like: (correlation: number) => `r ${correlation.toFixed(3)}`,
    patient: (name: string) => `Patient ${foreign(name)}`,
    more: (n: number) => `and ${images(n)} more in this group`,
    before: 'Earlier groups',
    next: 'Further groups',
    page: (from: number, to: number, of: number) => `${number(from)}–${number(to)} of ${number(of)}`,
    decide: (n: number) => `What to do with group ${number(n)}`,
    decisions: {
      keep: 'Keep as it is',
      'keep-one': 'Keep only the first one',
      merge: 'Merge: all are of one patient',
      drop: 'Leave all out',
      training: 'Put all into training',
      validation: 'Put all into validation',
      testing: 'Put all into testing',
    },
    dropOne: 'Leave out',
    dropOneOf: (file: string) => `Leave out ${foreign(file)}`,
  },
  curate: {
    pending: (n: number) => plural(n, 'decision', 'decisions'),
    effect: (dropped: number, moved: number, merged: number) =>
      `${images(dropped)} left out, ${number(moved)} put on one side, ${number(merged)} merged`,
    freeze: (version: string) => `Freeze as the next version of ${version}`,
    clear: 'Forget the decisions',
    sure: (set: string) =>
      `The next version is made of ${set} with these decisions, which are written into it. ${set} itself stays as it is.`,
    title: 'Freeze the next version',
    yes: 'Freeze',
    bulk: 'For all groups on two sides',
    bulkAct: 'Keep only the first one of each',
    bulkDone: (n: number) => `Decided for ${groups(n)}.`,
  },
  compare: {
    with: 'Compare with',
    only: 'There is no other version of this data set to compare with.',
    counts: (from: number, to: number) => `What is different in version ${to}, as against version ${from}`,
    same: 'Unchanged',
    kinds: {
      added: 'Added',
      removed: 'Removed',
      relabelled: 'Relabelled',
      moved: 'Moved to another side',
      regrouped: 'Of another patient',
    } satisfies Record<ChangeKind, string>,
    none: 'There is no such image.',
    before: 'Before',
    after: 'After',
    picture: 'Picture',
    nothing: 'Both versions have the same images under the same labels, sides and patients.',
  },
}
