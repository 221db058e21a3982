import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { toFailure } from '../../../shared/errors.ts'
import type { ModelDetail, ModelRow } from '../../../shared/models.ts'
import type { StoredActivation } from '../../store/types.ts'
import { type ModelFolder, readRegistered, verifyModelFolder } from './folder.ts'
import { modelInForce } from './in-force.ts'
import { findPlace, listPlaces, type ModelPlace, type ModelPlaces } from './places.ts'

/** All models with their cards; the files that these speak of are not read. */
export async function listModels(places: ModelPlaces, stored: StoredActivation[]): Promise<ModelRow[]> {
  const active = modelInForce(places, stored).place
  const found = await listPlaces(places)
  // A model in force whose folder is gone is still what answers, or rather does not.
  if (!found.some(({ dir }) => dir === active.dir)) found.push(active)
  return Promise.all(
    found.map(async (place) => {
      const { manifest: _, ...looked } = await look(place, async () => undefined)
      return { id: place.id, origin: place.origin, active: place.dir === active.dir, ...looked }
    }),
  )
}

/** One model, with all its files read. @throws GyrusError `model-unknown` */
export async function getModel(places: ModelPlaces, stored: StoredActivation[], id: string): Promise<ModelDetail> {
  const active = modelInForce(places, stored).place
  const place = id === active.id ? active : await findPlace(places, id)
  const activations = stored.map(({ activation }) => activation).filter(({ modelId }) => modelId === id)
  const looked = await look(place, verifyModelFolder)
  return {
    id,
    origin: place.origin,
    active: place.dir === active.dir,
    ...looked,
    activations: activations.toReversed(),
  }
}

/** What can be said of a folder, usable or not. */
async function look(place: ModelPlace, verify: (folder: ModelFolder) => Promise<void>) {
  try {
    const folder = await readRegistered(place)
    const { card, manifest } = folder
    const failure = await verify(folder).then(() => null, toFailure)
    const weights = await stat(join(place.dir, manifest.weights.file)).catch(() => null)
    return { card, manifest, failure, weightsBytes: weights?.size ?? null }
  } catch (error) {
    return { card: null, manifest: null, failure: toFailure(error), weightsBytes: null }
  }
}
