import type { Station } from '../../shared/department.ts'
import { number, plural } from '../format.ts'

const states: Record<Station['state'], string> = {
  works: 'Works',
  rests: 'Rests',
  silent: 'Not heard of',
}
const hints: Record<Station['state'], string> = {
  works: 'It takes cases out of the queue.',
  rests:
    'It takes no cases: it is set so, its shared folder is not there, or the model in force cannot be used or is being loaded.',
  silent: 'It ended without a word, or the network to it is cut. What it had in hand goes to others.',
}

const trains: Record<Station['trains'], string> = {
  nothing: 'Nothing',
  head: 'Last layers',
  native: 'Whole networks',
  gpu: 'Whole networks, on a GPU',
}

export const departmentTexts = {
  title: 'Workstations',
  text: 'They share one record and the work on it: whichever has time analyses the next scan.',
  columns: {
    name: 'Workstation',
    state: 'State',
    active: 'Cases in hand',
    trains: 'Trains',
    heard: 'Last heard of',
  },
  here: 'this one',
  atOnce: (n: number) => `at most ${number(n)}`,
  leads: 'does the chores: watched folders, listener, sending, retention',
  states,
  hints,
  trains,
  waiting: 'Waiting',
  underWay: 'Being analysed',
  rate: 'Done in the last minute',
  oldest: 'The oldest waits',
  putAside: 'Put aside',
  trainings: 'Trainings waiting',
  putAsideText:
    'No workstation got these cases done, each of which was tried several times: often a file that ends the engine. They are on record as received.',
  more: (n: number) => `… and ${plural(n, 'more', 'more')}.`,
  retry: 'Try again',
  retried: (n: number) => `${plural(n, 'case is', 'cases are')} in the queue again.`,
  since: 'put aside',
  nobodyReads: 'No workstation of the department that takes cases is open. What waits is analysed as soon as one is.',
  unfit: {
    word: 'Takes no work',
    title: 'This workstation takes no work of the department',
    text: 'It looks every second whether that is over, and goes on by itself.',
    over: 'It takes work again.',
  },
  outbox: {
    word: 'Not yet in the record',
    mark: (n: number) =>
      `Not yet in the record: ${plural(n, 'case', 'cases')}. The department’s database or store of files does not answer`,
    awayWord: 'Record unreachable',
    awayMark: 'The department’s database does not answer',
    awayText:
      'What is opened here is read all the same and kept on this workstation until the record is there again. Work lists and cases on record cannot be shown meanwhile, and no verdict can be given. Gyrus tries again by itself, and shows them then.',
    title: 'Not yet in the department’s record',
    text: 'The department’s database or its store of files does not answer. What is opened here is read all the same and kept on this workstation; it goes into the record by itself when that is there again. Until then it is on no work list, and nobody else sees it.',
    delivered: 'All of it is in the record now.',
    file: 'File',
    answer: 'What the model says',
    received: 'Opened',
    kept: 'Kept until you say what you think',
    notJudged: 'The model does not judge it',
    waits: 'Waits',
  },
  limits: {
    title: 'What this workstation takes',
    cases: 'It reads cases',
    casesHint: 'Otherwise what is opened here is read by others.',
    atOnce: 'Cases at a time',
    atOnceHint: '1 to 64. Few leave a weak machine free for whoever sits at it.',
    trainings: 'It trains models',
    keep: 'Keep',
    lastTitle: 'Nobody would read then',
    lastText:
      'No other workstation that takes cases is open. What is opened waits until one is, or until this one takes cases again.',
    lastYes: 'Take none all the same',
    kept: 'Kept. It counts from now on; what is in hand comes to its end.',
  },
  setting: {
    alone: 'This workstation alone',
    join: 'Join a department',
    change: 'Change',
    leave: 'Leave',
    joined: 'Kept. From the next start of Gyrus on, the record is the department’s.',
    left: 'Kept. From the next start of Gyrus on, the record is this workstation’s own.',
    fromNextStart: (inForce: string | null) =>
      `This counts from the next start of Gyrus on. Until then it works with ${inForce === null ? 'this workstation’s own record' : `the record in ${inForce}`}.`,
    leaveTitle: 'Leave the department?',
    leaveSure:
      'From the next start of Gyrus on, this workstation has its own record again; the department’s stays where it is. Its address and password are forgotten here: to come back, they have to be given again.',
    leaveYes: 'Leave',
    leaveNo: 'Stay',
    byEnvironment: 'Set by GYRUS_DATABASE, where Gyrus is started.',
    database: 'Address of the database',
    databaseHint:
      'As postgres://user@host:port/database, with ?sslmode=verify-full where TLS is required. The password is shown to nobody later.',
    password: 'Password of the database user above',
    kept: 'Kept as it is',
    files: 'Shared folder or store',
    filesHint:
      'For files by their hashes, models and data sets: a folder on a drive that all workstations have, or an S3-compatible store as s3://bucket/prefix?endpoint=https://…&region=…',
    filesKey: 'Access key',
    filesSecret: 'Secret key',
    filesKeyHint: 'Shown to nobody later. They have to read, write, list and delete in the bucket.',
    attempt: 'Only try',
    keep: 'Keep',
    keepHint: 'Before it is kept it is tried, and what does not work is not kept.',
    cancel: 'Cancel',
    found: (version: string, cases: number | null) =>
      cases === null
        ? `PostgreSQL ${version} answers. There is no record yet: it is made at the next start, empty. To take this one along, run “gyrus department move” before you keep this.`
        : `PostgreSQL ${version} answers. The record has ${plural(cases, 'case', 'cases')}.`,
  },
}
