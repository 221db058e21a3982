import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { GyrusError } from '../../../shared/errors.ts'
import type { KnownFiles } from '../../../shared/models.ts'
import type { ModelRef } from '../../engine/protocol.ts'
import type { StoredActivation } from '../../store/types.ts'
import { copyModel } from './copy.ts'
import { knownFiles, type ModelFolder, readModelFolder, verifyModelFolder } from './folder.ts'
import { listPlaces, type ModelPlace, type ModelPlaces, placeOf } from './places.ts'

export interface RegisterParts {
  places: ModelPlaces
  /** On the same disk as the registered models. */
  incoming: string
  stored: StoredActivation[]
  /** Loads a model as it would be loaded to serve. */
  check(ref: ModelRef): Promise<unknown>
  /** Puts it on record, before it is moved to its place: no model lies there that nobody is said to have brought. */
  record(folder: ModelFolder): Promise<void>
  /** Gives other workstations the folder, before the record tells of it. */
  share(id: string, dir: string): Promise<void>
}

/**
 * Takes a model folder into the registry: copied, checked as a whole by the engine, then moved to its place.
 *
 * @returns the model, and whether it is new here
 * @throws GyrusError `model-missing`, `model-altered`, `model-invalid`, `model-golden-mismatch`, `model-id-taken`,
 *   `disk-full`, what `record` throws
 */
export async function registerFolder(
  dir: string,
  parts: RegisterParts,
): Promise<{ folder: ModelFolder; added: boolean }> {
  const folder = await readModelFolder(dir)
  const { id } = folder.manifest
  const files = knownFiles(folder)
  const present = (await listPlaces(parts.places)).find((place) => place.id === id)
  const history = parts.stored.findLast(({ activation }) => activation.modelId === id)?.files
  const state = present ? await compare(present, files) : 'absent'
  if (state === 'same') return { folder, added: false }
  const taken = history ? !sameFiles(history, files) : state === 'other'
  if (taken || present?.origin === 'shipped') throw new GyrusError('model-id-taken', { model: id })
  await bringIn(folder, files, parts)
  return { folder, added: true }
}

async function bringIn(folder: ModelFolder, known: KnownFiles, parts: RegisterParts) {
  const { places, incoming, check, record, share } = parts
  const { id } = folder.manifest
  const { dir: target } = placeOf(places, 'registered', id)
  const work = join(incoming, randomUUID())
  const checkThenMakeRoom = async (dir: string) => {
    await check({ dir, known })
    await share(id, dir)
    await record(folder)
    // A spoilt one is replaced by a whole one of the same files.
    if (existsSync(target)) await rename(target, join(work, 'spoilt'))
  }
  try {
    // In a folder named by the id, by which the engine calls it.
    await copyModel(folder, target, { staging: join(work, id), check: checkThenMakeRoom })
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** How what lies there relates to what comes. */
async function compare({ dir }: ModelPlace, files: KnownFiles): Promise<'same' | 'other' | 'spoilt'> {
  try {
    const folder = await readModelFolder(dir)
    if (!sameFiles(knownFiles(folder), files)) return 'other'
    await verifyModelFolder(folder)
    return 'same'
  } catch {
    return 'spoilt'
  }
}

const sameFiles = (a: KnownFiles, b: KnownFiles): boolean =>
  a.weights === b.weights && sameOrUnknown(a.manifest, b.manifest) && sameOrUnknown(a.card, b.card)

const sameOrUnknown = (a: string | null, b: string | null) => a === null || b === null || a === b
