import { readdir } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { asFileError } from '../../../shared/file-errors.ts'
import type { DataFolder } from '../data-folder.ts'

/** Of a training run: what was asked, what it held out and what came of it. Not its checkpoints. */
const RUN_FILES = /^(request|run|predictions)\.json$/

/**
 * Paths in the data folder, with `/`, of what a backup holds beside database and scans: the gate, the key of the audit
 * trail, models, data sets with their images, evaluations, summaries of runs. Not the native engine, which can be installed again.
 */
export async function dataFiles({
  root,
  gate,
  auditKey,
  models,
  evaluations,
  datasets,
}: DataFolder): Promise<string[]> {
  const single = [gate, auditKey].map((path) => basename(path))
  const top = await filesIn(root, false)
  const runs = (await filesIn(join(root, 'runs'), true)).filter((path) => RUN_FILES.test(basename(path)))
  const all = [
    ...top.filter((path) => single.includes(basename(path))),
    ...(await filesIn(models, true)),
    ...(await filesIn(datasets, true)),
    ...(await filesIn(evaluations, true)),
    ...runs,
  ]
  return all.map((path) => relative(root, path).split(sep).join('/')).sort()
}

async function filesIn(dir: string, recursive: boolean): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true, recursive }).catch((error) => {
    const known = asFileError(error)
    if (known.code === 'file-missing') return []
    throw known
  })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
