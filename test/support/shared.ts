import { existsSync } from 'node:fs'
import { join } from 'node:path'

const root = process.env.GYRUS_SHARED ?? join(import.meta.dirname, '..', '..', '..', 'shared')

/** A path in the shared data folder, or null where that is not there. */
export function shared(path: string): string | null {
  const found = join(root, path)
  return existsSync(found) ? found : null
}
