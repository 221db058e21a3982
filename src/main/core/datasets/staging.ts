import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { GyrusError } from '../../../shared/errors.ts'
import { asDataFolderError } from '../../../shared/file-errors.ts'
import { looksLikeImage } from '../../../shared/formats.ts'
import { fileKey, sealed } from '../../sealed/format.ts'
import type { DataFolder } from '../data-folder.ts'

const GIGABYTE = 2 ** 30

/** What one hand-over may come to. */
export interface StagingLimits {
  files: number
  bytes: number
  fileBytes: number
}
const LIMITS: StagingLimits = { files: 100_000, bytes: 64 * GIGABYTE, fileBytes: GIGABYTE / 4 }

const MAX_PATH = 500
const MAX_DEPTH = 12
/** What Windows does not take in a name, and what no name needs. */
const STRANGE = /[\\:*?"<>|\p{Cc}]/u
/** Devices of Windows, whatever comes after the dot. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

interface Staged {
  /** What the browser called the folder. */
  name: string
  by: string
  root: string
  files: number
  bytes: number
  /** An import or survey reads it. */
  busy: number
}

/**
 * Folders that a browser hands over file by file, in `incoming/` until they are imported; what a kill leaves there goes
 * at the next start. Who handed it over, and nobody else, may use it. Where the record is encrypted, so is this.
 */
export class Staging {
  readonly #folder: DataFolder
  readonly #limits: StagingLimits
  readonly #staged = new Map<string, Staged>()

  constructor(folder: DataFolder, limits: StagingLimits = LIMITS) {
    this.#folder = folder
    this.#limits = limits
  }

  /**
   * What the same person had begun and not imported goes.
   *
   * @throws GyrusError `disk-full`, `data-folder-unusable`; where the shared folder is another one now, as `FilesMark.check`
   */
  async begin(name: string, by: string): Promise<string> {
    for (const [id, one] of this.#staged) if (one.by === by && one.busy === 0) await this.#remove(id)
    const id = randomUUID()
    const root = join(this.#folder.incoming, `staged-${id}`)
    await mkdir(root, { mode: 0o700 }).catch(async (error) => {
      await this.#folder.files.check()
      throw asDataFolderError(error, this.#folder.incoming)
    })
    this.#staged.set(id, { name, by, root, files: 0, bytes: 0, busy: 0 })
    return id
  }

  /**
   * Takes one file.
   *
   * @param path in the folder, with `/`, as the browser says
   * @throws GyrusError `dataset-staged-unknown`, `dataset-staged-path`, `dataset-staged-large`, `disk-full`,
   *   `data-folder-unusable`; those of `FilesMark.check`
   */
  async add(id: string, path: string, by: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const staged = this.#own(id, by)
    const target = join(staged.root, ...partsOf(path))
    if (staged.files >= this.#limits.files) throw tooLarge(`${this.#limits.files} files`)
    staged.files++
    const { keys, files } = this.#folder
    const counted = this.#counted(staged, bytes)
    const content = keys ? sealed(fileKey(keys.files, basename(target)), counted) : counted
    try {
      // Its folders would be made anew where the drive was.
      await files.check()
      await mkdir(dirname(target), { recursive: true, mode: 0o700 })
      await pipeline(Readable.from(content), createWriteStream(target, { flags: 'wx', mode: 0o600 }))
    } catch (error) {
      staged.files--
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw unfit(path)
      await rm(target, { force: true })
      throw error instanceof GyrusError ? error : asDataFolderError(error, this.#folder.incoming)
    }
  }

  /** Reads it; it is not removed meanwhile. @throws GyrusError `dataset-staged-unknown` */
  async use<T>(id: string, by: string, work: (staged: { root: string; name: string }) => Promise<T>): Promise<T> {
    const staged = this.#own(id, by)
    staged.busy++
    try {
      return await work(staged)
    } finally {
      staged.busy--
    }
  }

  /** Nothing where it is gone already, or is being read. */
  async discard(id: string, by: string): Promise<void> {
    const staged = this.#staged.get(id)
    if (staged?.by === by && staged.busy === 0) await this.#remove(id)
  }

  async #remove(id: string): Promise<void> {
    const root = this.#staged.get(id)?.root
    this.#staged.delete(id)
    // What cannot be removed now goes at the next start.
    if (root) await rm(root, { recursive: true, force: true }).catch(() => undefined)
  }

  /** Where it lies, and what the browser called it. @throws GyrusError `dataset-staged-unknown` */
  find(id: string, by: string): { root: string; folder: string } {
    const { root, name } = this.#own(id, by)
    return { root, folder: name }
  }

  #own(id: string, by: string): Staged {
    const staged = this.#staged.get(id)
    if (staged?.by !== by) throw new GyrusError('dataset-staged-unknown')
    return staged
  }

  async *#counted(staged: Staged, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let own = 0
    for await (const piece of bytes) {
      own += piece.length
      staged.bytes += piece.length
      if (own > this.#limits.fileBytes) throw tooLarge(`${this.#limits.fileBytes / 2 ** 20} MB a file`)
      if (staged.bytes > this.#limits.bytes) throw tooLarge(`${this.#limits.bytes / GIGABYTE} GB`)
      yield piece
    }
  }
}

/** @throws GyrusError `dataset-staged-path` for all but images and tables, by plain relative paths */
export function partsOf(path: string): string[] {
  const parts = path.split('/')
  const fits = path.length <= MAX_PATH && parts.length <= MAX_DEPTH && parts.every(isPlain)
  const name = parts.at(-1) ?? ''
  if (!fits || !(looksLikeImage(name) || /^[^.].*\.csv$/i.test(name))) throw unfit(path)
  return parts
}

const isPlain = (part: string): boolean =>
  part !== '' && !/^\.|[. ]$/.test(part) && !STRANGE.test(part) && !DEVICE.test(part) && part.isWellFormed()

const unfit = (file: string) => new GyrusError('dataset-staged-path', { file: file.slice(0, 200) })
const tooLarge = (limit: string) => new GyrusError('dataset-staged-large', { limit })
