import { basename } from 'node:path'
import { auditQuerySchema } from '../../shared/audit.ts'
import { toFailure } from '../../shared/errors.ts'
import { type PassedOver, PassedOverCount } from '../../shared/passed-over.ts'
import { chooseModel, modelPlaces, openCore } from '../compose.ts'
import { analysed, type Outcome } from '../core/analyser.ts'
import type { FileOutcome } from '../core/batches/run.ts'
import { dataFolderAt } from '../core/data-folder.ts'
import { EngineSupervisor } from '../core/engine-supervisor/index.ts'
import { type FrameParts, readScan } from '../core/frames/read.ts'
import { Archives, archiveOf, nameInArchive } from '../core/intake/archives.ts'
import { type FoundFile, findFiles, type OnSkipped, type Wanted } from '../core/intake/find.ts'
import { inOrder } from '../core/intake/in-order.ts'
import { UNDER_WAY } from '../core/intake/intake.ts'
import { readInputs } from '../core/models/inputs.ts'
import { findPlace } from '../core/models/places.ts'
import { forkEngine } from '../fork-engine.ts'
import { formatStopped } from './batches-format.ts'
import { readingRecord } from './record.ts'
import { type SeriesOutcome, seriesOutcome } from './series-format.ts'
import { whoMay } from './who.ts'

interface Session {
  /** What the files are read by. */
  engine: EngineSupervisor
  /** Outcomes in the order of the files. */
  classify(paths: string[]): AsyncIterable<FileOutcome>
  /** Files of the folders that were not opened; known at the end. */
  passedOver(): Promise<PassedOver[]>
  /** Series that the files are slices of, once all files were read; none where nothing is kept. */
  series(): AsyncIterable<SeriesOutcome> | SeriesOutcome[]
  /** What is to be said where somebody paused or ended it on another workstation; null where all files were opened. */
  stopped(): Promise<string | null>
  close(): Promise<void>
}

/** What is wanted of the folders, and whether what was analysed before is analysed again. */
export type WantedOfBatch = Pick<Wanted, 'subFolders' | 'filter'> & { skipSeen: boolean }

/** Classifies through the record: a batch, of which each file becomes a case. */
export async function withLog(dataDir: string, options: WantedOfBatch): Promise<Session> {
  const { core, close } = await openCore(dataDir)
  const actor = await whoMay(core.store, 'review', 'classify').catch((error) =>
    close().then(() => Promise.reject(error)),
  )
  const resumed = core.resume()
  // Told at the end; what is asked for now can be read all the same.
  resumed.catch(() => undefined)
  let batch = ''
  return {
    engine: core.engine,
    async *classify(paths) {
      batch = await core.batches.add({ paths, origin: 'command-line', options }, actor)
      // Who paused it elsewhere may have it go on before it has come to its pause.
      do yield* core.batches.run(batch)
      while ((await core.store.getBatch(batch)).state === 'queued')
    },
    passedOver: () => core.store.passedOver(batch),
    async *series() {
      await core.series.settle()
      for (const { id } of await core.store.seriesOfBatch(batch)) yield* await seriesOutcome(core.store, id)
    },
    async stopped() {
      const standing = await core.store.getBatch(batch)
      if (standing.state === 'completed') return null
      const query = auditQuerySchema.parse({ subject: batch, acts: ['batch.paused', 'batch.cancelled'] })
      const { entries } = await core.store.listAudit(query, null, 1)
      return formatStopped(standing, entries[0]?.actor ?? '')
    },
    close: async () => {
      await resumed.finally(close)
    },
  }
}

/** Classifies through the engine alone: nothing is copied or written. */
export async function withoutLog(dataDir: string, wanted: WantedOfBatch): Promise<Session> {
  const folder = dataFolderAt(dataDir)
  const places = modelPlaces(folder)
  const model = await readingRecord(folder, (store) => chooseModel(store, places))
  const inputs = async (id: string) => readInputs(await findPlace(places, id))
  const engine = new EngineSupervisor({ start: forkEngine, model, onChange: () => undefined })
  const passedOver = new PassedOverCount()
  const onSkipped: OnSkipped = (path, kind) => passedOver.add(path, kind)
  return {
    engine,
    async *classify(paths) {
      const archives = new Archives(engine)
      const files = await Array.fromAsync(findFiles(paths, { ...wanted, onSkipped, archives }))
      yield* inOrder(files, UNDER_WAY, async (file) => {
        return { path: file.path, outcome: await classifyUnlogged({ engine, inputs }, file), found: files.length }
      })
    },
    passedOver: async () => passedOver.list,
    series: () => [],
    stopped: async () => null,
    close: async () => engine.close(),
  }
}

async function classifyUnlogged(parts: FrameParts, { path, failure }: FoundFile): Promise<Outcome> {
  const packed = await archiveOf(path)
  const fileName = packed ? nameInArchive(packed) : basename(path)
  try {
    if (failure) throw failure
    return analysed(null, fileName, await readScan(parts, packed ?? { path }, false))
  } catch (error) {
    return { caseId: null, fileName, status: 'failed', failure: toFailure(error) }
  }
}
