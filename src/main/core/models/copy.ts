import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { asFileError } from '../../../shared/file-errors.ts'
import { writeThrough } from '../write-through.ts'
import { type ModelFolder, readModelFile } from './folder.ts'

/** Goes along where it is there; nothing is computed from it. */
export const LICENCE = 'LICENCE.txt'

export interface FolderOptions {
  /** A folder on the same disk that is not there yet; all is made in it and then moved. */
  staging: string
  /** Called with the whole folder before it is moved to its place; what it throws undoes all. */
  check?(dir: string): Promise<void>
}

export interface CopyOptions extends FolderOptions {
  /** Other files to write, by name. */
  extra?: Record<string, string>
}

/** Writes one file of a folder that is being made; files may lie in folders of its own. */
export type WriteFile = (file: string, content: Uint8Array | string) => Promise<void>

/**
 * Copies a model's files, each as its hash says, to a folder that is not there yet: all of them or none.
 *
 * @throws GyrusError `model-missing`, `model-altered`; errors of `makeFolder`
 */
export async function copyModel(
  folder: ModelFolder,
  target: string,
  { extra = {}, ...options }: CopyOptions,
): Promise<void> {
  await makeFolder(target, options, async (write) => {
    for (const { file, sha256 } of folder.files) await write(file, await readModelFile(folder.dir, file, sha256))
    const licence = await readLicence(folder)
    if (licence) await write(LICENCE, licence)
    for (const [name, text] of Object.entries(extra)) await write(name, text)
  })
}

/** Null where none came with the model. */
export const readLicence = ({ dir }: ModelFolder): Promise<Uint8Array | null> =>
  readFile(join(dir, LICENCE)).catch(() => null)

/**
 * Makes a folder that is not there yet: all that `fill` writes, or nothing.
 *
 * @throws GyrusError `disk-full`, `file-unreadable`; what `fill` and `check` throw
 */
export async function makeFolder(
  target: string,
  { staging, check }: FolderOptions,
  fill: (write: WriteFile) => Promise<void>,
): Promise<void> {
  try {
    await fill(async (file, content) => {
      const path = join(staging, file)
      await mkdir(dirname(path), { recursive: true })
      await writeThrough(path, content)
    })
    await check?.(staging)
    await mkdir(dirname(target), { recursive: true })
    await rename(staging, target)
  } catch (error) {
    throw asFileError(error)
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}
