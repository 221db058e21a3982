import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { GyrusError } from '../../../shared/errors.ts'
import type { TrainingRequest } from '../../../shared/training.ts'
import type { DataFolder } from '../data-folder.ts'

/** A run's folder: what was asked, a checkpoint while it trains, network, predictions and summary at its end. */
export const runFolder = ({ runs }: Pick<DataFolder, 'runs'>, id: string) => join(runs, id)

/** What it is called among the shared files (`DataFolder.files`). */
export const runKey = (id: string) => `runs/${id}`

/** `<recipe>-<UTC date and time, to the millisecond>`, which sorts by age. */
export function newRunId(recipe: string, now = new Date()): string {
  return `${recipe}-${now.toISOString().slice(0, 23).replaceAll(/[-:]/g, '').replaceAll(/[T.]/g, '-')}`
}

/** A run's folder has its name, so that no name may lead elsewhere. @throws GyrusError `training-run-name` */
export function requireRunId(run: string): void {
  if (!/^[a-z0-9][a-z0-9._-]{0,99}$/i.test(run)) throw new GyrusError('training-run-name', { run })
}

/** Makes the folder of a new run and keeps in it what is asked, for whoever gets the folder without the record. */
export async function keepRequest(dir: string, request: TrainingRequest): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const file = await open(join(dir, 'request.json.new'), 'w')
  await file.writeFile(`${JSON.stringify(request, null, 2)}\n`)
  await file.sync()
  await file.close()
  await rename(join(dir, 'request.json.new'), join(dir, 'request.json'))
}
