import { readFile } from 'node:fs/promises'
import { GyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import { predictionsSchema, type RunPredictions } from '../../../shared/predictions.ts'

/** What one training run kept, and where. */
export interface RunFile {
  path: string
  run: RunPredictions
}

/**
 * The predictions of several runs that go together.
 *
 * @throws GyrusError `predictions-invalid`, `predictions-different-sets`, `predictions-overlap`, `file-missing`,
 *   `file-unreadable`
 */
export async function readRuns(paths: string[]): Promise<RunFile[]> {
  const runs = await Promise.all(paths.map(async (path) => ({ path, run: await readRun(path) })))
  const [first] = runs
  const other = runs.find(({ run }) => run.dataSha256 !== first?.run.dataSha256)
  if (first && other) throw new GyrusError('predictions-different-sets', { first: first.path, second: other.path })
  checkOnce(runs)
  return runs
}

async function readRun(path: string): Promise<RunPredictions> {
  const text = await readFile(path, 'utf8').catch((error) => Promise.reject(asFileError(error)))
  const invalid = (reason: string) => new GyrusError('predictions-invalid', { file: path, reason })
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw invalid('it is not JSON')
  }
  const { data, error } = predictionsSchema.safeParse(json)
  const [issue] = error?.issues ?? []
  if (!data) throw invalid(`${issue?.path.join('.')}: ${issue?.message}`)
  const validation = new Set(data.images.filter(({ part }) => part === 'validation').map(({ file }) => file))
  const heldOut = data.images.filter(({ part }) => part !== 'validation')
  if (heldOut.length === 0) throw invalid('no image was held out')
  const both = heldOut.find(({ file }) => validation.has(file))
  if (both) throw invalid(`${both.file} is held out and chose the temperature`)
  return data
}

/** No image may be measured twice, nor twice within one run's validation images. */
function checkOnce(runs: RunFile[]): void {
  const heldOutIn = new Map<string, string>()
  for (const { path, run } of runs) {
    const validation = new Set<string>()
    for (const { file, part } of run.images) {
      if (part === 'validation') {
        if (validation.has(file))
          throw new GyrusError('predictions-invalid', { file: path, reason: `${file} is there twice` })
        validation.add(file)
        continue
      }
      const before = heldOutIn.get(file)
      if (before !== undefined)
        throw new GyrusError('predictions-overlap', { image: file, first: before, second: path })
      heldOutIn.set(file, path)
    }
  }
}
