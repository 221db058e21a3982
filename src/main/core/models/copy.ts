import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { asFileError } from '../../../shared/file-errors.ts'
import { writeThrough } from '../write-through.ts'
import { type ModelFolder, readModelFile } from './folder.ts'

/** Goes along where it is there; nothing is computed from it. */
const LICENCE = 'LICENCE.txt'

export interface CopyOptions {
  /** A folder on the same disk that is not there yet; the copy is made in it and then moved. */
  staging: string
  /** Other files to write, by name. */
  extra?: Record<string, string>
  /** Called with the whole copy before it is moved to its place; what it throws undoes all. */
  check?(dir: string): Promise<void>
}

/**
 * Copies a model's files, each as its hash says, to a folder that is not there yet: all of them or none.
 *
 * @throws GyrusError `model-missing`, `model-altered`; `disk-full`, `file-unreadable`
 */
export async function copyModel(folder: ModelFolder, target: string, options: CopyOptions): Promise<void> {
  const { staging, extra = {}, check } = options
  try {
    for (const { file, sha256 } of folder.files) {
      await write(join(staging, file), await readModelFile(folder.dir, file, sha256))
    }
    const licence = await readFile(join(folder.dir, LICENCE)).catch(() => null)
    if (licence) await write(join(staging, LICENCE), licence)
    for (const [name, text] of Object.entries(extra)) await write(join(staging, name), text)
    await check?.(staging)
    await mkdir(dirname(target), { recursive: true })
    await rename(staging, target)
  } catch (error) {
    throw asFileError(error)
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

/** Files of a model may lie in folders of its own. */
async function write(path: string, content: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeThrough(path, content)
}
