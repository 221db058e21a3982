import { DEFAULT_LOCK_MINUTES } from '../../shared/accounts.ts'
import { DEFAULT_URGENCY, urgencyInWords } from '../../shared/urgency.ts'

/** What a setting is called, what it does, and what is safe where nobody has decided otherwise. */
interface SettingText {
  name: string
  text: string
  usual: string
}

export const SETTING_IDS = [
  'language',
  'impression',
  'second',
  'urgency',
  'objects',
  'sending',
  'accounts',
  'lock',
  'tokens',
  'department',
  'backup',
  'kept',
  'retention',
  'encryption',
  'heads',
  'sources',
  'gate',
  'limits',
  'keys',
] as const
export type SettingId = (typeof SETTING_IDS)[number]

const settings: Record<SettingId, SettingText> = {
  language: {
    name: 'Language',
    text: 'Of the screens, for all who chose none in their account menu. The record, logs, tables and the command line stay English, and so do PDF reports and what models and other systems say of themselves.',
    usual: 'that of each browser or system',
  },
  impression: {
    name: 'Impression before the answer',
    text: 'Readers say what they think before they are shown what the model says, against being led by it. Where it is off, each may turn it on for themselves.',
    usual: 'off',
  },
  second: {
    name: 'Second readings',
    text: 'Which cases two read by themselves, neither knowing what the other said, and who decides where they differ.',
    usual: 'only cases that a reader marks; any third reader decides',
  },
  urgency: {
    name: 'Order by urgency',
    text: 'The work list can show first what is most urgent among the cases that wait for a reader. Points say how much the probability of a tumour, the model’s doubt and a day of waiting count, and what a case gets that the model gives no answer to or that cannot be read. The list shows each case’s points. It never takes a case off the list. Readers whose impression comes first get the order of waiting.',
    usual: `off until a reader chooses it; ${urgencyInWords(DEFAULT_URGENCY)}`,
  },
  objects: {
    name: 'DICOM objects of results',
    text: 'Report and picture of a result for the PACS. Before the signature they say that they are preliminary; not every PACS shows that.',
    usual: 'only of signed cases',
  },
  sending: {
    name: 'Results to the PACS',
    text: 'Report and picture of each signed DICOM case go into the study of its images, as soon as it is signed and no second reader is waited for; after an amendment the new ones. What does not arrive is tried again for three days.',
    usual: 'sent nowhere by themselves',
  },
  accounts: {
    name: 'Accounts and roles',
    text: 'Who may work here: radiologists read, administrators also set, auditors look at everything and change nothing.',
    usual: 'one administrator; everybody has an account of their own',
  },
  lock: {
    name: 'Lock',
    text: 'How long a page stays open that nobody touches. What was begun is kept, and there again after the password.',
    usual: `after ${DEFAULT_LOCK_MINUTES} minutes`,
  },
  tokens: {
    name: 'Tokens for programs',
    text: 'Let the command line work for an account where nobody can type a password. They end by themselves.',
    usual: 'none',
  },
  department: {
    name: 'Department',
    text: 'Several workstations can share one record in a PostgreSQL database, and the work on it. Who joins sees the department’s record; that of this workstation stays where it is.',
    usual: 'this workstation alone, which needs nothing',
  },
  backup: {
    name: 'Backup folder',
    text: 'A backup of the whole record is made there every day. It belongs on another machine or drive.',
    usual: 'none until a folder is set; you are warned as long',
  },
  kept: {
    name: 'Backups that are kept',
    text: 'The newest of so many days, then one a week. Older ones are removed; a scan is stored once for all of them.',
    usual: '14 days, then 13 weeks',
  },
  retention: {
    name: 'How long cases are kept',
    text: 'Removes images, or whole cases, so long after they were signed. It cannot be undone; a legal hold keeps what it covers.',
    usual: 'everything is kept',
  },
  encryption: {
    name: 'Encryption of the record',
    text: 'Database and stored scans are encrypted on the disk with a passphrase that is asked for at the start. Turned on and off on the command line, with Gyrus closed.',
    usual: 'off; turn it on where the disk itself is not encrypted',
  },
  heads: {
    name: 'Daily signed heads',
    text: 'A line a day in a folder that Gyrus cannot change: against it an audit trail that was cut short is found, too.',
    usual: 'none until a folder is set on the command line',
  },
  sources: {
    name: 'Sources of scans',
    text: 'Where scans come from by themselves: peers that may send by DICOM, and watched folders.',
    usual: 'none; the listener is off, and reached from this machine alone',
  },
  gate: {
    name: 'Change plan of models',
    text: 'What a model must show before it may read: golden images, recall and calibration on a locked reference set, agreement with signed cases; whether two administrators are needed.',
    usual: 'golden images and labels always; figures where a reference set is locked',
  },
  limits: {
    name: 'Limits of alarms',
    text: 'From which agreement, drift, time or free disk space on an alarm stands in everybody’s title bar.',
    usual: 'agreement under 90 %, tumours missed over 5 %, PSI over 0.25, 1 s an image, 5 GB left',
  },
  keys: {
    name: 'Keys and mouse',
    text: 'Your own, kept for your account; every reader sets theirs by the same button in the title bar.',
    usual: 'as the help shows them; each is reset by itself',
  },
}

/** What the section “Settings” says. */
export const panelTexts = {
  search: 'Find a setting',
  none: 'No setting has these words.',
  usual: (text: string) => `Safe default: ${text}.`,
  where: (title: string) => `Open ${title}`,
  groups: [
    { title: 'Reading', settings: ['impression', 'second', 'urgency', 'objects', 'sending'] },
    { title: 'Who may work here', settings: ['language', 'accounts', 'lock', 'tokens'] },
    { title: 'Scans', settings: ['sources'] },
    { title: 'The record', settings: ['department', 'backup', 'kept', 'retention', 'encryption', 'heads'] },
    { title: 'Model', settings: ['gate', 'limits'] },
    { title: 'Yours', settings: ['keys'] },
  ] satisfies { title: string; settings: SettingId[] }[],
  settings,
  language: {
    label: 'Where nobody chose',
    browser: 'As the browser or system',
    saved: (name: string) => `The language is now: ${name}.`,
  },
  beforeSigning: 'Also of cases that are not signed, as preliminary',
  organisation: 'Organisation of those who sign',
  organisationNotStated: 'not stated',
  on: 'On',
  off: 'Off',
  urgency: {
    tumour: 'Probability of a tumour, from 0 to 1, times',
    uncertainty: 'One minus the confidence, times',
    waiting: 'A day of waiting',
    unjudged: 'Where the model gives no answer: not judged, or not analysed yet',
    unreadable: 'Where the file cannot be read, or its analysis failed',
    save: 'Set the rule',
    saved: (rule: string) => `Urgency is now: ${rule}.`,
    loadFailed: 'The rule could not be loaded.',
  },
  minutes: (n: number) => `After ${n} minutes without key or mouse`,
  notSet: 'Not set',
  kept: (days: number, weeks: number) => `${days} days, ${weeks} weeks`,
  keys: 'Keys and mouse…',
}
