import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { GyrusError } from '../../../shared/errors.ts'
import {
  type RunSummary,
  runSummarySchema,
  type TrainingRequest,
  trainingRequestSchema,
} from '../../../shared/training.ts'

/** A run's folder: `request.json` from its start, a checkpoint while it trains, `run.json` once it is finished. */
export const runFolder = (dataDir: string, id: string) => join(dataDir, 'runs', id)

/** `<recipe>-<UTC date and time>`, which sorts by age and can be said aloud. */
export function newRunId(recipe: string, now = new Date()): string {
  return `${recipe}-${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}`
}

/** Makes the folder of a new run and keeps what is asked of it. @throws GyrusError `training-run-exists` */
export async function createRunFolder(dir: string, request: TrainingRequest): Promise<void> {
  if (existsSync(join(dir, 'request.json'))) throw new GyrusError('training-run-exists', { run: dir })
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const file = await open(join(dir, 'request.json.new'), 'w')
  await file.writeFile(`${JSON.stringify(request, null, 2)}\n`)
  await file.sync()
  await file.close()
  await rename(join(dir, 'request.json.new'), join(dir, 'request.json'))
}

/** What a run was asked for. @throws GyrusError `training-run-unknown` */
export async function readRequest(dir: string): Promise<TrainingRequest> {
  return trainingRequestSchema.parse(await readJson(join(dir, 'request.json'), dir))
}

/** What a finished run did; undefined for one that is not finished. */
export async function readSummary(dir: string): Promise<RunSummary | undefined> {
  if (!existsSync(join(dir, 'run.json'))) return undefined
  return runSummarySchema.parse(await readJson(join(dir, 'run.json'), dir))
}

async function readJson(path: string, run: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error) => {
    throw new GyrusError('training-run-unknown', { run }, { cause: error })
  })
  return JSON.parse(text)
}
