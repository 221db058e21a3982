import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { looksLikeImage } from '../../shared/formats.ts'

/** Paths of the sample scans, in the order of their names; none where the folder is not there. */
export async function listSamples(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names
    .filter(looksLikeImage)
    .sort()
    .map((name) => join(folder, name))
}
