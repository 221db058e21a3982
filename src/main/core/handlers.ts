import { IMAGE_EXTENSIONS } from '../../shared/formats.ts'
import type { DatasetEntry } from '../../shared/frozen-dataset.ts'
import { BANNER } from '../../shared/labels.ts'
import type { RecordedDataset, Store } from '../store/types.ts'
import { accountHandlers } from './accounts/handlers.ts'
import type { Accounts } from './accounts/index.ts'
import type { DailyHead } from './audit/daily.ts'
import { exportEntries } from './audit/formats/index.ts'
import type { Openings } from './audit/openings.ts'
import type { VerifyJob } from './audit/verify-job.ts'
import { createBatchHandlers } from './batches/handlers.ts'
import type { Batches } from './batches/index.ts'
import type { Caller, Handlers } from './caller.ts'
import type { Backups } from './care/backups.ts'
import { retentionHandlers } from './care/handlers.ts'
import { knownBackups } from './care/known-backups.ts'
import type { RetentionJob } from './care/retention-job.ts'
import type { DataFolder } from './data-folder.ts'
import type { ImportJob } from './datasets/import-job.ts'
import type { Datasets } from './datasets/index.ts'
import type { Downloads } from './downloads.ts'
import type { EngineSupervisor } from './engine-supervisor/index.ts'
import type { Events } from './events.ts'
import type { FoundFile } from './intake/find.ts'
import type { Intake, OpenedBy } from './intake/intake.ts'
import type { Models } from './models/index.ts'
import type { NativeEngine } from './native-engine.ts'
import type { Reading } from './reading/index.ts'
import { secondHandlers } from './reading/second-handlers.ts'
import type { Reports } from './reports/index.ts'
import type { Reruns } from './rerun.ts'
import type { Trainings } from './training/index.ts'

/** What the handlers work with. */
export interface Services {
  version: string
  store: Store
  accounts: Accounts
  engine: EngineSupervisor
  events: Events
  intake: Intake
  batches: Batches
  downloads: Downloads
  folder: DataFolder
  trainings: Trainings
  reruns: Reruns
  nativeEngine: NativeEngine
  models: Models
  datasets: Datasets
  datasetImport: ImportJob
  reports: Reports
  reading: Reading
  openings: Openings
  verifyJob: VerifyJob
  dailyHead: DailyHead
  backups: Backups
  retention: RetentionJob
  /** Paths of the sample scans. */
  samples: () => Promise<string[]>
}

/** One handler a contract entry; what is more than a line lives in a folder of its own. */
export function createHandlers(services: Services): Handlers {
  const { version, store, engine, events, intake, models, samples, trainings } = services
  const { datasets, datasetImport, nativeEngine, accounts, reports } = services
  const { openings, verifyJob, dailyHead, downloads, backups, reading, reruns, batches } = services
  return {
    'app.info': async (_, caller) => ({
      version,
      banner: BANNER,
      shell: caller.shell,
      reader: await nameOf(accounts, caller),
      samples: (await samples()).length,
      extensions: [...IMAGE_EXTENSIONS],
    }),
    'engine.status': async () => {
      const { state, restarts, failure, model } = engine.status
      const read = { provider: model?.provider ?? null, model: model?.card ?? null }
      return { state, restarts, failure: failure?.toFailure() ?? null, ...read }
    },
    'cases.list': async ({ query, offset, limit }, { reader }) =>
      store.listCases(query, offset, limit, await reading.blind(reader)),
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
      const { pdf, ...report } = await reports.ofCase(id, options, { actor: reader, way })
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
      const pending = await store.retry(id, reader)
      events.emit({ type: 'case', id })
      void intake.resume([pending])
      return {}
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
    'training.recipes': async () => ({ recipes: await engine.request('recipes', null) }),
    'training.start': async (request, { reader }) => ({ id: await trainings.start(request, reader) }),
    'training.list': async () => ({ runs: await store.listRuns() }),
    'training.get': async ({ id }) => ({ run: await store.getRun(id), live: trainings.live(id) }),
    'training.cancel': async ({ id }, { reader }) => {
      await trainings.cancel(id, reader)
      return {}
    },
    'training.resume': async ({ id }, { reader }) => {
      await trainings.resume(id, reader)
      return {}
    },
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
    'models.list': () => models.list(),
    'models.get': ({ id }) => models.get(id),
    'models.activations': () => models.activations(),
    'models.gate': () => models.gate(),
    'models.set-gate': async ({ gate }, { reader }) => {
      await models.setGate(gate, reader)
      return {}
    },
    'models.activate': ({ id, ...options }, { reader }) => models.activate(id, { by: reader, ...options }),
    'models.rollback': ({ reason }, { reader }) => models.rollBack({ by: reader, reason }),
    'intake.status': async () => intake.progress.status,
    'intake.cancel': async (_, { reader }) => {
      const dropped = intake.cancel()
      await batches.cancelUploads(reader)
      return { dropped }
    },
    'datasets.list': async () => ({ sets: (await datasets.catalogue.list()).map(toEntry) }),
    'datasets.get': async ({ name, version }) =>
      datasets.catalogue.summary(await datasets.catalogue.find(name, version)),
    'datasets.import': async ({ name, ...files }, { reader: by }) => {
      datasetImport.start({ name, source: { kind: 'files', ...files }, by })
      return {}
    },
    'datasets.importSigned': async ({ name, since }, { reader: by }) => {
      datasetImport.start({ name, source: { kind: 'signed', since }, by })
      return {}
    },
    'datasets.importStatus': async () => datasetImport.status,
    'datasets.cancelImport': async () => {
      await datasetImport.cancel()
      return {}
    },
    'audit.list': ({ query, after, limit }) => store.listAudit(query, after, limit),
    'audit.count': async ({ query }) => ({ total: await store.countAudit(query) }),
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
    'audit.export': async ({ format, query }, { reader }) => {
      await store.log({ actor: reader, act: 'audit.exported', subject: 'audit', detail: { format, query } })
      return { path: downloads.offer(await exportEntries(store, format, query)) }
    },
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

const toEntry = ({ manifestSha256: _, ...entry }: RecordedDataset): DatasetEntry => entry

/** The page follows by events; nobody waits for the outcomes here. */
async function openInBackground(intake: Intake, files: FoundFile[], by: OpenedBy): Promise<void> {
  for await (const _ of intake.open(files, by));
}
