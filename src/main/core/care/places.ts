import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type BackupManifest, backupManifestSchema } from '../../../shared/backup.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'

const PREFIX = 'gyrus-backup-'
/** What is not whole yet, or is being taken away. */
export const PART = '.part-'

export const MANIFEST = 'manifest.json'
export const DATABASE = 'gyrus.sqlite'

/** Time to the millisecond, so that names are in the order in which backups were made. */
export const backupName = (at: string) => `${PREFIX}${at.replace(/[-:.]/g, '')}`
export const isBackupName = (name: string) => /^gyrus-backup-\d{8}T\d{9}Z$/.test(name)

/**
 * Beside the backups, once for all of them: scans, and files of the data folder, under their hashes. Those of an
 * encrypted record are sealed and lie apart, by the id of its key (null for one in clear).
 */
export const keptScan = (dir: string, sha256: string, keyId: string | null = null) =>
  join(dir, keptIn('scans', keyId), sha256.slice(0, 2), sha256)
export const keptFile = (dir: string, sha256: string, keyId: string | null = null) =>
  join(dir, keptIn('files', keyId), sha256.slice(0, 2), sha256)
export const keptIn = (kind: 'scans' | 'files', keyId: string | null) => (keyId === null ? kind : `${kind}-${keyId}`)

/** Whether a backup was taken out of its folder; of a drive that is away, or not mounted, nothing is there to tell by. */
export async function isGone(backup: string): Promise<boolean> {
  const there = await readdir(dirname(backup)).catch((): string[] => [])
  return there.length > 0 && !there.includes(basename(backup))
}

/** @throws GyrusError `backup-invalid` */
export async function readManifest(backup: string): Promise<BackupManifest> {
  try {
    return backupManifestSchema.parse(JSON.parse(await readFile(join(backup, MANIFEST), 'utf8')))
  } catch (error) {
    const known = asFileError(error)
    const reason = known.code === 'file-missing' ? 'there is no manifest' : 'its manifest cannot be read'
    throw new GyrusError('backup-invalid', { path: backup, reason }, { cause: error })
  }
}
