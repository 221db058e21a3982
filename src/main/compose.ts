import { userInfo } from 'node:os'
import { basename, resolve } from 'node:path'
import envPaths from 'env-paths'
import type { DatabaseCheck } from '../shared/backup.ts'
import type { WorkLimits } from '../shared/department.ts'
import { GyrusError } from '../shared/errors.ts'
import { checkRecord } from './core/care/check.ts'
import type { Databases } from './core/care/databases.ts'
import { removeErased } from './core/care/remove-scans.ts'
import { commandsOf } from './core/command-lines.ts'
import { type DataFolder, dataFolderAt, emptyIncoming, prepareDataFolder, prepareFiles } from './core/data-folder.ts'
import { areFilesAway } from './core/department/files/errors.ts'
import type { Outbox } from './core/department/outbox.ts'
import type { WorkQueue } from './core/department/queue.ts'
import type { Department } from './core/department/settings.ts'
import { rememberKey } from './core/encryption/change-wraps.ts'
import type { KeyStore } from './core/encryption/key-store.ts'
import { keyFileInForce } from './core/encryption/unlock.ts'
import { forTasks } from './core/engine-supervisor/for-tasks.ts'
import type { StartEngine } from './core/engine-supervisor/process.ts'
import type { Core } from './core/index.ts'
import { modelInForce } from './core/models/in-force.ts'
import type { ModelPlaces } from './core/models/places.ts'
import type { StartPacs } from './core/pacs/process.ts'
import type { StartListener } from './core/sources/process.ts'
import type { ModelRef } from './engine/protocol.ts'
import { forkEngine, forkListener, forkPacs } from './fork-engine.ts'
import {
  EVALUATIONS_DIR,
  FONTS_DIR,
  RESULTS_DIR,
  ROOT,
  SAMPLES_DIR,
  SHIPPED_MODEL,
  SHIPPED_MODELS,
  VERSION,
} from './installation.ts'
import { type Note, placesOf } from './log.ts'
import type { RunScript } from './native-engine/probe.ts'
import { meansOf, nativeEngineIn, prober, providerTrier, trainer } from './native-tasks.ts'
import { noteCore } from './note-core.ts'
import { type KeySources, openedKeys, openKey } from './passphrase.ts'
import {
  checkDatabase,
  copyDatabase,
  countRows,
  grantRole,
  isDataFolderTaken,
  lockDataFolder,
  openDepartmentReadStore,
  openDepartmentStore,
  openDepartmentStoreBeside,
  openReadStore,
  openStore,
  openStoreBeside,
  rekeyedCopy,
  sealedCopy,
  tryDepartment,
} from './store/index.ts'
import type { ReadStore, Store } from './store/types.ts'

commandsOf(ROOT)

export const DATABASES: Databases = {
  copy: copyDatabase,
  rekeyed: rekeyedCopy,
  sealed: sealedCopy,
  counts: countRows,
  open: openStore,
  read: openReadStore,
  lock: lockDataFolder,
}

export type { RunScript }

export interface OpenCore {
  core: Core
  /** @param goOn see `Core.close` */
  close(goOn?: string | null): Promise<void>
}

export interface CoreOptions extends KeySources {
  startEngine?: StartEngine
  startListener?: StartListener
  startPacs?: StartPacs
  /** What runs a script of ours on its own; a child of this Node by default. */
  runScript?: RunScript
  modelDir?: string
  /** What a command line says of what this workstation takes of the department's work. */
  limits?: Partial<WorkLimits>
  /** Where what happens to Gyrus itself is written; nowhere, unless it is said. */
  note?: Note
}

/** `--data-dir`, else GYRUS_DATA, else the platform's place. */
export function chooseDataDir(option?: string): string {
  return option ?? process.env.GYRUS_DATA ?? envPaths('Gyrus', { suffix: '' }).data
}

export interface OpenRecord {
  folder: DataFolder
  store: Store
  close(): Promise<void>
}

/**
 * Puts store, engine and core together on a data folder, for any shell.
 *
 * @throws GyrusError errors of `openRecord`
 */
export async function openCore(dataDir: string, options: CoreOptions = {}): Promise<OpenCore> {
  const { startEngine = forkEngine, startListener = forkListener, startPacs = forkPacs, modelDir } = options
  const { note = () => undefined } = options
  const { folder, store: record, database, release } = await takeDataFolder(dataDir, options)
  const outbox = folder.department ? await outboxOf(folder, record, release) : null
  const store = outbox?.store ?? record
  const close = async () => {
    await store.close()
    release()
  }
  try {
    const places = modelPlaces(folder)
    await store.log({ actor: 'gyrus', act: 'app.started', subject: 'gyrus', detail: { version: VERSION } })
    await logBypass(store, options)
    // Most commands of the command line want the record alone, and would wait for all use cases to be loaded.
    const { Core } = await import('./core/index.ts')
    const core = new Core({
      version: VERSION,
      folder,
      store,
      databases: DATABASES,
      database,
      startEngine,
      startListener,
      startPacs,
      model: await chooseModel(store, places, modelDir),
      places,
      samplesDir: SAMPLES_DIR,
      resultsDir: RESULTS_DIR,
      evaluationsDir: EVALUATIONS_DIR,
      fontsDir: FONTS_DIR,
      trainer: trainer(dataDir, forTasks(startEngine, folder.keys)),
      means: () => meansOf(dataDir),
      limits: options.limits,
      prober: prober(dataDir, forTasks(startEngine, folder.keys)),
      nativeEngine: nativeEngineIn(dataDir, options.runScript),
      tryProvider: providerTrier(dataDir, forTasks(startEngine, folder.keys)),
      onInternal: (request, error) => note('internal-error', { request, at: placesOf(error) }),
      shares: outbox && { outbox, queue: await queueOf(folder, note) },
      tryDatabase: tryDepartment,
    })
    noteCore(core, note)
    core.takePart()
    note('started', { version: VERSION, node: process.version, platform: process.platform, arch: process.arch })
    const closeAll = async (goOn: string | null = null) => {
      await core.close(goOn)
      note('stopped')
      release()
    }
    return { core, close: closeAll }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * Takes the data folder and its record alone, for work that needs no model.
 *
 * @throws GyrusError `data-folder-unusable`, `data-folder-in-use`, and what `openStore` throws
 */
export async function openRecord(dataDir: string): Promise<OpenRecord> {
  const { folder, store, release } = await takeDataFolder(dataDir)
  const close = async () => {
    await store.close()
    release()
  }
  return { folder, store, close }
}

/**
 * A record to log in what is done without it: the data folder's own, or that of the Gyrus that runs on it.
 *
 * @throws GyrusError what `openRecord` throws, but for `data-folder-in-use`
 */
export async function openLog(dataDir: string): Promise<OpenRecord> {
  try {
    return await openRecord(dataDir)
  } catch (error) {
    if (!(error instanceof GyrusError) || error.code !== 'data-folder-in-use') throw error
    return openBeside(dataDir)
  }
}

/**
 * The record of a data folder that is taken by another Gyrus, or by none, for single entries.
 *
 * @throws GyrusError as `openDatabaseBeside`; `database-newer` also for a record that has to be brought up to date first
 */
export async function openBeside(dataDir: string): Promise<OpenRecord> {
  const folder = await openFolder(dataDir)
  const store = await openBesideIn(folder)
  return { folder, store, close: () => store.close() }
}

/** What waits here for the department's record. */
async function outboxOf({ root, files }: DataFolder, record: Store, release: () => void): Promise<Outbox> {
  try {
    const { Outbox } = await import('./core/department/outbox.ts')
    return await Outbox.open(root, record, files)
  } catch (error) {
    await record.close()
    release()
    throw error
  }
}

/** The department's queue of work. */
async function queueOf({ department }: DataFolder, note: Note): Promise<WorkQueue> {
  if (!department) throw new GyrusError('department-missing')
  const { DepartmentQueue } = await import('./queue/index.ts')
  return DepartmentQueue.open(department.database, department.station, () => note('queue-error', {}))
}

/**
 * Gives a role of the department's database what workstations need, of the record and of the queue, and no more.
 *
 * @param department with the address of whoever owns both; they are made, or brought up to date, where they have to be
 * @throws GyrusError as `grantRole`
 */
export async function grantStation(department: Pick<Department, 'database' | 'station'>, role: string): Promise<void> {
  const { DepartmentQueue } = await import('./queue/index.ts')
  const failed: Error[] = []
  const queue = await DepartmentQueue.open(department.database, department.station, (error) => void failed.push(error))
  await queue.close()
  if (failed[0]) throw failed[0]
  await grantRole(department.database, role)
}

/** A model that is loaded without having passed the gate, for trying it out, is told in the record. */
async function logBypass(store: Store, { modelDir }: CoreOptions): Promise<void> {
  const dir = modelDir ?? process.env.GYRUS_MODEL
  if (dir === undefined) return
  const by = modelDir === undefined ? 'GYRUS_MODEL' : 'modelDir'
  const detail = { dir: resolve(dir), by }
  await store.log({ actor: userInfo().username, act: 'gate.bypassed', subject: basename(resolve(dir)), detail })
}

/**
 * A data folder with the keys that open what it holds, for whoever only reads, too.
 *
 * @throws GyrusError errors of `keyFileInForce` and `openKey`
 */
export async function openFolder(dataDir: string, sources: KeySources = {}): Promise<DataFolder> {
  const folder = dataFolderAt(dataDir)
  const { root, database, department } = folder
  // What others share with it, no key of this workstation may close.
  if (department) return folder
  const file = keyFileInForce(root, database)
  return dataFolderAt(root, file && (await openKey(file, sources)).keys)
}

/**
 * Has a key store open the record from now on.
 *
 * @param who asks who it is, and refuses who may not change the record's key
 * @throws GyrusError `not-encrypted`, `key-store-unusable`, what `who` and the record throw
 */
export async function rememberIn(
  keyStore: KeyStore,
  { folder, store }: Pick<Core, 'folder' | 'store'>,
  who: (store: Store) => Promise<string>,
): Promise<void> {
  const file = keyFileInForce(folder.root, folder.database)
  if (file === null) throw new GyrusError('not-encrypted')
  const by = await who(store)
  await rememberKey({ root: folder.root, store, by }, await openKey(file), keyStore)
}

/** Whether a Gyrus has this folder now. */
export const atWork = ({ root }: DataFolder): boolean => isDataFolderTaken(root)

/** The record of an opened folder, beside a running Gyrus. */
export const readRecord = async ({ database, keys, department }: DataFolder): Promise<ReadStore> =>
  department ? openDepartmentReadStore(department.database) : openReadStore(database, keys?.database)

const openStoreIn = ({ database, keys, department }: DataFolder): Promise<Store> =>
  department ? openDepartmentStore(department.database, department.station) : openStore(database, keys?.database)

const openBesideIn = ({ database, keys, department }: DataFolder): Promise<Store> =>
  department
    ? openDepartmentStoreBeside(department.database, department.station)
    : openStoreBeside(database, keys?.database)

interface TakenFolder {
  folder: DataFolder
  store: Store
  /** How the database was looked at before it was opened. */
  database: DatabaseCheck
  release(): void
}

async function takeDataFolder(dataDir: string, sources: KeySources = {}): Promise<TakenFolder> {
  prepareDataFolder(dataFolderAt(dataDir))
  const lock = lockDataFolder(dataDir)
  try {
    const folder = await openFolder(dataDir, sources)
    const database = folder.department
      ? { at: new Date().toISOString(), look: 'none' as const }
      : checkRecord(folder, (file) => checkDatabase(file, folder.keys?.database))
    const store = await openStoreIn(folder)
    try {
      await claimFiles(folder, store)
      emptyIncoming(folder)
      await removeErased({ folder, store })
      return { folder, store, database, release: () => lock.release() }
    } catch (error) {
      await store.close()
      throw error
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Nothing is written to a folder that is not the record's. A store that is away is looked at when it answers. */
async function claimFiles(folder: DataFolder, store: Store): Promise<void> {
  await folder.mark?.claim(store).catch((error) => {
    if (!(error instanceof GyrusError && error.code === 'files-unreachable')) throw error
  })
  prepareFiles(folder)
}

export const modelPlaces = (folder: DataFolder): ModelPlaces => ({
  shipped: SHIPPED_MODELS,
  registered: folder.models,
  defaultId: SHIPPED_MODEL,
  refresh: () => folder.files.pullAll('models'),
})

/**
 * The model in force on record. GYRUS_MODEL, or `modelDir`, names another folder, for trying a model out before it is
 * activated. `store`: null where there is no record yet.
 */
export async function chooseModel(
  store: ReadStore | null,
  places: ModelPlaces,
  modelDir: string | undefined = process.env.GYRUS_MODEL,
): Promise<ModelRef> {
  if (modelDir !== undefined) return { dir: modelDir }
  const stored = store ? await store.activations() : []
  if (stored.length > 0) await refreshed(places)
  return modelInForce(places, stored).ref
}

/** While others' models cannot be got, what is here may be the one in force: its hashes tell. */
async function refreshed(places: ModelPlaces): Promise<void> {
  await places.refresh().catch((error) => {
    if (!areFilesAway(error)) throw error
  })
}

/** An engine for a task, with what opens the data folder that this process has opened. */
export const forkTaskEngine: StartEngine = () => forTasks(forkEngine, openedKeys())()
