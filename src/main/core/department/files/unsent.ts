import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { asDataFolderError } from '../../../../shared/file-errors.ts'
import { writeThrough } from '../../write-through.ts'

/** Which files lie here and are not in the store yet: an empty file each in a folder, on the disk before anybody is told. */
export class Unsent {
  readonly #dir: string
  readonly #paths: Set<string>

  constructor(dir: string) {
    this.#dir = dir
    this.#paths = new Set(existsSync(dir) ? readdirSync(dir).map(decodeURIComponent) : [])
  }

  get paths(): string[] {
    return [...this.#paths]
  }

  has(path: string): boolean {
    return this.#paths.has(path)
  }

  /** @throws GyrusError `disk-full`, `data-folder-unusable` */
  async add(path: string): Promise<void> {
    if (this.#paths.has(path)) return
    this.#paths.add(path)
    try {
      mkdirSync(this.#dir, { recursive: true, mode: 0o700 })
      await writeThrough(this.#markOf(path), '')
    } catch (error) {
      this.#paths.delete(path)
      throw asDataFolderError(error, this.#dir)
    }
  }

  async remove(path: string): Promise<void> {
    await rm(this.#markOf(path), { force: true })
    this.#paths.delete(path)
  }

  #markOf(path: string): string {
    return join(this.#dir, encodeURIComponent(path))
  }
}
