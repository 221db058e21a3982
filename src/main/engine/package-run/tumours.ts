import { join } from 'node:path'
import type { ModelCard } from '../../../shared/model.ts'
import type { RunSummary } from '../../../shared/training.ts'
import { evaluateRuns } from '../evaluate-set/evaluate-runs.ts'
import { hashOfTable } from '../train/run/tumours.ts'
import { readPredictions } from './read-run.ts'
import { sensitivitiesOf } from './rows.ts'
import type { PackageInput } from './types.ts'

const NOT_MEASURED =
  'How many tumours in other sequences and from other scanners it calls “no tumour” was not measured:'

/** What can be said of a model on tumours in other sequences, or why nothing can. */
export interface Sensitivity {
  /** Tables that the model is still to be measured on. */
  tables: string[]
  measured: ModelCard['tumourSensitivity']
  /** A limit for the card; null where something is measured. */
  notMeasured: string | null
}

/**
 * Figures of tumours that took part in nothing: of a cross-validation, of the groups that the run's own fold held out, or
 * of tables that it did not learn from. A model says of what it has learned what it remembers.
 *
 * @throws GyrusError errors of `hashOfTable` and `evaluateRuns`
 */
export async function findSensitivity(
  { runDir, folds, tumours }: Pick<PackageInput, 'runDir' | 'folds' | 'tumours'>,
  summary: RunSummary,
): Promise<Sensitivity> {
  const own = join(runDir, 'predictions.json')
  const files = folds.length > 0 ? folds : (await heldTumoursOut(own)) ? [own] : []
  const measured = files.length > 0 ? sensitivitiesOf((await evaluateRuns({ files, html: false })).report) : []
  const tables = await unseen(tumours, summary)
  const known = measured.length > 0 || tables.length > 0
  return { tables, measured, notMeasured: known ? null : `${NOT_MEASURED} ${whyNot(tumours, summary)}` }
}

const heldTumoursOut = async (file: string): Promise<boolean> =>
  (await readPredictions(file)).images.some(({ part, label }) => part === 'held-out' && !label)

async function unseen(tables: string[], { request, tumoursSha256 }: RunSummary): Promise<string[]> {
  const seen = new Set([...request.tumours, ...tumoursSha256])
  const hashes = await Promise.all(tables.map(hashOfTable))
  return tables.filter((table, i) => !seen.has(table) && !seen.has(hashes[i] as string))
}

const whyNot = (tables: string[], { request }: RunSummary): string =>
  tables.length > 0 || request.tumours.length > 0
    ? 'it learned from the tumours that there were.'
    : 'there were no such tumours to measure it on (--tumours).'
