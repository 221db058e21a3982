import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { hostname } from 'node:os'
import type { BackupManifest } from '../../../shared/backup.ts'
import type { DataFolder } from '../data-folder.ts'

/** Where a data folder lies, as a hash: a copy of it, on this machine or another one, lies elsewhere. */
export const placeOf = ({ root }: DataFolder): string =>
  createHash('sha256')
    .update(`${hostname()}\n${realpathSync(root)}`)
    .digest('hex')

/** Whose backup it is: `place` is not there in those of an older Gyrus. */
type Origin = Pick<BackupManifest, 'installation' | 'place'>

/**
 * Whether a backup is known to be of this very data folder. One that was copied, restored elsewhere or moved has backups of
 * its own; one that does not say where it was made may be of any of them.
 */
export const isOwn = ({ installation, place }: Origin, own: Required<Origin>): boolean =>
  installation === own.installation && place === own.place
