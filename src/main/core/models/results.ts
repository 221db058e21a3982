import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type RunResult, runResultSchema } from '../../../shared/model-work.ts'

/** What `resources/results/` holds (scripts/model/results.ts), by name. An installation without it has none to show. */
export async function shippedResults(dir: string): Promise<RunResult[]> {
  const names = (await readdir(dir).catch(() => [])).filter((name) => name.endsWith('.json')).sort()
  return Promise.all(
    names.map(async (name) => runResultSchema.parse(JSON.parse(await readFile(join(dir, name), 'utf8')))),
  )
}
