import type { DatasetSource, TaskProgress } from '../../../shared/dataset.ts'
import { type Failure, toGyrusError } from '../../../shared/errors.ts'
import { decodeImage } from '../decode/index.ts'
import type { Following } from '../types.ts'
import { readImageBytes } from './bytes.ts'
import { workOnEach } from './each.ts'
import { type Fingerprint, fingerprint } from './fingerprint.ts'
import { hashFiles } from './hashes.ts'
import { readDataset } from './read.ts'
import type { LabelledImage } from './types.ts'

/** Images decoded at a time: enough for the decoder's threads to be busy while thumbnails are made. */
const DECODING = 3

/** A labelled set with its pixels seen once. `images`, `hashes` and `fingerprints` go together. */
export interface LoadedDataset {
  /** See `DatasetAudit`. */
  sha256: string
  images: LabelledImage[]
  /** SHA-256 of each file. */
  hashes: string[]
  fingerprints: Fingerprint[]
  unreadable: { file: string; failure: Failure }[]
}

/**
 * Reads a whole set; images that cannot be read are listed instead. Not so those of a frozen set whose copies were
 * altered: a set that is not what it was is not used at all.
 *
 * @throws GyrusError errors of `readDataset`, `dataset-file-altered`, `cancelled`
 */
export async function loadDataset(
  source: DatasetSource,
  { signal, onProgress }: Following<TaskProgress>,
): Promise<LoadedDataset> {
  const listed = await readDataset(source)
  const hashes = new Array<string | undefined>(listed.length)
  const found = new Array<Fingerprint | Failure>(listed.length)
  let done = 0
  await workOnEach(listed, DECODING, signal, async (image, index) => {
    try {
      const { bytes, sha256 } = await readImageBytes(image)
      hashes[index] = sha256
      found[index] = fingerprint(await decodeImage(bytes))
    } catch (error) {
      const known = toGyrusError(error)
      if (known.code === 'dataset-file-altered') throw known
      found[index] = known.toFailure()
    }
    onProgress({ stage: 'reading', done: ++done, total: listed.length })
  })
  return divide(listed, hashes, found)
}

function divide(
  listed: LabelledImage[],
  hashes: (string | undefined)[],
  found: (Fingerprint | Failure)[],
): LoadedDataset {
  const sha256 = hashOf(listed, hashes)
  const loaded: LoadedDataset = { sha256, images: [], hashes: [], fingerprints: [], unreadable: [] }
  for (const [index, image] of listed.entries()) {
    const one = found[index] as Fingerprint | Failure
    if ('code' in one) loaded.unreadable.push({ file: image.file, failure: one })
    else {
      loaded.images.push(image)
      loaded.hashes.push(hashes[index] as string)
      loaded.fingerprints.push(one)
    }
  }
  return loaded
}

/** As `sha256sum` of all files that have a hash, sorted by path, would print them. */
export function hashOf(images: readonly { file: string }[], hashes: readonly (string | undefined)[]): string {
  return hashFiles(
    images.flatMap(({ file }, i) => (hashes[i] === undefined ? [] : [{ file, sha256: hashes[i] as string }])),
  )
}
