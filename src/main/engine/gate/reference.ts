import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import type { DatasetSource, TaskProgress } from '../../../shared/dataset.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { ReferenceSet } from '../../../shared/gate.ts'
import { loadDataset } from '../dataset/load.ts'
import { readDataset } from '../dataset/read.ts'
import type { LabelledImage } from '../dataset/types.ts'
import type { Following } from '../types.ts'

/**
 * Notes what a set is, so that it can be told later whether it still is the same.
 *
 * @throws GyrusError `gate-reference-unreadable` where an image cannot be read; errors of `loadDataset`
 */
export async function lockReference(
  { path }: DatasetSource,
  following: Following<TaskProgress>,
): Promise<ReferenceSet> {
  const { sha256, images, unreadable } = await loadDataset({ path }, following)
  const [first] = unreadable
  if (first) throw new GyrusError('gate-reference-unreadable', { n: unreadable.length, file: first.file })
  return { path: resolve(path), images: images.length, sha256, classesSha256: hashOfClasses(images) }
}

/** What the locked set lists. @throws GyrusError `gate-reference-altered`; errors of `readDataset` */
export async function readReference(reference: ReferenceSet): Promise<LabelledImage[]> {
  const images = await readDataset({ path: reference.path })
  if (hashOfClasses(images) !== reference.classesSha256) throw altered(reference)
  return images
}

/** `sha256`: of the files that were read just now. @throws GyrusError `gate-reference-altered` */
export function checkReference(reference: ReferenceSet, sha256: string): void {
  if (sha256 !== reference.sha256) throw altered(reference)
}

const altered = ({ path }: ReferenceSet) => new GyrusError('gate-reference-altered', { path })

function hashOfClasses(images: LabelledImage[]): string {
  const lines = images.toSorted((a, b) => (a.file < b.file ? -1 : 1)).map(({ label, file }) => `${label}  ${file}\n`)
  return createHash('sha256').update(lines.join('')).digest('hex')
}
