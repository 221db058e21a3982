import type { DatabaseKey } from './sqlite.ts'

/** A database file, and what opens it. */
export interface DatabaseFile {
  file: string
  key: DatabaseKey
}

/** Where a record lies: in a file of this machine, or in the department's database. */
export type RecordPlace = DatabaseFile | 'department'
