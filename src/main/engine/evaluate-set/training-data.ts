import type { ModelCard } from '../../../shared/model.ts'
import { hashOf, type LoadedDataset } from '../dataset/load.ts'

/**
 * Which images of a set a model was trained on, by their index, as far as its card's hash of the training data says:
 * all of the set, or the whole of its sides for training. Empty where the hash fits neither, so where the set is another
 * one, or where the training left something out.
 */
export function trainedOn(card: Pick<ModelCard, 'training'>, { images, hashes }: LoadedDataset): Set<number> {
  const all = [...images.keys()]
  const training = all.filter((index) => images[index]?.split === 'training')
  const known = all.filter((index) => images[index]?.split === 'training' || images[index]?.split === 'validation')
  const isIt = (indices: number[]) => {
    const listed = indices.map((index) => images[index] as (typeof images)[number])
    const ofListed = indices.map((index) => hashes[index])
    return indices.length > 0 && hashOf(listed, ofListed) === card.training.dataSha256
  }
  return new Set([all, known, training].find(isIt) ?? [])
}
