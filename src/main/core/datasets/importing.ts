import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { asDataFolderError } from '../../../shared/file-errors.ts'
import { datasetNameSchema } from '../../../shared/frozen-dataset.ts'
import { keepWhole } from '../care/keep.ts'
import type { DataFolder } from '../data-folder.ts'

const markSchema = z.strictObject({ name: datasetNameSchema })

/** A mark in the data folder while an import runs, by which later starts know of one that was cut short. */
export class ImportMark {
  readonly #path: string
  readonly #folder: DataFolder
  /** Name of the set whose import was cut short; null where none was. */
  readonly interrupted: string | null

  constructor(folder: DataFolder) {
    this.#folder = folder
    this.#path = join(folder.root, 'importing.json')
    this.interrupted = this.#left()
  }

  async set(name: string): Promise<void> {
    await keepWhole(this.#path, Buffer.from(JSON.stringify({ name }))).catch((error) => {
      throw asDataFolderError(error, this.#folder.root)
    })
  }

  async clear(): Promise<void> {
    await rm(this.#path, { force: true }).catch(() => undefined)
  }

  #left(): string | null {
    try {
      return markSchema.parse(JSON.parse(readFileSync(this.#path, 'utf8'))).name
    } catch {
      return null
    }
  }
}
