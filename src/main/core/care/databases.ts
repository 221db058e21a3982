import type { CopyFollowing, ReadStore, Store } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'

/** What opens an encrypted database; null for one in clear. */
type Key = Uint8Array | null

/** What the care of data does with database files; the store's, given by whoever puts the core together. */
export interface Databases {
  /** As `copyDatabase` of the store. */
  copy(source: string, target: string, following: CopyFollowing, key?: Key): Promise<void>
  /** Opens and brings up to date. */
  open(file: string, key?: Key): Promise<Store>
  read(file: string, key?: Key): ReadStore
  /** As `copy`, with the copy under another key, or in clear. */
  rekeyed(source: string, target: string, keys: { from: Key; to: Key }, following: CopyFollowing): Promise<void>
  /** A copy of a database in clear that is encrypted from its first page on; nobody writes to the source. */
  sealed(source: string, target: string, key: Uint8Array): Promise<void>
  /** Rows of each table of a database that nobody writes to. */
  counts(file: string, key: Key): Record<string, number>
  /** One process a folder. @throws GyrusError `data-folder-in-use` */
  lock(folder: string): { release(): void }
}

/** What backups work with. */
export interface BackupParts {
  version: string
  folder: DataFolder
  store: Store
  databases: Databases
}
