import { existsSync } from 'node:fs'
import { GyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'

/** Of the disk and the rights: about the folder for backups when they come up while that is written. */
const ITS_OWN = new Set(['disk-full', 'disk-error', 'file-missing', 'file-unreadable', 'database-read-only'])

/** What failed while a backup was written, told of its folder. */
export function asBackupError(error: unknown, dir: string): GyrusError {
  if (!existsSync(dir)) return new GyrusError('backup-folder-missing', { path: dir }, { cause: error })
  const known = asFileError(error)
  if (!ITS_OWN.has(known.code)) return known
  if (known.code === 'disk-full') return new GyrusError('backup-folder-full', { path: dir }, { cause: error })
  const reason = known.details.reason ?? known.code
  return new GyrusError('backup-folder-unwritable', { path: dir, reason }, { cause: error })
}
