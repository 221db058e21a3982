import type { Fingerprint } from '../fingerprint.ts'
import type { LoadedDataset } from '../load.ts'
import type { LabelledImage } from '../types.ts'
import { type Relation, relationOf } from './relation.ts'

/** Groups that are shown, and pictures of each: enough to judge what the audit takes for copies, and no more than a page holds. */
const GROUPS = 200
const PICTURES = 12

/** A near-duplicate group that a page shows. */
export interface ShownGroup {
  /** All its images. */
  images: LabelledImage[]
  /** Those that are shown. The first one is what the others are compared with; its relation is null. */
  members: { image: LabelledImage; relation: Relation | null }[]
}

export interface ChosenGroups {
  /** The largest first. */
  groups: ShownGroup[]
  /** How many there are more. */
  left: number
}

type Known = Pick<LoadedDataset, 'images' | 'fingerprints'>

/**
 * The near-duplicate groups with images of more than one side, or under more than one label.
 *
 * @param near the near-duplicate group of each image
 */
export function chooseGroups(
  { images, fingerprints }: Known,
  near: number[],
  across: 'split' | 'label',
  limit = GROUPS,
): ChosenGroups {
  const imageAt = (index: number) => images[index] as LabelledImage
  const found = [...Map.groupBy(images.keys(), (index) => near[index]).values()]
    .filter((group) => new Set(group.map((index) => imageAt(index)[across])).size > 1)
    .sort((a, b) => b.length - a.length)
  const groups = found.slice(0, limit).map((group) => ({
    images: group.map(imageAt),
    members: related(choosePictures(group, imageAt), imageAt, fingerprints),
  }))
  return { groups, left: found.length - groups.length }
}

function related(chosen: number[], imageAt: (index: number) => LabelledImage, fingerprints: Fingerprint[]) {
  const [first = 0] = chosen
  const fingerprintOf = (index: number) => fingerprints[index] as Fingerprint
  return chosen.map((index) => ({
    image: imageAt(index),
    relation: index === first ? null : relationOf(fingerprintOf(first), fingerprintOf(index)),
  }))
}

/** In turn one of each side and label, so that all that the group spans is shown; a test image first. */
function choosePictures(group: number[], imageAt: (index: number) => LabelledImage): number[] {
  const isTest = (index: number) => (imageAt(index).split === 'testing' ? 0 : 1)
  const kinds = Map.groupBy(
    group.toSorted((a, b) => isTest(a) - isTest(b)),
    (index) => `${imageAt(index).split} ${imageAt(index).label}`,
  )
  const queues = [...kinds.values()]
  const rounds = Array.from({ length: PICTURES }, (_, round) => queues.map((queue) => queue[round]))
  return rounds
    .flat()
    .filter((index) => index !== undefined)
    .slice(0, PICTURES)
}
