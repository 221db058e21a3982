import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { z } from 'zod'
import { GyrusError } from '../../../shared/errors.ts'

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

/** @throws GyrusError `model-missing`; `model-invalid` where the file is no JSON or does not fit the schema. */
export async function readJson<T>(folder: ModelFolder, file: string, schema: z.ZodType<T>): Promise<T> {
  const text = new TextDecoder().decode(await readModelFile(folder, file))
  const invalid = (reason: string) =>
    new GyrusError('model-invalid', { model: folder.model, reason: `${file}: ${reason}` })
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw invalid('not JSON')
  }
  const parsed = schema.safeParse(json)
  const issue = parsed.error?.issues[0]
  if (issue) throw invalid(`${issue.path.join('.')}: ${issue.message}`)
  return parsed.data as T
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
