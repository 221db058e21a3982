import type { Action } from './keys.ts'

/** What a page can do now, in its own words and with its reader's keys: what a window's menu shows of it. */
export interface PageMenu {
  /** Whether scans may be opened there. */
  opens: boolean
  groups: { title: string; items: PageItem[] }[]
}

export interface PageItem {
  action: Action
  label: string
  /** As in keys.ts; null where none is in force. */
  key: string | null
}

/** What the shell tells a page: something of its menu was chosen, or there are paths to be taken. */
export type ShellCommand =
  | { kind: 'action'; action: Action }
  | { kind: 'open'; what: 'files' | 'folder' }
  | { kind: 'handed' }

/** A file or folder that the system, or another start of Gyrus, wants opened. */
export interface HandedPath {
  path: string
  folder: boolean
}
