import type { Activation, KnownFiles } from '../../../shared/models.ts'
import type { ModelRef } from '../../engine/protocol.ts'
import type { StoredActivation } from '../../store/types.ts'
import { type ModelPlace, type ModelPlaces, placeOf } from './places.ts'

/** A model that is or was in force. */
export interface InForce {
  place: ModelPlace
  /** What the engine is to load; a folder that is not what it was then is refused. */
  ref: ModelRef
  /** Null for the shipped model before all activations. */
  activation: Activation | null
}

/** The model of the newest activation, else the shipped one. */
export function modelInForce(places: ModelPlaces, stored: StoredActivation[]): InForce {
  return inForce(places, stored.at(-1))
}

/** What a rollback puts back in force; null where nothing was before. Rolling back again goes further back. */
export function modelBefore(places: ModelPlaces, stored: StoredActivation[]): InForce | null {
  const byId = new Map(stored.map((one) => [one.activation.id, one]))
  const get = (id: number | null) => (id === null ? undefined : byId.get(id))
  const standing = effective(stored.at(-1), get)
  if (!standing) return null
  return inForce(places, effective(get(standing.activation.supersedes), get))
}

/** The activation that a rollback stands for; itself otherwise. */
function effective(
  one: StoredActivation | undefined,
  get: (id: number | null) => StoredActivation | undefined,
): StoredActivation | undefined {
  return one?.activation.kind === 'rollback' ? get(one.activation.restores) : one
}

function inForce(places: ModelPlaces, stored: StoredActivation | undefined): InForce {
  if (!stored) {
    const place = placeOf(places, 'shipped', places.defaultId)
    return { place, ref: { dir: place.dir }, activation: null }
  }
  const { activation, files } = stored
  const place = placeOf(places, originOf(files), activation.modelId)
  return { place, ref: { dir: place.dir, known: files }, activation }
}

/** What is recorded of a shipped model leaves out what a new Gyrus may describe anew. */
const originOf = ({ manifest }: KnownFiles) => (manifest === null ? 'shipped' : 'registered')
