import type { BackupWarning, DatabaseLook } from '../../shared/backup.ts'
import { fixed } from '../../shared/language.ts'
import type { RetentionPlan } from '../../shared/retention.ts'
import { duration, number, plural } from '../format.ts'

/** What the section “Data care” says; part of `texts`. */

const cases = (n: number) => plural(n, 'case', 'cases')
const images = (n: number) => plural(n, 'image', 'images')
const scans = (n: number) => plural(n, 'stored scan', 'stored scans')

/** `40 MB`, `1.2 GB`; what is less than one megabyte is told in kB. */
export function size(bytes: number): string {
  if (bytes < 1e6) return `${number(Math.ceil(bytes / 1e3))} kB`
  return bytes < 1e9 ? `${number(Math.ceil(bytes / 1e6))} MB` : `${fixed(bytes / 1e9, 1)} GB`
}

const DAY_S = 86_400

export const AGO_WORDS = {
  now: 'just now',
  span: (time: string) => `${time} ago`,
  days: (n: number) => `${plural(n, 'day', 'days')} ago`,
}

/** `3 h ago`, `5 days ago`. */
export function ago(at: string, now: number): string {
  const seconds = (now - Date.parse(at)) / 1000
  if (seconds < 60) return AGO_WORDS.now
  return seconds < 2 * DAY_S ? AGO_WORDS.span(duration(seconds)) : AGO_WORDS.days(Math.floor(seconds / DAY_S))
}

const warnings: Record<BackupWarning, string> = {
  failed: 'The last backup did not come to its end.',
  unsound: 'The newest backup was found not to be sound: make another one, and look at the drive.',
  gone: 'The newest backup is no longer in the folder where it was made: make another one.',
  late: 'There was no backup for more than two days, although one is to be made every day.',
  old: 'The newest backup is more than a week old.',
  never: 'No backup was made yet: what is on this machine is nowhere else.',
}
const looks: Record<DatabaseLook, (at: string) => string> = {
  whole: (at) => `sound when Gyrus started, ${at}`,
  part: (at) =>
    `sound when Gyrus started, ${at}, as far as it was looked at: it is large, and each backup looks at all of it`,
  none: (at) => `begun new when Gyrus started, ${at}`,
}
const stages: Record<string, string> = {
  database: 'Database',
  entries: 'Entries and what they bind',
  cases: 'Cases',
  scans: 'Scans',
  files: 'Models, data sets and settings',
}

export const careTexts = {
  markWord: 'Backups',
  mark: (warning: BackupWarning) => `Backups: ${warnings[warning]}`,
  imageRemoved: 'The image is not kept any more',

  backups: {
    title: 'Backups',
    ofDepartment:
      'The record lies in the department’s database, which PostgreSQL’s own means back up, and the shared folder after it. Gyrus makes no backup of it (docs/department.md).',
    warnings,
    where: 'Where',
    nowhere: 'not set',
    daily: 'one every day',
    notDaily: 'none is made by itself',
    byCommand: (isSet: boolean) =>
      `A page in a browser may name no folder. ${isSet ? 'Another one' : 'It'} is set on this machine’s command line:`,
    choose: 'Choose folder…',
    change: 'Change folder…',
    stop: 'Stop daily backups',
    stopped: 'No backup is made by itself any more.',
    chosen: 'Backups go there from now on, one every day.',
    kept: 'Kept',
    days: 'newest days',
    weeks: 'newest weeks',
    save: 'Save',
    saved: 'Saved. The next backup goes by it.',
    newest: 'Newest',
    none: 'none yet',
    database: 'Database',
    looks,
    now: 'Back up now',
    nowNeedsFolder: 'Set a folder first.',
    running: { backup: 'Making a backup', verify: 'Verifying a backup' },
    stage: (stage: string, done: number, total: number) =>
      `${stages[stage] ?? stage}${total > 0 ? `: ${number(done)} of ${number(total)}` : ''}`,
    list: 'Backups that the record knows of',
    columns: { made: 'Made', size: 'Size', content: 'Holds', state: 'State', path: 'Where', acts: 'What can be done' },
    holds: (n: number, lost: number) => (lost > 0 ? `${scans(n)}, ${number(lost)} lost before` : scans(n)),
    holdsHelp:
      'Stored scans are files. A picture that was opened more than once is stored once, and a case that failed or whose image was removed may have none: so there can be fewer scans than cases.',
    away: 'not in reach',
    unverified: 'sound when it was made',
    sound: (at: string) => `sound, verified ${at}`,
    unsound: (at: string) => `not sound, ${at}`,
    verify: 'Verify',
    verifyOf: (at: string) => `Verify the backup of ${at}`,
    verifyHint: 'Reads all again that a restore would need: database, trail, every scan and file',
    restore: 'Restore…',
    restoreOf: (at: string) => `How to restore the backup of ${at}`,
    restoreText:
      'Close Gyrus, then run this on its machine. All of the backup is checked first; the data folder that is there is put aside, and nothing is deleted. What was done after the backup is not in it.',
    copy: 'Copy',
    copied: 'Copied.',
    selected: 'Selected; copy it with Ctrl+C.',
  },

  encryption: {
    title: 'Encryption',
    on: 'The record is encrypted on the disk: database, stored scans, data sets and backups. Without its passphrase or its recovery code nobody can read it.',
    off: 'The record lies on the disk in clear. Whoever gets the disk can read it, unless the disk itself is encrypted.',
    turnOn: 'Close Gyrus, then encrypt the record with a passphrase on this machine’s command line:',
    change: 'Another passphrase is chosen on this machine’s command line:',
  },

  retention: {
    title: 'How long cases are kept',
    text: 'Off until you set it. Of what goes a note stays (what it was, when and by which rule it went), and the audit trail stays whole. A legal hold keeps what it covers.',
    imagesOn: 'Remove the images of signed cases',
    months: 'months after they were signed',
    casesOn: 'Erase signed cases',
    years: 'years after they were signed',
    unsigned: 'also cases that nobody ever signed, so many years after the last verdict',
    save: 'Save…',
    saved: 'The rules are set. They are carried out every day from tomorrow on.',
    off: 'The rules are off: everything is kept.',
    none: 'Everything is kept: no rule is set.',
    imagesRule: (months: number) => `Images of signed cases go ${number(months)} months after they were signed.`,
    casesRule: (years: number, unsigned: boolean) =>
      `Signed cases go ${number(years)} years after they were signed; ${unsigned ? 'those that nobody signed go, too' : 'those that nobody signed stay'}.`,
    dry: 'What would go now?',
    run: 'Remove now…',
    running: (done: number, total: number) => `Removing: ${number(done)} of ${number(total)} cases`,
    last: (at: string, cases_: number, images_: number) =>
      `Last carried out ${at}: ${cases(cases_)} erased, ${images(images_)} of other cases removed.`,
    never: 'Not carried out yet.',
    clock: 'The date is right',
    clockSaid: 'Confirmed. The rules are carried out again.',
    sureSave: 'Set these rules?',
    sureSaveText:
      'They are carried out every day, the first time in 24 hours. What goes by them cannot be brought back.',
    sureOff: 'From now on nothing goes by a rule.',
    sureRun: 'Remove what is due?',
    sureRunText: 'This cannot be undone. Backups keep what they hold until they go themselves.',
    yesSave: 'Set them',
    yesRun: 'Remove for good',
    no: 'Cancel',
    plan: ({ cases: whole, images: pictures, bytes, files }: RetentionPlan) => {
      if (whole.cases + pictures.cases === 0) return 'Nothing is due now.'
      const parts = [
        ...(whole.cases > 0 ? [`${cases(whole.cases)} would be erased`] : []),
        ...(pictures.cases > 0 ? [`the images of ${cases(pictures.cases)} would be removed`] : []),
      ]
      const oldest = [whole.oldest, pictures.oldest].filter((at) => at !== null).sort()[0]
      return `${parts.join(', and ')}: ${plural(files, 'file', 'files')}, ${size(bytes)}, the oldest from ${oldest?.slice(0, 10)}.`
    },
    held: (n: number) =>
      `${cases(n)} that would be due ${n === 1 ? 'stays' : 'stay'}: a legal hold keeps ${n === 1 ? 'it' : 'them'}.`,
    unsignedStay: (n: number) =>
      `${cases(n)} old enough ${n === 1 ? 'stays' : 'stay'}: nobody signed ${n === 1 ? 'it' : 'them'}.`,
  },

  holds: {
    title: 'Legal holds',
    none: 'No legal hold is in force. One is placed on a patient or a case below.',
    noneShort: 'No legal hold is in force.',
    columns: { whose: 'Keeps', since: 'Since', by: 'By', reason: 'Reason', acts: 'What can be done' },
    patient: (id: string, n: number) => `patient ${id}: ${cases(n)}, and later ones`,
    case: (code: string) => `case ${code}`,
    lift: 'Lift…',
    liftOf: (whose: string) => `Lift the hold on ${whose}`,
    liftTitle: 'Lift this legal hold?',
    liftText: (whose: string) => `From then on, ${whose} can be erased, and goes by the rules.`,
    liftYes: 'Lift the hold',
    lifted: 'The hold is lifted.',
    placeTitle: 'Place a legal hold?',
    placeText: (whose: string) => `Nothing of ${whose} is erased or removed by a rule until the hold is lifted.`,
    placeYes: 'Place the hold',
    placed: 'The hold is in force.',
    reason: 'Reason',
    reasonHint: 'Kept with the hold, and erased with the case.',
  },

  patient: {
    title: 'Everything of one patient',
    label: 'Patient ID, or the code or id of a case',
    find: 'Look up',
    whose: (id: string) => `patient ${id}`,
    case: (code: string) => `case ${code}`,
    heading: (whose: string) => `${whose[0]?.toUpperCase()}${whose.slice(1)}`,
    nothing: 'All of it was erased before.',
    there: (n: number, signed: number, from: string, until: string) =>
      `${cases(n)}, ${number(signed)} signed, received ${from === until ? from : `${from} to ${until}`}.`,
    images: (n: number, bytes: number) => (n === 0 ? 'No stored images.' : `${images(n)}, ${size(bytes)}.`),
    erasedBefore: (n: number) => `${cases(n)} erased before.`,
    held: (n: number) => `${number(n)} under a legal hold: not to be erased before it is lifted`,
    unfinished: (n: number) => `${number(n)} still being analysed: to be erased when that is done`,
    export: 'Export (ZIP)',
    exportHint: 'All that the record has, as JSON, with the stored files. That it was exported is on record.',
    hold: 'Place a hold…',
    erase: 'Erase…',
    eraseTitle: (whose: string) => `Erase everything of ${whose}`,
    goes: 'Erased for good',
    goesTexts: (n: number) =>
      `of ${cases(n)}: name, ID, study date, description, file names, comments, reasons, details of failures`,
    goesImages: (n: number, bytes: number) => `${images(n)} (${size(bytes)})`,
    stays: 'Stays',
    staysRows: 'labels, confidences, verdicts, and who did what when; the audit trail stays whole',
    staysTombs: (n: number) =>
      `${plural(n, 'note', 'notes')} of the erasure: that a case was erased, when, by whom, and the SHA-256 of the reason`,
    staysShared: (n: number) => `${images(n)} that other cases have as well`,
    staysBackups: 'backups that were made before, until they go by their rule; they are named afterwards',
    reason: 'Reason',
    reasonHint: 'Only its SHA-256 goes on record. Keep the wording with the request’s papers.',
    goOn: 'Go on…',
    back: 'Back',
    sure: (what: string, n: number, files: number) =>
      `This cannot be undone. To erase ${cases(n)} and ${images(files)} for good, type ${what}:`,
    sureLabel: (what: string) => `Type ${what}`,
    eraseNow: 'Erase for good',
    doneTitle: 'Erased',
    done: (n: number, files: number) => `${cases(n)} and ${plural(files, 'file', 'files')} were erased.`,
    doneReason: ({ salt, sha256 }: { salt: string; sha256: string }) =>
      `The reason is on record as ${sha256}, with the salt ${salt}`,
    doneClear: (n: number) =>
      `${plural(n, 'entry', 'entries')} of the audit trail still ${n === 1 ? 'tells' : 'tell'} something of it in clear, and cannot change.`,
    doneBackups: 'Backups that still hold it',
    doneDatasets: 'Frozen data sets that hold a copy of a file',
    doneBatches: 'Batches whose name or folders may tell the patient’s name',
    doneShared: (n: number) => `${cases(n)} of others have one of the files, which stays for them.`,
    notReachable: 'not in reach now',
    close: 'Close',
  },
}
