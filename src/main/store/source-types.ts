import type { ListenerSettings, WatchedFolder } from '../../shared/sources.ts'

export interface SourceReads {
  listenerSettings(): Promise<ListenerSettings>
  /** In the order in which they were added. */
  watchedFolders(): Promise<WatchedFolder[]>
}

export interface SourceStore extends SourceReads {
  setListener(settings: ListenerSettings, by: string): Promise<void>
  setFolder(folder: WatchedFolder, by: string): Promise<void>
  /** Returns whether there was one. */
  removeFolder(id: string, by: string): Promise<boolean>
  /** For a record that was made of another one, which takes what comes. */
  switchSourcesOff(by: string): Promise<void>
  /** Of these looks at files of a watched folder those that are done. */
  doneLooks(source: string, looks: string[]): Promise<string[]>
  addLook(source: string, look: string): Promise<void>
  /** The newest case of this file that is still listed and has its image; null where there is none. */
  caseOfScan(sha256: string): Promise<string | null>
}
