import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { z } from 'zod'
import { GyrusError } from '../../../shared/errors.ts'
import {
  cardSchema,
  checkCard,
  type ModelCard,
  type ModelManifest,
  manifestSchema,
  parseModelFile,
} from '../../../shared/model.ts'
import type { KnownFiles } from '../../../shared/models.ts'

/** A model's folder as it describes itself. */
export interface ModelFolder {
  dir: string
  manifest: ModelManifest
  card: ModelCard
  /** Every file with its SHA-256, relative to the folder; the first two are `model.json` and `card.json`. */
  files: { file: string; sha256: string }[]
}

/**
 * Reads what a folder says of itself; whether weights and other files are what it says, `readModelFile` tells.
 *
 * @throws GyrusError `model-missing`, `model-invalid`; `model-altered` where the card is another model's
 */
export async function readModelFolder(dir: string): Promise<ModelFolder> {
  const [manifest, card] = await Promise.all([
    describe(dir, 'model.json', manifestSchema),
    describe(dir, 'card.json', cardSchema),
  ])
  checkCard(basename(dir), manifest.value, card.value)
  const { weights, golden, calibration, inputs, heat, similar, inputGate } = manifest.value
  const optional = [calibration, inputs, heat, similar, inputGate].filter((one) => one !== undefined)
  const listed = [manifest.file, card.file, weights, ...golden.images, ...optional]
  const files = new Map(listed.map(({ file, sha256 }) => [file, sha256]))
  return {
    dir,
    manifest: manifest.value,
    card: card.value,
    files: [...files].map(([file, sha256]) => ({ file, sha256 })),
  }
}

/** The same for a folder of the registry, which is named by the model's id. */
export async function readRegistered({ id, dir }: { id: string; dir: string }): Promise<ModelFolder> {
  const folder = await readModelFolder(dir)
  if (folder.manifest.id === id) return folder
  throw new GyrusError('model-invalid', { model: id, reason: `its folder holds the model “${folder.manifest.id}”` })
}

/** @throws GyrusError `model-missing`; `model-altered` where the file does not have the SHA-256 */
export async function readModelFile(dir: string, file: string, sha256?: string): Promise<Uint8Array> {
  const model = basename(dir)
  const bytes = await readFile(join(dir, file)).catch((cause) => {
    throw new GyrusError('model-missing', { model, file }, { cause })
  })
  if (sha256 !== undefined && sha256Of(bytes) !== sha256) throw new GyrusError('model-altered', { model, file })
  return bytes
}

/** Reads all files of a model. Errors of `readModelFile`. */
export async function verifyModelFolder({ dir, files }: ModelFolder): Promise<void> {
  for (const { file, sha256 } of files) await readModelFile(dir, file, sha256)
}

/** All that the record keeps of a model that was trained or imported here. */
export function knownFiles({ manifest, files }: ModelFolder): KnownFiles {
  return { weights: manifest.weights.sha256, manifest: files[0]?.sha256 ?? null, card: files[1]?.sha256 ?? null }
}

async function describe<T>(dir: string, file: string, schema: z.ZodType<T>) {
  const bytes = await readModelFile(dir, file)
  const value = parseModelFile(basename(dir), file, new TextDecoder().decode(bytes), schema)
  return { value, file: { file, sha256: sha256Of(bytes) } }
}

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
