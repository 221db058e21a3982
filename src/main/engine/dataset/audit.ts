import type { CopyPair, DatasetAudit, DatasetSource, TaskProgress } from '../../../shared/dataset.ts'
import type { Following } from '../types.ts'
import { copiesAsIs, nearDuplicateGroups } from './copies.ts'
import {
  countCopies,
  countPerClass,
  listGroups,
  patientsIn,
  patientsOnBothSides,
  share,
  sharePerClass,
} from './counts.ts'
import type { Fingerprint } from './fingerprint.ts'
import { Groups, linkEqual } from './groups.ts'
import { type LoadedDataset, loadDataset } from './load.ts'
import { trainingProblems } from './problems.ts'
import type { Similar } from './similar.ts'
import type { LabelledImage } from './types.ts'

/**
 * How far a set's test images are already known to its training images: exact copies, near-copies, patients.
 *
 * @throws GyrusError errors of `readDataset`, `cancelled`
 */
export async function auditDataset(source: DatasetSource, following: Following<TaskProgress>): Promise<DatasetAudit> {
  return (await auditLoaded(await loadDataset(source, following), following)).audit
}

/** The same for a set that was read. `near`: the near-duplicate group of each image. @throws GyrusError `cancelled` */
export async function auditLoaded(
  { sha256, images, fingerprints, unreadable }: LoadedDataset,
  following: Following<TaskProgress>,
): Promise<{ audit: DatasetAudit; near: number[] }> {
  const exact = exactGroups(fingerprints)
  const closest = new Closest(images)
  closest.addExact(exact)
  const near = await nearDuplicateGroups(fingerprints, { ...following, onPair: (pair) => closest.add(pair) })
  const asIs = new Closest(images)
  asIs.addExact(exact)
  await copiesAsIs(fingerprints, { ...following, onPair: (pair) => asIs.add(pair) })
  const testing = images.filter(({ split }) => split === 'testing')
  const hasCopy = (image: LabelledImage) => closest.has(image)
  const audit = {
    sha256,
    images: images.length,
    unreadable: { n: unreadable.length, files: unreadable },
    perClass: countPerClass(images),
    exact: countCopies(images, exact),
    near: countCopies(images, near),
    testWithNearCopy: { ...share(testing, hasCopy), perClass: sharePerClass(testing, hasCopy) },
    testWithNearCopyAsIs: share(testing, (image) => asIs.has(image)),
    patientsOnBothSides: patientsOnBothSides(images),
    patientsInTwoClasses: patientsIn(images, ({ label }) => label),
    pairs: closest.pairs(),
    groups: listGroups(images, near),
    problems: trainingProblems(images).map((problem) => problem.toFailure()),
  }
  return { audit, near }
}

function exactGroups(fingerprints: Fingerprint[]): number[] {
  const groups = new Groups(fingerprints.length)
  linkEqual(
    groups,
    fingerprints.map(({ pixels }) => pixels),
  )
  return groups.ids()
}

/** For each test image the copy on another side that is most like it. */
class Closest {
  readonly #images: LabelledImage[]
  readonly #pairs = new Map<LabelledImage, CopyPair>()

  constructor(images: LabelledImage[]) {
    this.#images = images
  }

  has(image: LabelledImage): boolean {
    return this.#pairs.has(image)
  }

  pairs(): CopyPair[] {
    return [...this.#pairs.values()].sort((a, b) => (a.file < b.file ? -1 : 1))
  }

  add({ a, b, correlation, turn }: Similar): void {
    const [first, second] = [this.#images[a] as LabelledImage, this.#images[b] as LabelledImage]
    // Rounding may lift a correlation above 1.
    const likeness = Math.min(1, correlation)
    this.#offer(first, second, likeness, turn.name)
    this.#offer(second, first, likeness, turn.undo)
  }

  /** Images without contrast have no thumbnail, but can be copies all the same. */
  addExact(groups: number[]): void {
    const known = new Map<number, LabelledImage>()
    for (const [index, image] of this.#images.entries()) {
      if (image.split !== 'testing' && image.split !== null) known.set(groups[index] as number, image)
    }
    for (const [index, image] of this.#images.entries()) {
      const copy = known.get(groups[index] as number)
      if (copy) this.#offer(image, copy, 1, 'none')
    }
  }

  #offer(image: LabelledImage, copy: LabelledImage, correlation: number, turn: string): void {
    if (image.split !== 'testing' || copy.split === 'testing' || copy.split === null) return
    const best = this.#pairs.get(image)
    if (best && best.correlation >= correlation) return
    this.#pairs.set(image, { file: image.file, copy: copy.file, correlation, turn })
  }
}
