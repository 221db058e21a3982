import { createHash } from 'node:crypto'
import type { DatasetSource, TaskProgress } from '../../../shared/dataset.ts'
import { type Failure, GyrusError, toFailure } from '../../../shared/errors.ts'
import type { Following } from '../types.ts'
import { type Fingerprint, fingerprintFile } from './fingerprint.ts'
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

/** Reads a whole set; images that cannot be read are listed instead. Errors of `readDataset`, `cancelled`. */
export async function loadDataset(
  source: DatasetSource,
  { signal, onProgress }: Following<TaskProgress>,
): Promise<LoadedDataset> {
  const listed = await readDataset(source)
  const hashes = new Array<string | undefined>(listed.length)
  const found = new Array<Fingerprint | Failure>(listed.length)
  let next = 0
  let done = 0
  const work = async () => {
    while (next < listed.length) {
      if (signal.aborted) throw new GyrusError('cancelled')
      const index = next++
      try {
        const { sha256, fingerprint } = await fingerprintFile(listed[index]?.path as string)
        hashes[index] = sha256
        found[index] = await fingerprint
      } catch (error) {
        found[index] = toFailure(error)
      }
      onProgress({ stage: 'reading', done: ++done, total: listed.length })
    }
  }
  await Promise.all(Array.from({ length: DECODING }, work))
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
  const opened = images.map(({ file }, i) => ({ file, sha256: hashes[i] })).filter(({ sha256 }) => sha256 !== undefined)
  const total = createHash('sha256')
  for (const { file, sha256 } of opened.sort((a, b) => (a.file < b.file ? -1 : 1))) total.update(`${sha256}  ${file}\n`)
  return total.digest('hex')
}
