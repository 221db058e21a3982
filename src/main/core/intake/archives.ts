import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ArchivePage, ListedFile, NamedFile } from '../../engine/types.ts'
import type { StoredFile } from '../../sealed/read.ts'
import type { EngineSupervisor } from '../engine-supervisor/index.ts'

/** ZIP files and directories of media, of which the engine alone reads a byte. */
export class Archives {
  readonly #engine: EngineSupervisor
  #turn: Promise<unknown> = Promise.resolve()

  constructor(engine: EngineSupervisor) {
    this.#engine = engine
  }

  /** The files in one, in the order of their names. @throws GyrusError why it cannot be opened; errors of the engine */
  async *list(file: StoredFile): AsyncGenerator<ListedFile> {
    for (let first: number | null = 0; first !== null; ) {
      const page: ArchivePage = await this.#engine.request('list-archive', { ...file, first })
      yield* page.files
      first = page.next
    }
  }

  /** The files that a DICOMDIR names. @throws GyrusError why it cannot be read; errors of the engine */
  named(directory: StoredFile): Promise<NamedFile[]> {
    return this.#engine.request('read-directory', directory)
  }

  /**
   * Has `work` done with what one file in it holds. One at a time, whoever asks: however many are to be opened, one is in
   * memory.
   *
   * @throws GyrusError why it cannot be read; errors of the engine and of `work`
   */
  withContent<T>(file: StoredFile, entry: string, work: (content: Uint8Array) => Promise<T>): Promise<T> {
    const done = this.#turn.then(async () => work(await this.#engine.request('read-entry', { ...file, entry })))
    this.#turn = done.catch(() => undefined)
    return done
  }
}

/** A file in an archive. */
export interface InArchive {
  /** Of the archive. */
  path: string
  /** Its path in there. */
  entry: string
}

/** Both as one path, as batches keep it. */
export const pathOf = ({ path, entry }: InArchive): string => `${path}/${entry}`

/** What it is called in its case: a name alone, `IM000001`, would tell nothing. */
export const nameInArchive = ({ path, entry }: InArchive): string => `${basename(path)}/${entry}`

/** The archive that a path leads into; null for a path of a file, also in a folder that is called like an archive. */
export async function archiveOf(path: string): Promise<InArchive | null> {
  for (const { index } of path.matchAll(/\.zip\//gi)) {
    const end = index + '.zip'.length
    const found = await stat(path.slice(0, end)).catch(() => null)
    if (found?.isFile()) return { path: path.slice(0, end), entry: path.slice(end + 1) }
  }
  return null
}
