import type { TaskProgress } from '../../../shared/dataset.ts'
import type { Following } from '../types.ts'
import { nearDuplicateGroups } from './copies.ts'
import type { Fingerprint } from './fingerprint.ts'
import { Groups, linkEqual } from './groups.ts'
import type { LabelledImage } from './types.ts'

/** How the images of a set, by their index, depend on each other. */
export interface Neighbours {
  /** The exact and near-copies of each image. */
  copies: Set<number>[]
  /** Near-duplicate group of each image. */
  groups: number[]
  /** Images that share a patient or a near-duplicate group, also over others, share a unit: what intervals draw. */
  units: number[]
}

/** Compares all images of a set with each other. @throws GyrusError `cancelled` */
export async function findNeighbours(
  images: Pick<LabelledImage, 'patient'>[],
  fingerprints: Fingerprint[],
  following: Following<TaskProgress>,
): Promise<Neighbours> {
  const copies = images.map(() => new Set<number>())
  const link = (a: number, b: number) => {
    copies[a]?.add(b)
    copies[b]?.add(a)
  }
  const groups = await nearDuplicateGroups(fingerprints, { ...following, onPair: ({ a, b }) => link(a, b) })
  // Images without contrast have no thumbnail, but can be copies all the same.
  for (const same of Map.groupBy(fingerprints.keys(), (index) => fingerprints[index]?.pixels).values()) {
    for (const a of same) for (const b of same) if (a < b) link(a, b)
  }
  return { copies, groups, units: unitsOf(images, groups) }
}

function unitsOf(images: Pick<LabelledImage, 'patient'>[], groups: number[]): number[] {
  const units = new Groups(images.length)
  linkEqual(units, groups)
  linkEqual(
    units,
    images.map(({ patient }) => patient),
  )
  return units.ids()
}
