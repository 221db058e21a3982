import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { GyrusError } from '../../../shared/errors.ts'
import type { Store } from '../../store/types.ts'
import { copyModel } from './copy.ts'
import { readRegistered } from './folder.ts'
import { findPlace, type ModelPlaces } from './places.ts'
import { readme } from './readme.ts'

/**
 * A copy of a model's folder for use elsewhere, with a `README.txt` on how to run it.
 *
 * @param target a folder that is not there yet
 * @throws GyrusError `model-unknown`, `model-export-exists`; errors of `copyModel`
 */
export async function exportModel(
  { places, store }: { places: ModelPlaces; store: Pick<Store, 'log'> },
  id: string,
  target: string,
  actor: string,
): Promise<string> {
  const path = resolve(target)
  if (existsSync(path)) throw new GyrusError('model-export-exists', { path })
  const folder = await readRegistered(findPlace(places, id))
  const extra = { 'README.txt': readme(folder.manifest, folder.card) }
  // Before it is there: no copy is given out that the record does not tell of.
  const record = () =>
    store.log({ actor, act: 'model.exported', subject: id, detail: { weights: folder.manifest.weights.sha256 } })
  await copyModel(folder, path, { staging: `${path}.${randomUUID()}`, extra, check: record })
  return path
}
