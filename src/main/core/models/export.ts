import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { GyrusError } from '../../../shared/errors.ts'
import type { LoggedAct, Store } from '../../store/types.ts'
import { copyModel, type FolderOptions } from './copy.ts'
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
  const path = freePath(target)
  const folder = await readRegistered(await findPlace(places, id))
  const extra = { 'README.txt': readme(folder.manifest, folder.card) }
  const detail = { weights: folder.manifest.weights.sha256 }
  await copyModel(folder, path, {
    ...asRecorded(path, store, { actor, act: 'model.exported', subject: id, detail }),
    extra,
  })
  return path
}

/** @throws GyrusError `model-export-exists` */
export function freePath(target: string): string {
  const path = resolve(target)
  if (existsSync(path)) throw new GyrusError('model-export-exists', { path })
  return path
}

/** On record before it is there: no copy is given out that the record does not tell of. */
export const asRecorded = (path: string, store: Pick<Store, 'log'>, act: LoggedAct): FolderOptions => ({
  staging: `${path}.${randomUUID()}`,
  check: () => store.log(act),
})
