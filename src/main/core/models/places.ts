import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { GyrusError } from '../../../shared/errors.ts'
import { modelIdSchema } from '../../../shared/model.ts'
import type { ModelOrigin } from '../../../shared/models.ts'

/** Where models lie: one folder each, named by the model's id. */
export interface ModelPlaces {
  /** Comes with Gyrus and is never written. */
  shipped: string
  /** Trained or imported here. */
  registered: string
  /** The shipped model that is used until another one is activated. */
  defaultId: string
  /** Brings here what other workstations took in. Errors of `SharedFiles`. */
  refresh(): Promise<void>
}

export interface ModelPlace {
  id: string
  origin: ModelOrigin
  dir: string
}

export const placeOf = (places: ModelPlaces, origin: ModelOrigin, id: string): ModelPlace => ({
  id,
  origin,
  dir: join(places[origin], id),
})

/** All model folders, the shipped ones first, each by name. */
export async function listPlaces(places: ModelPlaces): Promise<ModelPlace[]> {
  await places.refresh()
  const found = await Promise.all(
    (['shipped', 'registered'] as const).map(async (origin) => {
      const entries = await readdir(places[origin], { withFileTypes: true }).catch(() => [])
      const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
      return names.sort().map((id) => placeOf(places, origin, id))
    }),
  )
  return found.flat()
}

/** Also where another workstation took it in. @throws GyrusError `model-unknown`, errors of `SharedFiles` */
export async function findPlace(places: ModelPlaces, id: string): Promise<ModelPlace> {
  // Anything else could lead out of these folders.
  const isId = modelIdSchema.safeParse(id).success
  const all = [placeOf(places, 'shipped', id), placeOf(places, 'registered', id)]
  const here = () => all.find(({ dir }) => isId && existsSync(dir))
  if (!here()) await places.refresh()
  const found = here()
  if (!found) throw new GyrusError('model-unknown', { model: id })
  return found
}
