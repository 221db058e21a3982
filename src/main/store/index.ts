import type { Kysely, Transaction } from 'kysely'
import * as accountTokens from './account-tokens.ts'
import * as accounts from './accounts.ts'
import { agreeWith } from './agree.ts'
import { logAct, logHead, logRestored, setHeadsFolder } from './audit/settings.ts'
import { addBatchFiles, batchRoots, filesToDo, recentRoots, seenCases, skipFiles } from './batch-files.ts'
import { addBatch, changeBatch, interruptBatches, logView, queuedBatches, throughBatches } from './batches.ts'
import { logBackup, setBackups } from './care.ts'
import { addDataset } from './datasets.ts'
import { departmentModel, markFilesOnce, recordId } from './department.ts'
import { keepObjects, setObjects } from './dicom-objects.ts'
import { erase } from './erase.ts'
import { whileLocked } from './errors.ts'
import { keepExperiment } from './experiments.ts'
import { isPictureHidden } from './hidden.ts'
import { liftHold, placeHold } from './holds.ts'
import { addImpression, setImpressionFirst } from './impressions.ts'
import { complete, fail, receive, receiveFailed } from './intake.ts'
import { departmentLanguage, setDepartmentLanguage } from './language.ts'
import { queueListed } from './listed.ts'
import { activate } from './model-activations.ts'
import { addMachineSample, setLimits } from './monitoring-settings.ts'
import type { Moved } from './move/index.ts'
import { openDatabase, openDatabaseBeside, openDatabaseForReading } from './open.ts'
import { networkSecret, removePacs, setPacs } from './pacs.ts'
import { batchListed } from './passed-over.ts'
import type { DatabaseUrl } from './postgres/pool.ts'
import type { TriedDatabase } from './postgres/try.ts'
import { preferencesOf, setPreferences } from './preferences.ts'
import { createReadStore } from './read.ts'
import type { RecordPlace } from './record-place.ts'
import { addResult } from './rerun.ts'
import { confirmClock, logRetention, removeImages, setRetention } from './retention.ts'
import { dismiss, retry, review } from './review.ts'
import type { Database } from './schema.ts'
import { markForSecond } from './second-marks.ts'
import { adjudicate, readSecond } from './second-readings.ts'
import { setSecondSettings } from './second-settings.ts'
import {
  askToSend,
  dueSendings,
  giveUpSending,
  nextSending,
  retrySending,
  sendingFailed,
  sent,
  setSendTo,
} from './sendings.ts'
import { formSeries } from './series.ts'
import { seriesKeyOf, seriesMembers, ungroupedSeries } from './series-members.ts'
import { settledCases } from './settled.ts'
import { amend, sign, signAll } from './sign.ts'
import {
  addLook,
  caseOfScan,
  doneLooks,
  removeFolder,
  setFolder,
  setListener,
  setSourceRule,
  switchSourcesOff,
} from './sources.ts'
import type { DatabaseKey } from './sqlite.ts'
import { addRun, changeHeldRun, changeRun, takeRun, tellRun } from './training-runs.ts'
import type { ReadStore, SeriesKey, Store } from './types.ts'
import { setUrgencyRule } from './urgency.ts'

/** Opens the record in `file`, made or brought up to date where needed. Errors as in `openDatabase`. */
export async function openStore(file: string, key: DatabaseKey = null): Promise<Store> {
  return createStore(await openDatabase(file, key), { file, key })
}

/** Opens the record of a running Gyrus, to log beside it what was done without it. */
export async function openStoreBeside(file: string, key: DatabaseKey = null): Promise<Store> {
  return createStore(await openDatabaseBeside(file, key), { file, key })
}

type Moves = typeof import('./move/index.ts')
type MoveTries = typeof import('./move/try.ts')

/** What speaks to PostgreSQL is loaded where there is a department. */
const department = () => import('./postgres/open.ts')

/** Opens the record of the department for one of its workstations. Errors as in `openDepartment`. */
export async function openDepartmentStore(url: DatabaseUrl, station: string): Promise<Store> {
  return createStore(await (await department()).openDepartment(url), 'department', station)
}

/** The same as it is, to log beside what runs on this workstation. Errors as in `openDepartmentBeside`. */
export async function openDepartmentStoreBeside(url: DatabaseUrl, station: string): Promise<Store> {
  return createStore(await (await department()).openDepartmentBeside(url), 'department', station)
}

/** Looks where an address leads, and changes nothing. Errors as in `openDepartment`. */
export async function tryDepartment(url: DatabaseUrl): Promise<TriedDatabase> {
  return (await import('./postgres/try.ts')).tryDepartment(url)
}

/** The same, for reading only. @throws GyrusError `database-address` */
export async function openDepartmentReadStore(url: DatabaseUrl): Promise<ReadStore> {
  return withStoreErrors(createReadStore((await department()).connect(url), 'department'), true)
}

/** Looks whether a record could be carried over to a department. As `tryMoveToDepartment` of move/try.ts. */
export const tryMoveToDepartment = async (...args: Parameters<MoveTries['tryMoveToDepartment']>): Promise<void> =>
  (await import('./move/try.ts')).tryMoveToDepartment(...args)

/** Looks whether a department's record could be carried over into a file. As `tryMoveToFile` of move/try.ts. */
export const tryMoveToFile = async (...args: Parameters<MoveTries['tryMoveToFile']>): Promise<void> =>
  (await import('./move/try.ts')).tryMoveToFile(...args)

/** Carries a record over to a department. As `moveToDepartment` of move/index.ts. */
export const moveToDepartment = async (...args: Parameters<Moves['moveToDepartment']>): Promise<Moved> =>
  (await import('./move/index.ts')).moveToDepartment(...args)

/** Carries a department's record over into a file. As `moveToFile` of move/index.ts. */
export const moveToFile = async (...args: Parameters<Moves['moveToFile']>): Promise<Moved> =>
  (await import('./move/index.ts')).moveToFile(...args)

/** Gives a role of the department's database what workstations need. Errors as in `openDepartment` and `grantRole`. */
export async function grantRole(url: DatabaseUrl, role: string): Promise<void> {
  await (await (await department()).openDepartment(url)).destroy()
  const rights = await import('./postgres/rights.ts')
  await rights.grantRole(url, role)
}

/** Opens the record beside a running Gyrus, for reading only. */
export function openReadStore(file: string, key: DatabaseKey = null): ReadStore {
  return withStoreErrors(createReadStore(openDatabaseForReading(file, key), { file, key }), true)
}

/** @param station which workstation of a department this is; '' where there is one */
function createStore(db: Kysely<Database>, place: RecordPlace, station = ''): Store {
  const write = <A extends unknown[], R>(change: (trx: Transaction<Database>, ...args: A) => Promise<R>) => {
    return (...args: A) => db.transaction().execute((trx) => change(trx, ...args))
  }
  return withStoreErrors<Store>({
    ...withStoreErrors(createReadStore(db, place), true),
    receive: write(receive),
    receiveFailed: write(receiveFailed),
    complete: write(complete),
    addResult: write(addResult),
    fail: write(fail),
    review: write(review),
    sign: write(sign),
    amend: write(amend),
    signAll: write(signAll),
    isHidden: (id: string, reader: string) => isPictureHidden(db, id, reader),
    addImpression: write(addImpression),
    markForSecond: write(markForSecond),
    readSecond: write(readSecond),
    adjudicate: write(adjudicate),
    setSecondSettings: write(setSecondSettings),
    setUrgencyRule: write(setUrgencyRule),
    keepExperiment: write(keepExperiment),
    keepObjects: write(keepObjects),
    setObjects: write(setObjects),
    setLimits: write(setLimits),
    addMachineSample: write(addMachineSample),
    setListener: write(setListener),
    setFolder: write(setFolder),
    setSourceRule: write(setSourceRule),
    removeFolder: write(removeFolder),
    setPacs: write(setPacs),
    removePacs: write(removePacs),
    networkSecret: (owner: string) => networkSecret(db, owner),
    switchSourcesOff: write(switchSourcesOff),
    setSendTo: write(setSendTo),
    askToSend: write(askToSend),
    dueSendings: (now: string, only?: number) => dueSendings(db, now, only),
    nextSending: () => nextSending(db),
    sent: write(sent),
    sendingFailed: write(sendingFailed),
    retrySending: write(retrySending),
    giveUpSending: write(giveUpSending),
    doneLooks: (source: string, looks: string[]) => doneLooks(db, source, looks),
    addLook: write(addLook),
    caseOfScan: (sha256: string) => caseOfScan(db, sha256),
    seriesMembers: (key: SeriesKey) => seriesMembers(db, key),
    seriesKeyOf: (caseId: string) => seriesKeyOf(db, caseId),
    ungroupedSeries: () => ungroupedSeries(db),
    formSeries: write(formSeries),
    setImpressionFirst: write(setImpressionFirst),
    retry: write(retry),
    departmentModel: write(departmentModel),
    recordId: write(recordId),
    markFilesOnce: write(markFilesOnce),
    settledCases: (ids) => settledCases(db, ids),
    dismiss: write(dismiss),
    queueListed: write(queueListed),
    addRun: (run) => write(addRun)(run, station),
    changeRun: write(changeRun),
    changeHeldRun: write(changeHeldRun),
    takeRun: (taken) => write(takeRun)(taken, station),
    tellRun: (id, told) => tellRun(db, id, told),
    activateModel: write(activate),
    log: write(logAct),
    setHeadsFolder: write(setHeadsFolder),
    logRestored: write(logRestored),
    logHead: write(logHead),
    addDataset: write(addDataset),
    preferencesOf: (reader: string) => preferencesOf(db, reader),
    setPreferences: write(setPreferences),
    departmentLanguage: () => departmentLanguage(db),
    setDepartmentLanguage: write(setDepartmentLanguage),
    addAccount: write(accounts.addAccount),
    countTry: async (name: string, now: number) => {
      // A transaction of its own: a try that has to wait takes all of its own back.
      await write(accounts.boundTries)(name, now)
      return write(accounts.countTry)(name, now)
    },
    signedIn: write(accounts.signedIn),
    forgetTries: write(accounts.forgetTries),
    setPassword: write(accounts.setPassword),
    setRole: write(accounts.setRole),
    setActive: write(accounts.setActive),
    addToken: write(accountTokens.addToken),
    revokeToken: write(accountTokens.revokeToken),
    logRefusedToken: write(accountTokens.logRefusedToken),
    lockMinutes: () => accounts.lockMinutes(db),
    setLockMinutes: write(accounts.setLockMinutes),
    logAccountAct: write(accounts.logAccountAct),
    addBatch: (batch) => write(addBatch)(batch, station),
    batchRoots: (batch: string, first: number, limit: number) => batchRoots(db, batch, first, limit),
    recentRoots: (limit: number) => recentRoots(db, limit),
    addBatchFiles: write(addBatchFiles),
    batchListed: write(batchListed),
    changeBatch: (change) => write(changeBatch)(change, station),
    queuedBatches: () => queuedBatches(db, station),
    interruptBatches: () => write(interruptBatches)(station),
    throughBatches: () => throughBatches(db, station),
    filesToDo: (batch: string, after: number, limit: number) => filesToDo(db, batch, after, limit),
    seenCases: (sha256: string) => seenCases(db, sha256),
    skipFiles: write(skipFiles),
    agreeWith: write(agreeWith),
    logView: write(logView),
    erase: write(erase),
    removeImages: write(removeImages),
    placeHold: write(placeHold),
    liftHold: write(liftHold),
    setRetention: write(setRetention),
    logRetention: write(logRetention),
    confirmClock: write(confirmClock),
    setBackups: write(setBackups),
    logBackup: write(logBackup),
    pendingCases: () =>
      db
        .selectFrom('cases')
        .where('state', '=', 'received')
        .where('scan_sha256', 'is not', null)
        .where('id', 'not in', (eb) => eb.selectFrom('series').select('case_id'))
        .where((eb) =>
          eb.or([eb('dismissed_at', 'is', null), eb('id', 'in', eb.selectFrom('slices').select('case_id'))]),
        )
        .select(['id', 'file_name as fileName', 'scan_sha256 as sha256'])
        .$narrowType<{ sha256: string }>()
        .orderBy('received_at')
        .orderBy('id')
        .execute(),
  })
}

type AsyncMethods = Record<string, (...args: never[]) => Promise<unknown>>

/** What may be written twice: the second time there is nothing left to write. */
const REPEATABLE: ReadonlySet<string> = new Set<keyof Store>([
  'receive',
  'complete',
  'fail',
  'settledCases',
  'departmentModel',
  'recordId',
])

/** Every method waits for locks and translates the database's errors, in one place. @param reads whether none of them writes */
function withStoreErrors<T extends object>(store: T, reads = false): T {
  const methods = Object.entries(store as AsyncMethods).map(([name, method]) => [
    name,
    (...args: never[]) => whileLocked(() => method(...args), reads || REPEATABLE.has(name)),
  ])
  return Object.fromEntries(methods) as T
}

export { checkDatabase, copyDatabase, countRows, rekeyedCopy, sealedCopy } from './databases.ts'
export { isDataFolderTaken, lockDataFolder } from './instance-lock.ts'
export type { Moved } from './move/index.ts'
