import type { DatabaseCheck } from '../../shared/backup.ts'
import type { WorkLimits } from '../../shared/department.ts'
import type { RecipeName } from '../../shared/training.ts'
import type { SetRef } from '../../shared/training-contract.ts'
import type { ModelRef } from '../engine/protocol.ts'
import type { Store } from '../store/types.ts'
import { Accounts } from './accounts/index.ts'
import { Analyser } from './analyser.ts'
import { DailyHead } from './audit/daily.ts'
import { Openings } from './audit/openings.ts'
import { VerifyJob } from './audit/verify-job.ts'
import { Batches, type BatchProgress } from './batches/index.ts'
import { Seen } from './batches/seen.ts'
import type { Caller } from './caller.ts'
import { Backups } from './care/backups.ts'
import type { Databases } from './care/databases.ts'
import { RetentionJob } from './care/retention-job.ts'
import { CaseObjects } from './case-objects/index.ts'
import type { DataFolder } from './data-folder.ts'
import { DatasetAudits } from './datasets/audits.ts'
import { ImportJob } from './datasets/import-job.ts'
import { ImportMark } from './datasets/importing.ts'
import { Datasets } from './datasets/index.ts'
import { Manifests } from './datasets/manifests.ts'
import { DatasetPictures } from './datasets/pictures.ts'
import { Staging } from './datasets/staging.ts'
import { ErasedFiles } from './department/files/erased.ts'
import type { TryDatabase } from './department/handlers.ts'
import { Limits } from './department/limits.ts'
import type { Outbox } from './department/outbox.ts'
import type { TrainingMeans, WorkQueue } from './department/queue.ts'
import { SharedTrainings } from './department/shared-trainings.ts'
import { SharedWork } from './department/shared-work.ts'
import { dispatch, type Reply } from './dispatch.ts'
import { Downloads } from './downloads.ts'
import { forTasks } from './engine-supervisor/for-tasks.ts'
import { EngineSupervisor } from './engine-supervisor/index.ts'
import type { StartEngine } from './engine-supervisor/process.ts'
import { Events } from './events.ts'
import { createHandlers, type Services } from './handlers.ts'
import { Images } from './images.ts'
import { Archives } from './intake/archives.ts'
import { Intake } from './intake/intake.ts'
import { modelInForce } from './models/in-force.ts'
import { Models } from './models/index.ts'
import { readInputs } from './models/inputs.ts'
import { findPlace, type ModelPlaces } from './models/places.ts'
import { ModelWork } from './models/work.ts'
import { Monitoring } from './monitoring/index.ts'
import { NativeEngine, type NativeEngineSource } from './native-engine.ts'
import { PacsConnections } from './pacs/index.ts'
import type { StartPacs } from './pacs/process.ts'
import { Providers } from './providers/index.ts'
import type { ProviderTrier } from './providers/measure.ts'
import { Reading } from './reading/index.ts'
import { Reports } from './reports/index.ts'
import { Reruns } from './rerun.ts'
import { listSamples } from './samples.ts'
import { Sendings } from './sending/index.ts'
import { SeriesGrouping } from './series/index.ts'
import { Similar } from './similar/index.ts'
import { Sources } from './sources/index.ts'
import type { StartListener } from './sources/process.ts'
import { Trainings } from './training/index.ts'
import { Searches } from './training/searches.ts'
import type { Prober, Trainer } from './training/trainer.ts'
import type { TrainingRuns } from './training/training-runs.ts'
import { TryOut } from './training/try-out.ts'
import { WhatIfs } from './what-if/index.ts'

const GOLDEN_IMAGES = 8

export interface CoreParts {
  version: string
  folder: DataFolder
  store: Store
  databases: Databases
  /** How the database was looked at before it was opened. */
  database: DatabaseCheck
  startEngine: StartEngine
  startListener: StartListener
  startPacs: StartPacs
  /** What the engine loads at start. */
  model: ModelRef
  places: ModelPlaces
  samplesDir: string
  /** Results of trainings whose weights do not come with Gyrus. */
  resultsDir: string
  evaluationsDir: string
  /** Fonts of the reports. */
  fontsDir: string
  trainer: Trainer
  prober: Prober
  nativeEngine: NativeEngineSource
  tryProvider: ProviderTrier
  /** Where work is shared with other workstations; null where there is one. */
  shares: { queue: WorkQueue; outbox: Outbox } | null
  tryDatabase: TryDatabase
  /** What can be trained on this machine. */
  means: () => Promise<TrainingMeans>
  /** What a command line says of what this workstation takes. */
  limits?: Partial<WorkLimits> | undefined
  /** Told of what nobody foresaw while a request was answered. */
  onInternal?: ((name: string, error: unknown) => void) | undefined
}

export interface Work {
  /** The batch that was begun last since this Gyrus is open, running or not; null where none was. */
  batch: BatchProgress | null
  /** Whether a model is trained, or waits to be. */
  training: boolean
}

/** The use cases over store and engine. It knows neither windows nor HTTP, SQL nor tensors. */
export class Core implements Services {
  readonly version: string
  readonly folder: DataFolder
  readonly store: Store
  readonly accounts: Accounts
  readonly engine: EngineSupervisor
  readonly events = new Events()
  readonly intake: Intake
  readonly batches: Batches
  readonly downloads = new Downloads()
  readonly images: Images
  readonly series: SeriesGrouping
  readonly similar: Similar
  readonly reruns: Reruns
  readonly trainings: TrainingRuns
  /** What is trained on this workstation whatever others do: files that it alone may have, or what its command line asks for. */
  readonly ownTrainings: Trainings
  readonly tryOut: TryOut
  readonly searches: Searches
  readonly nativeEngine: NativeEngine
  readonly providers: Providers
  readonly models: Models
  readonly modelWork: ModelWork
  readonly datasets: Datasets
  readonly datasetImport: ImportJob
  readonly datasetManifests: Manifests
  readonly datasetPictures: DatasetPictures
  readonly datasetAudits: DatasetAudits
  readonly staging: Staging
  readonly reports: Reports
  readonly objects: CaseObjects
  readonly reading: Reading
  readonly openings: Openings
  readonly verifyJob: VerifyJob
  readonly dailyHead: DailyHead
  readonly backups: Backups
  readonly retention: RetentionJob
  readonly monitoring: Monitoring
  readonly sources: Sources
  readonly pacs: PacsConnections
  readonly sendings: Sendings
  readonly whatIfs: WhatIfs
  readonly samples: () => Promise<string[]>
  readonly department: SharedWork | null
  readonly tryDatabase: TryDatabase
  /** Null where all files lie in a folder: there they are gone for all at once. */
  readonly erasedFiles: ErasedFiles | null
  readonly #handlers
  readonly #shared: SharedTrainings | null
  readonly #onInternal: CoreParts['onInternal']

  constructor(parts: CoreParts) {
    const { version, folder, store, startEngine, model, places, samplesDir, resultsDir, evaluationsDir, trainer } =
      parts
    const { emit } = this.events
    this.version = version
    this.folder = folder
    this.store = store
    const startTask = forTasks(startEngine, folder.keys)
    this.accounts = new Accounts({ store, emit })
    this.engine = new EngineSupervisor({ start: startEngine, model, onChange: () => emit({ type: 'engine' }) })
    const inputs = async (model: string) => readInputs(await findPlace(places, model))
    this.series = new SeriesGrouping({ store, emit, inputs })
    const noteSlice = this.series.noteSlice.bind(this.series)
    const { shares } = parts
    // Who asked for a slice puts its series together, whoever analysed it.
    const noted = shares ? () => undefined : noteSlice
    const own = new Analyser({ engine: this.engine, folder, store, emit, noteSlice: noted, inputs })
    const onUnfit = (error: unknown) => parts.onInternal?.('model-in-force', error)
    const { engine: reads } = this
    const station = folder.department?.station ?? ''
    const limits = new Limits(folder.root, parts.limits)
    this.department =
      shares &&
      new SharedWork({
        ...{ ...shares, store, emit, noteSlice, own, engine: reads, places, onUnfit, station, limits },
        files: folder.files,
      })
    const analyser = this.department?.analyser ?? own
    const archives = new Archives(this.engine)
    this.intake = new Intake({ folder, store, engine: this.engine, analyser, archives, emit, noteSlice })
    const seen = new Seen({ store, engine: this.engine })
    this.batches = new Batches({ store, intake: this.intake, seen, archives, emit, stations: this.department })
    this.images = new Images({ store, engine: this.engine, folder })
    const ownTrainings = new Trainings({ store, folder, trainer, emit })
    this.ownTrainings = ownTrainings
    const { means: meansOfMachine } = parts
    // One training at a time.
    const means = async () => {
      if (!limits.now.trainings || ownTrainings.busy) return null
      return folder.files.check().then(meansOfMachine, () => null)
    }
    const needsNative = async (recipe: RecipeName) =>
      (await this.engine.request('recipes', null)).some((one) => one.name === recipe && one.needsNativeEngine)
    const ready = async ({ name, version }: SetRef) =>
      this.datasets.catalogue.ready(await this.datasets.catalogue.find(name, version))
    const training = { store, folder, trainer, emit, station, means, needsNative, ready, own: ownTrainings }
    this.#shared = shares && SharedTrainings.of({ ...training, queue: shares.queue.trainings })
    this.trainings = this.#shared ?? ownTrainings
    this.searches = new Searches({ store, folder, trainings: this.trainings, emit })
    this.tryOut = new TryOut({ store, startEngine: startTask, prober: parts.prober })
    this.nativeEngine = new NativeEngine(parts.nativeEngine, store, emit)
    const { engine } = this
    const { tryProvider } = parts
    this.providers = new Providers({ version, root: folder.root, engine, startEngine: startTask, tryProvider, emit })
    this.datasets = new Datasets({ folder, store, startEngine: startTask })
    const { catalogue } = this.datasets
    const onImport = () => emit({ type: 'dataset-import' })
    this.datasetImport = new ImportJob(this.datasets, new ImportMark(folder), onImport)
    const manifests = new Manifests(catalogue)
    this.datasetManifests = manifests
    this.datasetPictures = new DatasetPictures({ manifests, engine: this.engine, folder })
    const onAudit = () => emit({ type: 'dataset-audit' })
    const auditParts = { catalogue, manifests, folder, store, startEngine: startTask, onChange: onAudit }
    this.datasetAudits = new DatasetAudits(auditParts)
    this.staging = new Staging(folder)
    this.reading = new Reading({ store, emit })
    const comparing = { store, engine: this.engine, folder, places, catalogue, pictures: this.datasetPictures }
    this.similar = new Similar({ ...comparing, reading: this.reading })
    this.openings = new Openings(store)
    this.verifyJob = new VerifyJob({ store, folder, emit })
    this.dailyHead = new DailyHead({ store, folder, emit })
    const removing = () => this.retention.running
    const backupParts = { version, folder, store, databases: parts.databases }
    this.backups = new Backups(backupParts, emit, parts.database, removing)
    const { backups, intake } = this
    const settled = () => intake.registered()
    this.retention = new RetentionJob({ store, folder, emit, settled, backingUp: () => backups.making })
    this.erasedFiles = folder.files.store && new ErasedFiles({ folder, store, settled })
    this.samples = () => listSamples(samplesDir)
    // The first ones: all classes are among them, and no more is needed to tell that a network computes what it did.
    const golden = async () => (await this.samples()).slice(0, GOLDEN_IMAGES)
    const forModels = { store, engine: this.engine, startEngine: startTask, folder, places, resultsDir, evaluationsDir }
    this.models = new Models({ ...forModels, emit, golden })
    this.modelWork = new ModelWork(() => emit({ type: 'model-work' }))
    const { images, models } = this
    this.reports = new Reports({ store, images, models, reading: this.reading, version, fontsDir: parts.fontsDir })
    this.objects = new CaseObjects({ store, images, reading: this.reading, version, fontsDir: parts.fontsDir })
    this.reruns = new Reruns({
      store,
      engine: this.engine,
      startEngine,
      folder,
      places,
      series: this.series,
      emit,
      inputs,
    })
    this.monitoring = new Monitoring({
      ...{ store, folder, events: this.events },
      restarts: () => this.engine.status.restarts,
      shippedModel: places.defaultId,
      models: () => models.list(),
      inputs,
      // Where another one is tried out, it is the one that answers.
      activeModel: async () =>
        this.engine.status.model?.card.id ?? modelInForce(places, await store.activations()).place.id,
    })
    this.sources = new Sources({ store, folder, intake, emit, startListener: parts.startListener })
    const { sources } = this
    const { startPacs } = parts
    this.pacs = new PacsConnections({ store, folder, intake, emit, startPacs, listener: () => sources.listenerNow() })
    this.whatIfs = new WhatIfs({ store, images, intake, emit })
    const { objects, pacs } = this
    this.sendings = new Sendings({ store, objects, events: this.events, clientOf: (id) => pacs.clientOf(id) })
    this.tryDatabase = parts.tryDatabase
    this.#onInternal = parts.onInternal
    this.#handlers = createHandlers(this)
  }

  /** Takes part in the work of the department, where there is one. */
  takePart(): void {
    // What cannot be asked now is asked with the next change.
    this.department?.start((id) => void this.batches.changedElsewhere(id).catch(() => undefined))
  }

  /**
   * Takes up what a kill left undone: scans, also where the runs cannot be read. Batches wait for their reader.
   *
   * @throws GyrusError of the record
   */
  async resume(): Promise<void> {
    this.dailyHead.start()
    this.monitoring.schedule()
    this.erasedFiles?.start()
    if (this.department)
      this.department.lead(
        () => {
          this.#shared?.keep()
          void this.#startChores().catch(() => undefined)
        },
        () => {
          this.#shared?.endKeeping()
          this.#endChores()
        },
      )
    else await this.#startChores()
    const batches = this.batches.markInterrupted()
    const scans = this.#resumeScans()
    const series = this.series.resume()
    const through = Promise.all([batches, scans]).then(() => this.batches.completeThrough())
    const settled = await Promise.allSettled([this.trainings.markInterrupted(), batches, scans, through, series])
    const failed = settled.find((one) => one.status === 'rejected')
    if (failed) throw failed.reason
  }

  /** Works on what waits for its turn: batches, trainings, and searches that were left for this start. */
  async startQueued(): Promise<void> {
    this.batches.startQueued()
    await this.trainings.startQueued()
    await this.searches.startLeft()
  }

  /** What is done without anybody asking for it; in a department by one workstation. */
  async #startChores(): Promise<void> {
    this.backups.schedule()
    this.retention.schedule()
    this.sendings.start()
    this.erasedFiles?.lead(true)
    await this.sources.start()
  }

  /** Another workstation does it from now on; what this one is at comes to its end. */
  #endChores(): void {
    this.erasedFiles?.lead(false)
    void Promise.all([this.backups.close(), this.retention.close(), this.sendings.close(), this.sources.close()])
  }

  async #resumeScans(): Promise<void> {
    const cases = await this.store.pendingCases()
    if (this.department) await this.department.resume(cases)
    else if (cases.length > 0) await this.intake.resume(cases)
  }

  /** Answers a request of the contract, whoever makes it. */
  request(name: string, input: unknown, caller: Caller): Promise<Reply> {
    const parts = { handlers: this.#handlers, accounts: this.accounts, onInternal: this.#onInternal }
    return dispatch(parts, name, input, caller)
  }

  /** What goes on without anybody at a window, for shells that show it, keep the machine awake, or ask before it ends. */
  async work(): Promise<Work> {
    return { batch: await this.batches.newest(), training: this.trainings.busy }
  }

  /**
   * Ends the engine and closes the record. What was received and not analysed is taken up at the next start.
   *
   * @param goOn who wants a running batch, training or search to go on by itself then; null: a reader decides then
   */
  async close(goOn: string | null = null): Promise<void> {
    this.accounts.close()
    const { closed } = this.batches.close(goOn)
    const trained = this.trainings.close(goOn)
    await Promise.all([
      trained,
      this.searches.close(goOn, trained),
      this.tryOut.cancel(),
      this.nativeEngine.cancel(),
      this.providers.cancel(),
      this.modelWork.cancel(),
      this.verifyJob.cancel(),
      this.backups.close(),
      this.retention.close(),
      this.erasedFiles?.close(),
      this.monitoring.close(),
      this.sources.close(),
      this.sendings.close(),
      this.pacs.close(),
    ])
    await this.department?.rest()
    this.engine.close()
    await closed
    await Promise.all([this.datasetImport.close(), this.datasetAudits.cancel()])
    await this.intake.close()
    await this.department?.close()
    await this.series.settle()
    await this.dailyHead.close()
    // A disk that takes no more must not keep Gyrus from ending; a trail without it says as much.
    await this.store.log({ actor: 'gyrus', act: 'app.stopped', subject: 'gyrus', detail: {} }).catch(() => undefined)
    await this.store.close()
  }
}
