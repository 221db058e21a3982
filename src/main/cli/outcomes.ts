import { basename } from 'node:path'
import { toFailure } from '../../shared/errors.ts'
import { chooseModel, forkEngine, modelPlaces, openCore } from '../compose.ts'
import { analysed, type Outcome } from '../core/analyser.ts'
import { dataFolderAt } from '../core/data-folder.ts'
import { EngineSupervisor } from '../core/engine-supervisor/index.ts'
import type { FoundFile } from '../core/intake/find.ts'
import { inOrder } from '../core/intake/in-order.ts'
import { UNDER_WAY } from '../core/intake/intake.ts'
import { readingRecord } from './record.ts'
import { whoMay } from './who.ts'

/** Outcomes in the order of the files. */
export type Classify = (files: FoundFile[]) => AsyncIterable<Outcome>

interface Session {
  classify: Classify
  close(): Promise<void>
}

/** Classifies through the record: each file becomes a case. */
export async function withLog(dataDir: string): Promise<Session> {
  const { core, close } = await openCore(dataDir)
  const actor = await whoMay(core.store, 'review', 'classify').catch((error) =>
    close().then(() => Promise.reject(error)),
  )
  const resumed = core.resume()
  // Told at the end; what is asked for now can be read all the same.
  resumed.catch(() => undefined)
  return {
    classify: (files) => core.intake.open(files, { actor, source: 'command-line' }),
    close: async () => {
      await resumed.finally(close)
    },
  }
}

/** Classifies through the engine alone: nothing is copied or written. */
export async function withoutLog(dataDir: string): Promise<Session> {
  const folder = dataFolderAt(dataDir)
  const model = await readingRecord(folder, (store) => chooseModel(store, modelPlaces(folder)))
  const engine = new EngineSupervisor({ start: forkEngine, model, onChange: () => undefined })
  return {
    classify: (files) => inOrder(files, UNDER_WAY, (file) => classifyUnlogged(engine, file)),
    close: async () => engine.close(),
  }
}

async function classifyUnlogged(engine: EngineSupervisor, { path, failure }: FoundFile): Promise<Outcome> {
  const fileName = basename(path)
  try {
    if (failure) throw failure
    return analysed(null, fileName, await engine.request('classify', { path }))
  } catch (error) {
    return { caseId: null, fileName, status: 'failed', failure: toFailure(error) }
  }
}
