import { dirname, join } from 'node:path'
import { breakSentence } from '../../../shared/audit.ts'
import type { BackupManifest } from '../../../shared/backup.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { CopyFollowing, Store } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Databases } from './databases.ts'
import { readHashed, sha256OfFile } from './keep.ts'
import { withCopy } from './migrated.ts'
import { DATABASE, keptFile, keptScan, readManifest } from './places.ts'

const PAGE = 500

export const unsound = (path: string, reason: string) => new GyrusError('backup-unsound', { path, reason })

/**
 * Looks at all that a restore of this backup would need, without restoring it: manifest, database, its trail and rows, and
 * every scan and file by its hash.
 *
 * @throws GyrusError `backup-invalid`, `backup-unsound`, `cancelled`
 */
export async function verifyBackup(
  parts: { databases: Databases; folder: DataFolder },
  backup: string,
  following: CopyFollowing = {},
): Promise<BackupManifest> {
  const manifest = await readManifest(backup)
  await checkDatabaseFile(backup, manifest)
  await withCopy(parts, join(backup, DATABASE), async (store) => {
    await checkTrail(store, backup, manifest, following)
    await checkScans(store, backup, manifest, following)
  })
  for (const [index, { path, sha256 }] of manifest.files.entries()) {
    if (following.signal?.aborted) throw new GyrusError('cancelled')
    if ((await readHashed(keptFile(dirname(backup), sha256), sha256)) === null) throw fileUnsound(backup, path)
    following.onProgress?.({ stage: 'files', done: index + 1, total: manifest.files.length })
  }
  return manifest
}

export async function checkDatabaseFile(backup: string, manifest: BackupManifest): Promise<void> {
  const sha256 = await sha256OfFile(join(backup, DATABASE)).catch(() => null)
  if (sha256 !== manifest.database.sha256) throw unsound(backup, 'its database is missing or was changed.')
}

/** @returns how many entries its trail has */
export async function checkTrail(
  store: Store,
  backup: string,
  manifest: BackupManifest,
  following: CopyFollowing,
): Promise<number> {
  const { broken, entries } = await store.verifyRecord(following)
  if (broken) throw unsound(backup, breakSentence(broken.kind))
  if (manifest.head && (await store.auditEntry(manifest.head.sequence))?.hash !== manifest.head.hash) {
    throw unsound(backup, 'its audit trail is not the one that its manifest names.')
  }
  return entries
}

export const fileUnsound = (backup: string, path: string) =>
  unsound(backup, `the file ${path} is missing or was changed.`)

/** Reads each scan of the backup, and gives those that are there to `take`. */
export async function checkScans(
  store: Store,
  backup: string,
  manifest: BackupManifest,
  following: CopyFollowing,
  take: (sha256: string, content: Uint8Array) => Promise<void> = async () => undefined,
): Promise<void> {
  const lost = new Set(manifest.lostScans)
  let done = 0
  for (let after = ''; ; ) {
    const scans = await store.scansAfter(after, PAGE)
    const last = scans.at(-1)
    if (!last) return
    for (const { sha256 } of scans) {
      if (following.signal?.aborted) throw new GyrusError('cancelled')
      const content = await readHashed(keptScan(dirname(backup), sha256), sha256)
      if (content) await take(sha256, content)
      else if (!lost.has(sha256)) throw unsound(backup, `the scan ${sha256} is missing or was changed.`)
      done += 1
      following.onProgress?.({ stage: 'scans', done, total: manifest.scans })
    }
    after = last.sha256
  }
}
