import type { KnownPacs, Pacs, PacsSettings } from '../../shared/pacs.ts'
import type { SourceRule } from '../../shared/source-rule.ts'
import type { ListenerSettings, WatchedFolder } from '../../shared/sources.ts'

export interface SourceReads {
  listenerSettings(): Promise<ListenerSettings>
  /** In the order in which they were added. */
  watchedFolders(): Promise<WatchedFolder[]>
  /** Connections to PACS, by name. */
  allPacs(): Promise<KnownPacs[]>
  /** @throws GyrusError `pacs-unknown` */
  pacsById(id: string): Promise<Pacs>
  /** Of the listener or a watched folder; the one that there is at first where none was set. */
  sourceRule(id: string): Promise<SourceRule>
}

export interface PacsChange {
  id: string
  settings: PacsSettings
  /** Null takes it away; undefined leaves it. */
  secret?: string | null | undefined
}

export interface SourceStore extends SourceReads {
  /** `key`: for TLS; null takes it away, undefined leaves it. */
  setListener(settings: ListenerSettings, by: string, key?: string | null): Promise<void>
  setFolder(folder: WatchedFolder, by: string): Promise<void>
  /** Returns whether there is such a source. */
  setSourceRule(id: string, rule: SourceRule, by: string): Promise<boolean>
  /** Returns whether there was one. */
  removeFolder(id: string, by: string): Promise<boolean>
  /** @throws GyrusError `pacs-name-taken` */
  setPacs(change: PacsChange, by: string): Promise<void>
  /** Returns whether there was one. */
  removePacs(id: string, by: string): Promise<boolean>
  /** Of a PACS by its id, or of the `listener`; null where none is kept. */
  networkSecret(owner: string): Promise<string | null>
  /** For a record that was made of another one, which takes what comes. */
  switchSourcesOff(by: string): Promise<void>
  /** Of these looks at files of a watched folder those that are done. */
  doneLooks(source: string, looks: string[]): Promise<string[]>
  /** `passed`: the rule passed it over. */
  addLook(source: string, look: string, passed: boolean): Promise<void>
  /** The newest case of this file that is still listed and has its image; null where there is none. */
  caseOfScan(sha256: string): Promise<string | null>
}
