import { dirname, relative, resolve, sep } from 'node:path'
import type { RunRecord, TrainingRequest } from '../../../shared/training.ts'
import type { RunDetail, RunRow, SetRef, SetTraining } from '../../../shared/training-contract.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Catalogue } from '../datasets/catalogue.ts'

/**
 * The request for a run on a frozen set, whose manifest is read so that an altered one is told before anything waits.
 *
 * @throws GyrusError `dataset-unknown`, `dataset-altered`
 */
export async function requestOnSet(
  catalogue: Catalogue,
  { dataset: { name, version }, ...asked }: SetTraining,
): Promise<TrainingRequest> {
  const entry = await catalogue.find(name, version)
  return { set: await catalogue.ready(entry), map: {}, tumours: [], ...asked }
}

export const toDetail = (run: RunRecord, folder: DataFolder): RunDetail => ({
  ...run,
  set: setOf(run.request?.set ?? '', folder),
})

export function toRow(run: RunRecord, folder: DataFolder): RunRow {
  const detail = toDetail(run, folder)
  if (detail.summary === null) return { ...detail, summary: null }
  const { carriedOut: _, notices: __, unreadable: ___, epochs: ____, ...summary } = detail.summary
  return { ...detail, summary }
}

/** The frozen set of this data folder whose path this is, from the root on or from where sets lie. */
export function setOf(path: string, { datasets }: DataFolder): SetRef | null {
  const [name, version, file, more] = relative(datasets, resolve(dirname(datasets), path)).split(sep)
  const number = Number(version)
  const known = name && name !== '..' && file === 'dataset.json' && more === undefined && Number.isInteger(number)
  return known ? { name, version: number } : null
}
