import type { ModelCard } from '../../../shared/model.ts'
import type { Seen } from '../../../shared/seen.ts'
import { hashOf, type LoadedDataset } from '../dataset/load.ts'
import type { Part } from './columns.ts'

/**
 * Which images of a set a model was trained on, by their index, as far as its card's hash of the training data says:
 * all of the set, or the whole of its sides for training. Null, not known, where the hash fits neither: where the set is
 * another one, or the training left something out.
 */
export function trainedOn(card: Pick<ModelCard, 'training'>, { images, hashes }: LoadedDataset): Set<number> | null {
  const all = [...images.keys()]
  const training = all.filter((index) => images[index]?.split === 'training')
  const known = all.filter((index) => images[index]?.split === 'training' || images[index]?.split === 'validation')
  const isIt = (indices: number[]) => {
    const listed = indices.map((index) => images[index] as (typeof images)[number])
    const ofListed = indices.map((index) => hashes[index])
    return indices.length > 0 && hashOf(listed, ofListed) === card.training.dataSha256
  }
  const learned = [all, known, training].find(isIt)
  return learned ? new Set(learned) : null
}

/** A part, and how many of its images the model learned from. */
export type MarkedPart = Part & { seen: Seen }

/**
 * Figures of images that a model was trained on are told, but never as if they were of new ones; nor are those of images
 * of which nobody can say. An image of a test side whose bytes lie on the side for training as well was learned from, too.
 *
 * @param hashes SHA-256 of each image of the set
 */
export function markSeen(part: Part, learned: ReadonlySet<number> | null, hashes: readonly string[]): MarkedPart {
  if (!learned) return { ...part, seen: 'not-known', splitRule: `${part.splitRule}; ${NOT_KNOWN}` }
  const { members } = part
  const n = members.filter((index) => learned.has(index)).length
  if (n > 0) {
    const which = n === members.length ? 'these images' : `${n} of these images`
    return {
      ...part,
      seen: n === members.length ? 'all' : 'some',
      relation: 'other',
      title: `${part.title} (seen in training)`,
      splitRule: `none: this model was trained on ${which}`,
    }
  }
  const bytes = new Set([...learned].map((index) => hashes[index]))
  const copies = members.filter((index) => bytes.has(hashes[index])).length
  if (copies === 0) return { ...part, seen: 'none' }
  const splitRule = `${part.splitRule}; ${copies} of these images were in its training as well, under other names`
  return { ...part, seen: copies === members.length ? 'all' : 'some', splitRule }
}

const NOT_KNOWN = 'whether this model learned from these images is not known'
