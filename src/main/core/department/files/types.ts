import type { ObjectStore } from '../../../object-store/types.ts'

/** A file by its place below the shared folder, with `/`, and the SHA-256 of what it holds. */
export interface NamedFile {
  path: string
  sha256: string
}

/**
 * What a record has beside its database, as the rest of Gyrus uses it: by paths of this machine. Where all workstations
 * have one folder, there is nothing to do. Where they have a store, its files are fetched before they are read, and
 * are there before anybody is told of them.
 *
 * Methods reject with `files-unreachable` where the store does not answer for a while, with `files-refused` and
 * `files-bucket-missing`, with `files-unmarked`, `files-gone` and `files-other-record` where a folder is not the record's,
 * and where they write here with errors of the disk.
 */
export interface SharedFiles {
  /** Null where the files lie in a folder. */
  readonly store: (() => Promise<ObjectStore>) | null
  /** Whether these are the record's files: a drive may have gone meanwhile. @throws GyrusError as `FilesMark.check` */
  check(): Promise<void>
  /** Has a file here. @throws GyrusError `files-missing`, `files-altered` where the store has it no more as it was */
  have(file: NamedFile): Promise<void>
  /** The same for many, which stay until Gyrus ends. */
  haveAll(files: NamedFile[]): Promise<void>
  /** Gives others a file that was written here. */
  keep(path: string): Promise<void>
  /** The same, without waiting for a store that is away: it gets the file when it answers, before the record is told. */
  keepLater(path: string): Promise<void>
  /** The same for many that nobody removes: what is in the store is not sent again. @param below a folder that all lie in */
  keepAll(below: string, paths: string[]): Promise<void>
  /** Those that are neither here nor in the store. @param below a folder that all of them lie in */
  missing(below: string, paths: string[]): Promise<string[]>
  /** Takes files away from others; what lies here is the caller's. */
  remove(paths: string[]): Promise<void>
  /**
   * Gives others a folder, or a file, as it is now: what differs is sent. One workstation at a time may do that with a
   * folder; whoever fetches it meanwhile gets it as it was or as it is.
   *
   * @param from where it lies now; at its own place by default
   */
  push(path: string, from?: string): Promise<void>
  /** Fetches what differs of a folder, or a file, that somebody pushed. @returns whether anybody did */
  pull(path: string): Promise<boolean>
  /** The same for all folders that were pushed below this one. */
  pullAll(below: string): Promise<void>
  /** Takes a folder away from others that somebody pushed; what lies here is the caller's. */
  drop(path: string): Promise<void>
  /** Whether something waits here for a store that is away. */
  waiting(): boolean
  /** Sends what waits. */
  deliver(): Promise<void>
}
