import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Store } from '../../store/types.ts'
import { type DataFolder, scanKey, scanPath } from '../data-folder.ts'
import { syncFolder } from './keep.ts'

interface Parts {
  folder: DataFolder
  store: Store
}

/** When all files that are on their way into the record have their rows. */
export type Settled = () => Promise<void>

/**
 * Deletes copies that no case needs. Somebody may be opening the same file at this moment, and have found its copy there:
 * it is put aside first, and back where a case has come to need it.
 */
export async function removeScans(
  { folder, store }: Parts,
  scans: string[],
  settled: Settled = async () => undefined,
): Promise<void> {
  const aside = new Map<string, string>()
  for (const sha256 of scans) {
    const place = join(folder.incoming, randomUUID())
    const moved = await rename(scanPath(folder, sha256), place).then(
      () => true,
      // A copy that was lost before needs no deleting.
      (error: NodeJS.ErrnoException) => error.code !== 'ENOENT' && Promise.reject(error),
    )
    if (moved) aside.set(sha256, place)
  }
  await settled()
  const gone: string[] = []
  for (const sha256 of scans) {
    const place = aside.get(sha256)
    const needed = (await store.needsOf(sha256)).caseIds.length > 0
    if (!needed) gone.push(sha256)
    if (place === undefined) continue
    if (needed && !existsSync(scanPath(folder, sha256))) await rename(place, scanPath(folder, sha256))
    else await rm(place, { force: true })
  }
  await syncFolder(folder.scans)
  await folder.files.remove(gone.map(scanKey))
}

/** At a start: what a kill left of an erasure, or of a rule. */
export async function removeErased({ folder, store }: Parts): Promise<void> {
  const left = (await store.erasedScans()).filter((sha256) => existsSync(scanPath(folder, sha256)))
  for (const sha256 of left) await rm(scanPath(folder, sha256), { force: true })
  if (left.length > 0) await syncFolder(folder.scans)
}
