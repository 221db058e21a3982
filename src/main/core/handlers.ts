import { IMAGE_EXTENSIONS } from '../../shared/formats.ts'
import { BANNER } from '../../shared/labels.ts'
import type { Store } from '../store/types.ts'
import { accountHandlers } from './accounts/handlers.ts'
import type { Accounts } from './accounts/index.ts'
import { commandsForBreak } from './audit/commands.ts'
import type { DailyHead } from './audit/daily.ts'
import { exportEntries } from './audit/formats/index.ts'
import type { Openings } from './audit/openings.ts'
import { withWholeSubject } from './audit/subject.ts'
import type { VerifyJob } from './audit/verify-job.ts'
import { createBatchHandlers } from './batches/handlers.ts'
import type { Batches } from './batches/index.ts'
import type { Caller, Handlers } from './caller.ts'
import type { Backups } from './care/backups.ts'
import { retentionHandlers } from './care/handlers.ts'
import { knownBackups } from './care/known-backups.ts'
import type { RetentionJob } from './care/retention-job.ts'
import { objectHandlers } from './case-objects/handlers.ts'
import type { CaseObjects } from './case-objects/index.ts'
import type { DataFolder } from './data-folder.ts'
import type { DatasetAudits } from './datasets/audits.ts'
import { datasetHandlers } from './datasets/handlers.ts'
import type { ImportJob } from './datasets/import-job.ts'
import type { Datasets } from './datasets/index.ts'
import type { Manifests } from './datasets/manifests.ts'
import type { DatasetPictures } from './datasets/pictures.ts'
import type { Staging } from './datasets/staging.ts'
import { departmentHandlers, type TryDatabase } from './department/handlers.ts'
import { databasePlace } from './department/settings.ts'
import type { SharedWork } from './department/shared-work.ts'
import type { Downloads } from './downloads.ts'
import type { EngineSupervisor } from './engine-supervisor/index.ts'
import type { Events } from './events.ts'
import { explainHandlers } from './explain/handlers.ts'
import { frameHandlers } from './frames/handlers.ts'
import type { Images } from './images.ts'
import type { FoundFile } from './intake/find.ts'
import type { Intake, OpenedBy } from './intake/intake.ts'
import { languageHandlers } from './language-handlers.ts'
import { modelHandlers } from './models/handlers.ts'
import type { Models } from './models/index.ts'
import type { ModelWork } from './models/work.ts'
import { monitoringHandlers } from './monitoring/handlers.ts'
import type { Monitoring } from './monitoring/index.ts'
import type { NativeEngine } from './native-engine.ts'
import { pacsHandlers } from './pacs/handlers.ts'
import type { PacsConnections } from './pacs/index.ts'
import type { Providers } from './providers/index.ts'
import type { Reading } from './reading/index.ts'
import { onlyReads } from './reading/only-reads.ts'
import { secondHandlers } from './reading/second-handlers.ts'
import { urgencyHandlers } from './reading/urgency-handlers.ts'
import { regionHandlers } from './region/handlers.ts'
import type { Reports } from './reports/index.ts'
import type { Reruns } from './rerun.ts'
import { sendingHandlers } from './sending/handlers.ts'
import type { Sendings } from './sending/index.ts'
import { seriesHandlers } from './series/handlers.ts'
import type { SeriesGrouping } from './series/index.ts'
import { similarHandlers } from './similar/handlers.ts'
import type { Similar } from './similar/index.ts'
import { sourceHandlers } from './sources/handlers.ts'
import type { Sources } from './sources/index.ts'
import { trainingHandlers } from './training/handlers.ts'
import type { Searches } from './training/searches.ts'
import type { TrainingRuns } from './training/training-runs.ts'
import type { TryOut } from './training/try-out.ts'
import { whatIfHandlers } from './what-if/handlers.ts'
import type { WhatIfs } from './what-if/index.ts'

/** What the handlers work with. */
export interface Services {
  version: string
  store: Store
  accounts: Accounts
  engine: EngineSupervisor
  events: Events
  images: Images
  intake: Intake
  batches: Batches
  downloads: Downloads
  folder: DataFolder
  trainings: TrainingRuns
  tryOut: TryOut
  searches: Searches
  reruns: Reruns
  /** Null where there is one workstation. */
  department: SharedWork | null
  tryDatabase: TryDatabase
  nativeEngine: NativeEngine
  providers: Providers
  models: Models
  modelWork: ModelWork
  datasets: Datasets
  datasetImport: ImportJob
  datasetManifests: Manifests
  datasetPictures: DatasetPictures
  datasetAudits: DatasetAudits
  staging: Staging
  reports: Reports
  objects: CaseObjects
  reading: Reading
  openings: Openings
  verifyJob: VerifyJob
  dailyHead: DailyHead
  backups: Backups
  retention: RetentionJob
  monitoring: Monitoring
  sources: Sources
  pacs: PacsConnections
  sendings: Sendings
  series: SeriesGrouping
  similar: Similar
  whatIfs: WhatIfs
  /** Paths of the sample scans. */
  samples: () => Promise<string[]>
}

/** One handler a contract entry; what is more than a line lives in a folder of its own. */
export function createHandlers(services: Services): Handlers {
  const { version, store, engine, events, intake, samples } = services
  const { nativeEngine, providers, accounts, reports } = services
  const { openings, verifyJob, dailyHead, downloads, backups, reading, reruns, batches } = services
  // A move takes the record alone, so that what is known of one stays so while Gyrus is open.
  let gone: ReturnType<Store['goneOnElsewhere']> | null = null
  const whereGone = () => {
    gone ??= store.goneOnElsewhere()
    return gone.catch(() => {
      gone = null
      return null
    })
  }
  return {
    'app.info': async (_, caller) => ({
      version,
      banner: BANNER,
      shell: caller.shell,
      reader: await nameOf(accounts, caller),
      database: services.folder.department && databasePlace(services.folder.department.database),
      gone: await whereGone(),
      samples: (await samples()).length,
      extensions: [...IMAGE_EXTENSIONS],
    }),
    'engine.status': async () => {
      const { state, restarts, failure, model } = engine.status
      const read = { provider: model?.provider ?? null, model: model?.card ?? null }
      return { state, restarts, failure: failure?.toFailure() ?? null, ...read }
    },
    'cases.list': async ({ query, offset, limit }, { reader }) =>
      store.listCases(query, offset, limit, await reading.blind(reader), await reading.asker(reader)),
    'cases.get': async ({ id }, { reader }) => {
      const found = await reading.case(id, reader)
      await openings.note(id, reader)
      return found
    },
    'cases.place': async ({ id, query }, { reader }) => store.placeOfCase(id, query, await reading.blind(reader)),
    'cases.facets': () => store.facets(),
    'cases.review': async ({ id, verdict, label, comment }, { reader }) => {
      await reading.requireShown(id, reader)
      await store.review({ caseId: id, reader, verdict, label, comment })
      events.emit({ type: 'case', id })
      return reading.case(id, reader)
    },
    'cases.report': async ({ id, ...options }, { reader, shell }) => {
      // It would tell the answer.
      await reading.requireShown(id, reader)
      const way = shell === 'electron' ? 'to be saved from the app' : 'as a download'
      const { pdf, ...report } = await reports.ofCase(id, options, { actor: reader, way, language: null })
      return { ...report, pdf: pdf.toString('base64') }
    },
    'cases.sign': async ({ id, verdict }, { reader }) => {
      await store.sign({ caseId: id, verdictId: verdict, reader })
      events.emit({ type: 'case', id })
      return reading.case(id, reader)
    },
    'cases.amend': async ({ id, amends, ...amendment }, { reader }) => {
      await store.amend({ caseId: id, verdictId: amends, reader, ...amendment })
      events.emit({ type: 'case', id })
      return reading.case(id, reader)
    },
    'cases.impression': ({ id, impression }, { reader }) => reading.record(id, impression, reader),
    ...secondHandlers(services),
    ...urgencyHandlers(services),
    ...seriesHandlers(services),
    ...explainHandlers(services),
    ...regionHandlers(services),
    ...frameHandlers(services),
    ...similarHandlers(services),
    ...whatIfHandlers(services),
    ...objectHandlers(services),
    'reading.get': (_, { reader }) => reading.settings(reader),
    'reading.set': async ({ on }, { reader }) => {
      await reading.set(reader, on, reader)
      return {}
    },
    'reading.set-department': async ({ on }, { reader }) => {
      await reading.set(null, on, reader)
      return {}
    },
    'cases.opened': async ({ id }, { reader }) => {
      // A case without its result is no look at the result.
      if (!(await reading.isHidden(id, reader))) await store.logView(id, reader)
      return {}
    },
    'cases.retry': async ({ id }, { reader }) => {
      if (await services.series.isOne(id)) {
        await services.series.again(id, reader)
        return {}
      }
      const pending = await store.retry(id, reader)
      events.emit({ type: 'case', id })
      void intake.resume([pending])
      return {}
    },
    'cases.classify': async ({ ids }, { reader }) => {
      const pending = await store.queueListed(ids, reader)
      for (const { id } of pending) events.emit({ type: 'case', id })
      void intake.resume(pending)
      return { queued: pending.length }
    },
    'cases.timeline': async ({ id }, { reader }) => {
      // It tells what the models said.
      await reading.requireShown(id, reader)
      return { entries: await store.timelineOf(id, await reading.asker(reader)) }
    },
    'cases.rerun': async ({ id }, { reader }) => {
      await reading.requireShown(id, reader)
      return reruns.exactly(id, reader)
    },
    'cases.rerun-active': async ({ id }, { reader }) => {
      await reading.requireShown(id, reader)
      await reruns.withActive(id, reader)
      return reading.case(id, reader)
    },
    'cases.dismiss': async ({ id }, { reader }) => {
      await store.dismiss(id, reader)
      events.emit({ type: 'case', id })
      return {}
    },
    'samples.open': async (_, { reader }) => {
      const files = (await samples()).map((path) => ({ path }))
      void openInBackground(intake, files, { actor: reader, source: 'sample' })
      return { files: files.length }
    },
    ...createBatchHandlers(services),
    ...trainingHandlers(services),
    'nativeEngine.get': () => nativeEngine.info(),
    'nativeEngine.install': async (_, { reader }) => {
      nativeEngine.install(reader)
      return {}
    },
    'nativeEngine.cancel': async () => {
      await nativeEngine.cancel()
      return {}
    },
    'nativeEngine.remove': async (_, { reader }) => ({ freedBytes: await nativeEngine.remove(reader) }),
    ...departmentHandlers(services),
    'providers.get': () => providers.get(),
    'providers.measure': async () => {
      providers.measure()
      return {}
    },
    'providers.cancel': async () => {
      await providers.cancel()
      return {}
    },
    ...modelHandlers(services),
    'intake.status': async () => intake.progress.status,
    'intake.cancel': async (_, { reader }) => {
      const dropped = intake.cancel()
      await batches.cancelUploads(reader)
      return { dropped }
    },
    ...datasetHandlers(services),
    'audit.list': async ({ query, after, limit }, { reader }) =>
      store.listAudit(await withWholeSubject(store, query), after, limit, await onlyReads(store, reader)),
    'audit.count': async ({ query }) => ({ total: await store.countAudit(await withWholeSubject(store, query)) }),
    'audit.facets': () => store.auditFacets(),
    'audit.verify': async ({ files }, { reader }) => {
      verifyJob.start(files, reader)
      return {}
    },
    'audit.verifyStatus': async () => verifyJob.status,
    'audit.cancelVerify': async () => {
      await verifyJob.cancel()
      return {}
    },
    'audit.export': async ({ format, query: asked }, { reader }) => {
      const query = await withWholeSubject(store, asked)
      await store.log({ actor: reader, act: 'audit.exported', subject: 'audit', detail: { format, query } })
      return { path: downloads.offer(await exportEntries(store, format, query, await onlyReads(store, reader))) }
    },
    'audit.commands': () => commandsForBreak(services),
    'audit.heads': () => dailyHead.status(),
    'audit.setHeadsFolder': async ({ folder }, { reader }) => {
      await dailyHead.setFolder(folder, reader)
      return {}
    },
    'backups.status': () => backups.status(),
    'backups.list': async () => ({ backups: await knownBackups(services) }),
    'backups.start': async ({ folder }, { reader }) => {
      backups.start(folder, reader)
      return {}
    },
    'backups.now': async (_, { reader }) => {
      await backups.startNow(reader)
      return {}
    },
    'backups.verify': async ({ at }, { reader }) => {
      await backups.startVerify(at, reader)
      return {}
    },
    'backups.keep': async (kept, { reader }) => {
      await backups.keep(kept, reader)
      return {}
    },
    'backups.cancel': async () => {
      await backups.cancel()
      return {}
    },
    'backups.set': async (settings, { reader }) => {
      await backups.set(settings, reader)
      return {}
    },
    ...retentionHandlers(services),
    ...monitoringHandlers(services),
    ...sourceHandlers(services.sources),
    ...pacsHandlers(services.pacs),
    ...sendingHandlers(services),
    ...languageHandlers(services),
    'preferences.get': (_, { reader }) => store.preferencesOf(reader),
    'preferences.set': async (chosen, { reader }) => {
      await store.setPreferences(reader, chosen)
      events.emit({ type: 'preferences' })
      return {}
    },
    ...accountHandlers(accounts),
  }
}

async function nameOf(accounts: Accounts, caller: Caller): Promise<string | null> {
  const session = await accounts.state(caller)
  return session.state === 'signed-in' ? session.name : null
}

/** The page follows by events; nobody waits for the outcomes here. */
async function openInBackground(intake: Intake, files: FoundFile[], by: OpenedBy): Promise<void> {
  for await (const _ of intake.open(files, by));
}
