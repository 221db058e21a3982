import { dirname, join } from 'node:path'
import { breakSentence } from '../../../shared/audit.ts'
import type { BackupManifest } from '../../../shared/backup.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { CopyFollowing, Store } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'
import { type KeyFile, readKeyFile } from '../encryption/key-file.ts'
import type { FolderKeys } from '../encryption/keys.ts'
import type { Databases } from './databases.ts'
import { readKept } from './hashed.ts'
import { sha256OfFile } from './keep.ts'
import { withCopy } from './migrated.ts'
import { DATABASE, keptFile, keptScan, readManifest } from './places.ts'

const PAGE = 500

export const unsound = (path: string, reason: string) => new GyrusError('backup-unsound', { path, reason })

export interface VerifyParts {
  databases: Databases
  folder: DataFolder
  /** Opens the key of a backup that another one than this record's covers, where somebody can be asked. */
  unlock?(file: KeyFile): Promise<FolderKeys>
}

/** A backup with what opens it; `keys` null for one in clear. */
export interface OfBackup {
  backup: string
  manifest: BackupManifest
  keys: FolderKeys | null
}

/**
 * Looks at all that a restore of this backup would need, without restoring it: manifest, wrapped key, database, its trail
 * and rows, and every scan and file by its hash. Of a wrapped key it is seen that it is there and of which key it is;
 * whether it opens, only the passphrase tells.
 *
 * @throws GyrusError `backup-invalid`, `backup-unsound`, `backup-other-key`, `cancelled`, and what `unlock` throws
 */
export async function verifyBackup(
  parts: VerifyParts,
  backup: string,
  following: CopyFollowing = {},
): Promise<BackupManifest> {
  const manifest = await readManifest(backup)
  const of = { backup, manifest, keys: await keysFor(parts, backup, manifest) }
  await checkDatabaseFile(of)
  await withCopy(parts, { database: join(backup, DATABASE), keys: of.keys }, async (store) => {
    await checkTrail(store, of, following)
    await checkScans(store, of, following)
  })
  for (const [index, file] of manifest.files.entries()) {
    if (following.signal?.aborted) throw new GyrusError('cancelled')
    await readFileKept(of, file)
    following.onProgress?.({ stage: 'files', done: index + 1, total: manifest.files.length })
  }
  return manifest
}

async function keysFor({ folder, unlock }: VerifyParts, backup: string, manifest: BackupManifest) {
  const file = keyFileOf(backup, manifest)
  if (file === null || file.id === folder.keys?.id) return file && folder.keys
  if (!unlock) throw new GyrusError('backup-other-key', { path: backup })
  return unlock(file)
}

/** What the key of an encrypted backup is wrapped in; null for one in clear. @throws GyrusError `backup-unsound` */
export function keyFileOf(backup: string, { keyId }: BackupManifest): KeyFile | null {
  if (keyId === undefined) return null
  const file = wrappedKeyOf(backup)
  if (file?.id !== keyId) throw unsound(backup, 'its keys.json is missing, damaged, or that of another record.')
  return file
}

function wrappedKeyOf(backup: string): KeyFile | null {
  try {
    return readKeyFile(backup)
  } catch (error) {
    if (error instanceof GyrusError && error.code === 'keys-unreadable') return null
    throw error
  }
}

export async function checkDatabaseFile({ backup, manifest }: OfBackup): Promise<void> {
  const sha256 = await sha256OfFile(join(backup, DATABASE)).catch(() => null)
  if (sha256 !== manifest.database.sha256) throw unsound(backup, 'its database is missing or was changed.')
}

/** @returns how many entries its trail has */
export async function checkTrail(
  store: Store,
  { backup, manifest }: OfBackup,
  following: CopyFollowing,
): Promise<number> {
  const { broken, entries } = await store.verifyRecord(following)
  if (broken) throw unsound(backup, breakSentence(broken.kind))
  if (manifest.head && (await store.auditEntry(manifest.head.sequence))?.hash !== manifest.head.hash) {
    throw unsound(backup, 'its audit trail is not the one that its manifest names.')
  }
  return entries
}

/** What a file of the data folder held. @throws GyrusError `backup-unsound` */
export async function readFileKept(of: OfBackup, file: { path: string; sha256: string }): Promise<Uint8Array> {
  const content = await readKept(of, keptFile(dirname(of.backup), file.sha256, of.keys?.id ?? null), file.sha256)
  if (content === null) throw unsound(of.backup, `the file ${file.path} is missing or was changed.`)
  return content
}

/** Reads each scan of the backup, and gives those that are there to `take`. */
export async function checkScans(
  store: Store,
  { backup, manifest, keys }: OfBackup,
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
      const content = await readKept({ keys }, keptScan(dirname(backup), sha256, keys?.id ?? null), sha256)
      if (content) await take(sha256, content)
      else if (!lost.has(sha256)) throw unsound(backup, `the scan ${sha256} is missing or was changed.`)
      done += 1
      following.onProgress?.({ stage: 'scans', done, total: manifest.scans })
    }
    after = last.sha256
  }
}
