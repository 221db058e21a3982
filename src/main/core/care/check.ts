import { readdirSync, statSync } from 'node:fs'
import type { DatabaseCheck, DatabaseLook } from '../../../shared/backup.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { restoreCommand } from '../command-lines.ts'
import type { DataFolder } from '../data-folder.ts'
import { readNote } from './note.ts'

/**
 * Looks at the record before it is opened: one that is damaged is told with the backup to take, and where scans lie
 * without their database no new one is begun.
 *
 * @throws GyrusError `record-damaged`, `record-vanished`
 */
export function checkRecord(folder: DataFolder, check: (file: string) => DatabaseLook): DatabaseCheck {
  if (isEmptyFile(folder.database) && holdsSomething(folder)) {
    throw new GyrusError('record-vanished', { path: folder.root, ...helpOf(folder) })
  }
  try {
    return { at: new Date().toISOString(), look: check(folder.database) }
  } catch (error) {
    if (!(error instanceof GyrusError) || error.code !== 'database-corrupt') throw error
    const reason = String(error.details.reason ?? 'unknown')
    throw new GyrusError('record-damaged', { reason, ...helpOf(folder) }, { cause: error })
  }
}

/** Also where there is none. SQLite takes an empty file for a new database. */
const isEmptyFile = (file: string) => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0

function holdsSomething(folder: DataFolder): boolean {
  return readNote(folder) !== null || readdirSync(folder.scans).length > 0
}

function helpOf(folder: DataFolder): { backup: string; command: string } {
  const note = readNote(folder)
  return {
    backup: note ? `${note.path} of ${note.at}` : 'not known here',
    command: restoreCommand(note?.path ?? null, folder.root),
  }
}
