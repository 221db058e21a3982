import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { GyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import { predictionsSchema, type RunPredictions } from '../../../shared/predictions.ts'
import { type RunSummary, runSummarySchema } from '../../../shared/training.ts'

/** @throws GyrusError `training-run-unreadable` where another version of Gyrus, or another hand, wrote it */
export async function readSummary(runDir: string): Promise<RunSummary> {
  const { data } = runSummarySchema.safeParse(await readJson(join(runDir, 'run.json')))
  if (!data) throw new GyrusError('training-run-unreadable', { run: basename(runDir) })
  return data
}

/** Of a run that may have held nothing out. @throws GyrusError `predictions-invalid` */
export async function readPredictions(file: string): Promise<RunPredictions> {
  const { data, error } = predictionsSchema.safeParse(await readJson(file))
  const issue = error?.issues[0]
  if (!data)
    throw new GyrusError('predictions-invalid', { file, reason: `${issue?.path.join('.')}: ${issue?.message}` })
  return data
}

/** Undefined where it is no JSON, which fits no schema. */
async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error) => Promise.reject(asFileError(error)))
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
