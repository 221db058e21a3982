import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import type { TaskProgress } from '../../../shared/dataset.ts'
import { GyrusError, toGyrusError } from '../../../shared/errors.ts'
import type { ReferenceSet, ReferenceSource } from '../../../shared/gate.ts'
import { readImageBytes } from '../dataset/bytes.ts'
import { hashOf } from '../dataset/load.ts'
import { readDataset } from '../dataset/read.ts'
import type { LabelledImage } from '../dataset/types.ts'
import { decodeImage } from '../decode/index.ts'
import type { Following } from '../types.ts'

/**
 * Notes what a set is, so that it can be told later whether it still is the same.
 *
 * @throws GyrusError `gate-reference-unreadable` where an image cannot be read; `dataset-file-altered`; errors of
 *   `readSide`; `cancelled`
 */
export async function lockReference(
  source: ReferenceSource,
  { signal, onProgress }: Following<TaskProgress>,
): Promise<ReferenceSet> {
  const images = await readSide(source)
  const hashes: string[] = []
  const unreadable: string[] = []
  for (const [i, image] of images.entries()) {
    if (signal.aborted) throw new GyrusError('cancelled')
    const sha256 = await hashIfReadable(image)
    if (sha256 === null) unreadable.push(image.file)
    else hashes.push(sha256)
    onProgress({ stage: 'reading', done: i + 1, total: images.length })
  }
  const [first] = unreadable
  if (first !== undefined) throw new GyrusError('gate-reference-unreadable', { n: unreadable.length, file: first })
  const { split } = source
  const sha256 = hashOf(images, hashes)
  return { path: resolve(source.path), split, images: images.length, sha256, classesSha256: hashOfClasses(images) }
}

/** @throws GyrusError `dataset-file-altered`: a frozen set that is not what it was is not locked as it is now */
async function hashIfReadable(image: LabelledImage): Promise<string | null> {
  try {
    const { bytes, sha256 } = await readImageBytes(image)
    await decodeImage(bytes)
    return sha256
  } catch (error) {
    if (toGyrusError(error).code === 'dataset-file-altered') throw error
    return null
  }
}

/** What the locked set lists. @throws GyrusError `gate-reference-altered`; errors of `readSide` */
export async function readReference(reference: ReferenceSet): Promise<LabelledImage[]> {
  const images = await readSide(reference)
  if (hashOfClasses(images) !== reference.classesSha256) throw altered(reference)
  return images
}

/** @throws GyrusError errors of `readDataset`; `dataset-split-impossible` where no image is on the side */
async function readSide({ path, split }: ReferenceSource): Promise<LabelledImage[]> {
  const images = (await readDataset({ path })).filter((image) => split === null || image.split === split)
  if (images.length > 0) return images
  throw new GyrusError('dataset-split-impossible', { reason: `no image is for ${split ?? 'judging'}` })
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
