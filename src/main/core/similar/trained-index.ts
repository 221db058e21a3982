import { GyrusError } from '../../../shared/errors.ts'
import { checkSimilar, hashAt, indexIdOf, type SimilarFile, unpackSimilar } from '../../../shared/similar-file.ts'
import { readModelFile, readRegistered } from '../models/folder.ts'
import type { ModelPlace } from '../models/places.ts'
import { numbersOf } from './nearest.ts'

/** The training images of a model, as its folder carries them. */
export interface TrainedIndex {
  indexId: string
  file: SimilarFile
  vectors: Float32Array
  /** Where the image of a hash is. */
  byHash: Map<string, number>
}

/** @throws GyrusError `similar-none` where it carries none; `model-missing`, `model-invalid`, `model-altered` */
export async function readTrained(place: Pick<ModelPlace, 'id' | 'dir'>): Promise<TrainedIndex> {
  const { manifest } = await readRegistered(place)
  const { similar } = manifest
  if (!similar) throw new GyrusError('similar-none', { model: place.id })
  const file = unpackSimilar(place.id, await readModelFile(place.dir, similar.file, similar.sha256))
  checkSimilar(place.id, manifest, file.header)
  const byHash = new Map(Array.from({ length: file.header.images }, (_, i) => [hashAt(file, i), i]))
  return { indexId: indexIdOf(similar), file, vectors: numbersOf(file.vectors), byHash }
}

/** By the id on record, without reading the file. @throws GyrusError `similar-none`; errors of `readRegistered` */
export async function trainedId(place: ModelPlace): Promise<string> {
  const { manifest } = await readRegistered(place)
  if (!manifest.similar) throw new GyrusError('similar-none', { model: place.id })
  return indexIdOf(manifest.similar)
}
