import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { GyrusError } from '../../../shared/errors.ts'
import type { About } from '../../../shared/model.ts'
import type { TaskOutput } from '../../engine/protocol.ts'
import type { DataFolder } from '../data-folder.ts'
import type { StartEngine } from '../engine-supervisor/process.ts'
import { runTask, type TaskOptions } from '../engine-supervisor/task.ts'
import { requireRunId, runFolder, runKey } from '../training/run-folder.ts'

/** What a run becomes as a model. */
export interface AddRunOptions {
  id: string
  version: string
  about: About
  /** `predictions.json` files of its cross-validation. */
  folds: string[]
  /** Tables of tumours of unknown type, for the sensitivity on other sequences. */
  tumours: string[]
  /** A table of boxed tumours, for the search for shortcuts. */
  boxes: string | null
}

/**
 * Makes a model's folder of a finished run, in a folder of its own, and hands it over; whatever becomes of it, the folder
 * is removed afterwards.
 *
 * @throws GyrusError `training-run-unknown` where the run is not finished; errors of the engine's `package-run`
 */
export async function packaged<T>(
  run: string,
  options: AddRunOptions,
  parts: { folder: DataFolder; startEngine: StartEngine; golden: string[] },
  following: TaskOptions<'package-run'>,
  use: (made: TaskOutput<'package-run'>) => Promise<T>,
): Promise<T> {
  const runDir = runFolder(parts.folder, run)
  requireRunId(run)
  // Another workstation may have trained it.
  await parts.folder.files.pull(runKey(run))
  if (!existsSync(join(runDir, 'run.json'))) throw new GyrusError('training-run-unknown', { run })
  const work = join(parts.folder.incoming, randomUUID())
  try {
    const input = { runDir, dir: join(work, options.id), golden: parts.golden, ...options }
    return await use(await runTask(parts.startEngine, 'package-run', input, following))
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}
