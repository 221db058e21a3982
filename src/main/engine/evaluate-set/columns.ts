import { GyrusError } from '../../../shared/errors.ts'
import type { ColumnKind } from '../../../shared/kept-evaluation.ts'
import type { LabelledImage } from '../dataset/types.ts'

/** A part of a set that is evaluated by itself. */
export interface Part {
  kind: 'test' | 'fold' | 'all'
  relation: ColumnKind
  title: string
  /** Which images of the set these are. */
  part: string
  /** How training and test images were kept apart. */
  splitRule: string
  /** Their indices. */
  members: number[]
}

/**
 * The parts of a set that are told side by side: its test side, that without near-copies of other sides; a fold, and that
 * without near-copies in other folds; all images where the set has neither. Parts without images are left out.
 *
 * @param copies the near-copies of each image
 * @throws GyrusError `dataset-split-impossible` where no image is in the fold
 */
export function chooseParts(
  images: Pick<LabelledImage, 'split' | 'fold'>[],
  copies: ReadonlySet<number>[],
  fold: number | undefined,
): Part[] {
  const parts = [...testParts(images, copies), ...(fold === undefined ? [] : foldParts(images, copies, fold))]
  const found = parts.filter(({ members }) => members.length > 0)
  return found.length > 0 ? found : [allOf(images)]
}

type Sided = Pick<LabelledImage, 'split' | 'fold'>

function testParts(images: Sided[], copies: ReadonlySet<number>[]): Part[] {
  const members = where(images, ({ split }) => split === 'testing')
  const known = (index: number) => images[index]?.split !== 'testing' && images[index]?.split !== null
  const clean = without(members, copies, known)
  const asItIs: Part = {
    kind: 'test',
    relation: 'as-is',
    title: 'Test split as it is',
    part: 'test side',
    splitRule: 'the set’s own split',
    members,
  }
  if (!images.some((_, index) => known(index))) return [asItIs]
  const noCopies: Part = {
    kind: 'test',
    relation: 'without-copies',
    title: 'Test split without near-copies',
    part: 'test side, without images that have a near-copy on another side',
    splitRule: 'the set’s own split, near-copies taken out',
    members: clean,
  }
  return [asItIs, noCopies]
}

function foldParts(images: Sided[], copies: ReadonlySet<number>[], fold: number): Part[] {
  const members = where(images, (image) => image.fold === fold)
  if (members.length === 0) throw new GyrusError('dataset-split-impossible', { reason: `no image is in fold ${fold}` })
  // A model for a fold learns from the other folds; images without a fold take no part.
  const known = (index: number) => images[index]?.fold !== null && images[index]?.fold !== fold
  const rule = `fold ${fold} of the table of patients; of patients that are new to models trained without it only`
  return [
    { kind: 'fold', relation: 'other', title: `Fold ${fold}`, part: `fold ${fold}`, splitRule: rule, members },
    {
      kind: 'fold',
      relation: 'other',
      title: `Fold ${fold} without near-copies`,
      part: `fold ${fold}, without images that have a near-copy in another fold`,
      splitRule: `${rule}; near-copies taken out`,
      members: without(members, copies, known),
    },
  ]
}

const allOf = (images: Sided[]): Part => ({
  kind: 'all',
  relation: 'other',
  title: 'All images',
  part: 'all images',
  splitRule: 'none: the set has no test side',
  members: [...images.keys()],
})

const where = (images: Sided[], is: (image: Sided) => boolean): number[] =>
  images.flatMap((image, index) => (is(image) ? [index] : []))

const without = (members: number[], copies: ReadonlySet<number>[], known: (index: number) => boolean): number[] =>
  members.filter((index) => ![...(copies[index] ?? [])].some(known))
