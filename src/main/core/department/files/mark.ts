import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { GyrusError } from '../../../../shared/errors.ts'
import { asDataFolderError } from '../../../../shared/file-errors.ts'
import type { FilesPlace } from '../../../../shared/files-place.ts'
import type { Credentials } from '../../../object-store/types.ts'
import type { RecordMark, Store } from '../../../store/types.ts'
import { keepWhole } from '../../care/keep.ts'

/** In the root of the folder, or below the store's prefix. */
export const MARK = 'record.json'

const markSchema = z.object({ record: z.string() })

interface Shared {
  place: FilesPlace
  credentials: Credentials
}
type MarkStore = Pick<Store, 'recordMark' | 'recordId' | 'markFilesOnce'>

/**
 * The mark by which shared files are known to be those of a record: a drive that is not connected leaves an empty folder,
 * and another folder may be named by mistake. Both could be written to.
 */
export class FilesMark {
  readonly #shared: Shared
  #store: MarkStore | null = null
  /** Null until the files were found to be those of the record. */
  #id: string | null = null

  constructor(shared: Shared) {
    this.#shared = shared
  }

  /**
   * Marks the files where the record's were never marked, and finds them marked from then on.
   *
   * @param former a mark that may be replaced: that of the record before it was moved
   * @throws GyrusError `files-unmarked`, `files-other-record`, those of the store, of the disk and of the record
   */
  async claim(store: MarkStore, former: string | null = null): Promise<void> {
    this.#store = store
    const known = await store.recordMark()
    const id = known.id ?? (await store.recordId())
    if (!known.marked) await store.markFilesOnce(() => this.#write(id, former))
    this.#refuse(await this.#read(), { id, marked: true })
    this.#id = id
  }

  /**
   * Looks again. Whom a store answered before is asked no more: nobody disconnects a bucket.
   *
   * @throws GyrusError `files-gone` where the mark that was there is missing; else as of `claim`
   */
  async check(): Promise<void> {
    if (this.#id === null) return this.#store ? this.claim(this.#store) : undefined
    const { place } = this.#shared
    if (place.kind !== 'folder') return
    const found = await this.#read()
    // Readers are told as well: how a mark is mended is no matter of theirs.
    if (found.id === null) throw new GyrusError('files-gone', { place: place.path, reason: found.reason })
    this.#refuse(found, { id: this.#id, marked: true })
  }

  /** Whether a record could have its files there, before anything is kept. Errors as of `claim`. */
  async compare(record: RecordMark): Promise<void> {
    this.#refuse(await this.#read(), record)
  }

  async #write(id: string, former: string | null): Promise<void> {
    const found = await this.#read()
    if (found.id === id) return
    if (found.id !== former) this.#refuse(found, { id, marked: false })
    const { place } = this.#shared
    if (place.kind === 's3') await (await this.#open(place)).put(MARK, Buffer.from(textOf(id)))
    else
      await keepWhole(join(place.path, MARK), textOf(id)).catch((error) => {
        throw asDataFolderError(error, place.path)
      })
  }

  #refuse({ id: found, reason }: Found, { id, marked }: RecordMark): void {
    const { place } = this.#shared
    const shown = place.kind === 's3' ? `${place.endpoint}/${place.bucket}/${place.prefix}` : place.path
    if (found !== null && found !== id) throw new GyrusError('files-other-record', { place: shown })
    if (marked && found === null)
      throw new GyrusError('files-unmarked', { place: shown, reason, mark: textOf(id ?? '').trim() })
  }

  async #read(): Promise<Found> {
    const { place } = this.#shared
    const content =
      place.kind === 's3'
        ? await (await this.#open(place)).get(MARK)
        : await readFile(join(place.path, MARK)).catch((error: NodeJS.ErrnoException) => error)
    if (content === null) return { id: null, reason: MARK }
    if (content instanceof Error) return { id: null, reason: `${MARK}: ${content.code}` }
    return foundIn(Buffer.from(content).toString('utf8'))
  }

  async #open(place: FilesPlace & { kind: 's3' }) {
    const { openObjectStore } = await import('../../../object-store/index.ts')
    return openObjectStore(place, this.#shared.credentials)
  }
}

/** What a place says whose files it has, or why it says nothing. */
interface Found {
  id: string | null
  reason: string
}

const textOf = (record: string) => `${JSON.stringify({ record })}\n`

function foundIn(text: string): Found {
  try {
    return { id: markSchema.parse(JSON.parse(text)).record, reason: '' }
  } catch {
    return { id: null, reason: MARK }
  }
}
