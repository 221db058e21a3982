import { readdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Core } from '../../src/main/core/index.ts'
import { descendantsOf, memoryOf, openFiles } from '../bench/support/processes.ts'

/** What is looked at of all processes at one moment. Memory and files in MB; null where the platform does not tell. */
export interface Sample {
  /** Seconds since the beginning. */
  at: number
  coreRss: number | null
  /** After a collection: what is still held. */
  coreHeap: number
  coreFiles: number | null
  engineRss: number | null
  engineFiles: number | null
  /** Of the engine's process; another one where it was started anew. */
  enginePid: number
  /** Processes beside core and engine, such as trainings, and their memory together. */
  others: number
  othersRss: number
  /** Of the database's write-ahead log. */
  wal: number
  /** In the folders for temporary files: the system's and the data folder's own. */
  temporaryFiles: number
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const MB = 1024 ** 2

export function takeSample(core: Core, at: number): Sample {
  collect()
  const engine = core.engine.status.pid ?? 0
  const others = descendantsOf(process.pid).filter(({ pid }) => pid !== engine)
  return {
    at,
    coreRss: memoryOf(process.pid)?.now ?? null,
    coreHeap: process.memoryUsage().heapUsed / MB,
    coreFiles: openFiles(process.pid),
    engineRss: memoryOf(engine)?.now ?? null,
    engineFiles: openFiles(engine),
    enginePid: engine,
    others: others.length,
    othersRss: others.reduce((sum, { pid }) => sum + (memoryOf(pid)?.now ?? 0), 0),
    wal: (statSync(`${core.folder.database}-wal`, { throwIfNoEntry: false })?.size ?? 0) / MB,
    temporaryFiles: filesIn(tmpdir()) + filesIn(core.folder.incoming),
  }
}

/** Files in a folder and those below, however many go meanwhile. */
export function filesIn(folder: string): number {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length
  } catch (error) {
    // A folder that went while it was looked through.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}
