import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { GyrusError } from '../../../shared/errors.ts'
import { type SearchRecord, searchSchema } from '../../../shared/search-contract.ts'
import { requireRunId, runFolder } from './run-folder.ts'
import { trialsOf } from './trials.ts'

const FILE = 'search.json'
const GO_ON = 'go-on.json'
const goOnSchema = z.strictObject({ by: z.string().min(1) })

/** On the workstation that has it, wherever its trials are trained. */
const folderOf = (dataDir: string, id: string) => runFolder({ runs: join(dataDir, 'runs') }, id)

/** Keeps a search beside the runs that are its trials. */
export async function writeSearch(dataDir: string, search: SearchRecord): Promise<void> {
  const dir = folderOf(dataDir, search.id)
  await mkdir(dir, { recursive: true, mode: 0o700 })
  await writeFile(join(dir, `${FILE}.new`), `${JSON.stringify(search, null, 2)}\n`, { flush: true })
  await rename(join(dir, `${FILE}.new`), join(dir, FILE))
}

/** @throws GyrusError `training-run-name`, `training-run-unknown` where there is none that this version can read */
export async function readSearch(dataDir: string, id: string): Promise<SearchRecord> {
  requireRunId(id)
  const search = await readIn(folderOf(dataDir, id))
  if (!search) throw new GyrusError('training-run-unknown', { run: id })
  return search
}

/** Leaves word that a search is to go on at the next start, and who wanted that. */
export const leaveGoOn = (dataDir: string, id: string, by: string): Promise<void> =>
  writeFile(join(folderOf(dataDir, id), GO_ON), `${JSON.stringify({ by })}\n`, { flush: true })

/** Who left word that this search is to go on, once; null where nobody did. */
export async function takeGoOn(dataDir: string, id: string): Promise<string | null> {
  const file = join(folderOf(dataDir, id), GO_ON)
  try {
    const { by } = goOnSchema.parse(JSON.parse(await readFile(file, 'utf8')))
    await rm(file)
    return by
  } catch {
    return null
  }
}

/** All that can be read, newest first. */
export async function listSearches(dataDir: string): Promise<SearchRecord[]> {
  const names = await readdir(join(dataDir, 'runs')).catch(() => [])
  const found = await Promise.all(names.map((name) => readIn(folderOf(dataDir, name))))
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
