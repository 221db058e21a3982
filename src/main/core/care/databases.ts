import type { CopyFollowing, ReadStore, Store } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'

/** What the care of data does with database files; the store's, given by whoever puts the core together. */
export interface Databases {
  /** As `copyDatabase` of the store. */
  copy(source: string, target: string, following: CopyFollowing): Promise<void>
  /** Opens and brings up to date. */
  open(file: string): Promise<Store>
  read(file: string): ReadStore
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
