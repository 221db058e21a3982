import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { DataFolder } from '../data-folder.ts'
import { keepWhole } from './keep.ts'

const noteSchema = z.object({ path: z.string(), at: z.string() })
export type BackupNote = z.infer<typeof noteSchema>

const notePath = ({ root }: DataFolder) => join(root, 'newest-backup.json')

/** Which backup is the newest, beside the database: it is needed when that cannot be read. */
export const noteBackup = (folder: DataFolder, note: BackupNote): Promise<void> =>
  keepWhole(notePath(folder), `${JSON.stringify(note)}\n`)

/** Null where none is known. */
export function readNote(folder: DataFolder): BackupNote | null {
  try {
    return noteSchema.parse(JSON.parse(readFileSync(notePath(folder), 'utf8')))
  } catch {
    return null
  }
}
