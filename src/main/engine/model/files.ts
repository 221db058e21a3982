import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { z } from 'zod'
import { GyrusError } from '../../../shared/errors.ts'
import { parseModelFile } from '../../../shared/model.ts'

/** The files of one model's folder. */
export interface ModelFolder {
  dir: string
  /** The folder's name, by which errors call the model. */
  model: string
}

export function modelFolder(dir: string): ModelFolder {
  return { dir, model: basename(dir) }
}

/** @throws GyrusError `model-missing` where the file is not there or cannot be read. */
export async function readModelFile({ dir, model }: ModelFolder, file: string): Promise<Uint8Array> {
  try {
    return await readFile(join(dir, file))
  } catch (error) {
    throw new GyrusError('model-missing', { model, file }, { cause: error })
  }
}

/** @throws GyrusError `model-missing`; `model-altered` where the file does not have the SHA-256. */
export async function readChecked(folder: ModelFolder, file: string, sha256: string): Promise<Uint8Array> {
  const bytes = await readModelFile(folder, file)
  if (sha256Of(bytes) !== sha256) throw new GyrusError('model-altered', { model: folder.model, file })
  return bytes
}

/**
 * @param sha256 what the file must have, where that is known
 * @throws GyrusError `model-missing`; `model-altered`; `model-invalid` where it is no JSON or does not fit the schema.
 */
export async function readJson<T>(
  folder: ModelFolder,
  file: string,
  schema: z.ZodType<T>,
  sha256: string | null = null,
): Promise<T> {
  const bytes = sha256 === null ? await readModelFile(folder, file) : await readChecked(folder, file, sha256)
  return parseModelFile(folder.model, file, new TextDecoder().decode(bytes), schema)
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
