import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GyrusError } from '../../../shared/errors.ts'
import { type SearchRecord, searchSchema } from '../../../shared/search-contract.ts'
import { requireRunId, runFolder } from './run-folder.ts'
import { trialsOf } from './trials.ts'

const FILE = 'search.json'

/** Keeps a search beside the runs that are its trials. */
export async function writeSearch(dataDir: string, search: SearchRecord): Promise<void> {
  const dir = runFolder(dataDir, search.id)
  await mkdir(dir, { recursive: true, mode: 0o700 })
  await writeFile(join(dir, `${FILE}.new`), `${JSON.stringify(search, null, 2)}\n`, { flush: true })
  await rename(join(dir, `${FILE}.new`), join(dir, FILE))
}

/** @throws GyrusError `training-run-name`, `training-run-unknown` where there is none that this version can read */
export async function readSearch(dataDir: string, id: string): Promise<SearchRecord> {
  requireRunId(id)
  const search = await readIn(runFolder(dataDir, id))
  if (!search) throw new GyrusError('training-run-unknown', { run: id })
  return search
}

/** All that can be read, newest first. */
export async function listSearches(dataDir: string): Promise<SearchRecord[]> {
  const names = await readdir(join(dataDir, 'runs')).catch(() => [])
  const found = await Promise.all(names.map((name) => readIn(runFolder(dataDir, name))))
  return found.filter((one) => one !== null).toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
}

async function readIn(dir: string): Promise<SearchRecord | null> {
  try {
    const search = searchSchema.parse(JSON.parse(await readFile(join(dir, FILE), 'utf8')))
    // Its trials must be such as this version can plan.
    trialsOf(search.request)
    return search
  } catch {
    return null
  }
}
