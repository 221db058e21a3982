import type { SourceRule } from '../../shared/source-rule.ts'
import type { ListenerSettings, WatchedFolder } from '../../shared/sources.ts'

export interface SourceReads {
  listenerSettings(): Promise<ListenerSettings>
  /** In the order in which they were added. */
  watchedFolders(): Promise<WatchedFolder[]>
  /** Of the listener or a watched folder; the one that there is at first where none was set. */
  sourceRule(id: string): Promise<SourceRule>
}

export interface SourceStore extends SourceReads {
  setListener(settings: ListenerSettings, by: string): Promise<void>
  setFolder(folder: WatchedFolder, by: string): Promise<void>
  /** Returns whether there is such a source. */
  setSourceRule(id: string, rule: SourceRule, by: string): Promise<boolean>
  /** Returns whether there was one. */
  removeFolder(id: string, by: string): Promise<boolean>
  /** For a record that was made of another one, which takes what comes. */
  switchSourcesOff(by: string): Promise<void>
  /** Of these looks at files of a watched folder those that are done. */
  doneLooks(source: string, looks: string[]): Promise<string[]>
  /** `passed`: the rule passed it over. */
  addLook(source: string, look: string, passed: boolean): Promise<void>
  /** The newest case of this file that is still listed and has its image; null where there is none. */
  caseOfScan(sha256: string): Promise<string | null>
}
