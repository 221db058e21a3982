import { readdirSync, statSync } from 'node:fs'
import { GyrusError } from '../../../shared/errors.ts'
import type { DataFolder } from '../data-folder.ts'
import { readNote } from './note.ts'

/**
 * Looks at the record before it is opened: one that is damaged is told with the backup to take, and where scans lie
 * without their database no new one is begun.
 *
 * @throws GyrusError `record-damaged`, `record-vanished`
 */
export function checkRecord(folder: DataFolder, check: (file: string) => void): void {
  if (isEmptyFile(folder.database) && holdsSomething(folder)) {
    throw new GyrusError('record-vanished', { path: folder.root, ...helpOf(folder) })
  }
  try {
    check(folder.database)
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
  const quoted = (path: string) => `"${path}"`
  return {
    backup: note ? `${note.path} of ${note.at}` : 'not known here',
    command: `gyrus restore ${note ? quoted(note.path) : '<backup>'} --data-dir ${quoted(folder.root)} --replace`,
  }
}
