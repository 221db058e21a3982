import type { TaskProgress } from '../../../shared/dataset.ts'
import type { Following } from '../types.ts'
import type { Fingerprint } from './fingerprint.ts'
import { Groups, linkEqual } from './groups.ts'
import { findSimilar, type Similar } from './similar.ts'
import { AS_IS, TURNS } from './turns.ts'

/**
 * Correlation of two cropped 24 × 24 px thumbnails above which they show the same slice, or its neighbour. On the public
 * set all 1,239 such pairs of tumour slices with known patients are of one patient each; from 0.97 to 0.98, 233 of 239
 * are. docs/leakage.md has more.
 */
export const NEAR_COPY = 0.98
/** The same for the whole image as it is, where no crop can slip by a pixel. */
export const NEAR_COPY_AS_IS = 0.999

/** What finds copies: progress, a way to stop, and optionally a listener for each pair. */
export interface CopyOptions extends Following<TaskProgress> {
  onPair?(pair: Similar): void
}

/**
 * Near-duplicate group of each image: the position of the group's first member, so its own where it has no copy. Groups
 * are linked pairs: a chain of neighbouring slices is one group, which is what a split needs. Exact copies always share a
 * group, also those without contrast, which have no thumbnail.
 *
 * @throws GyrusError `cancelled`
 */
export async function nearDuplicateGroups(fingerprints: Fingerprint[], options: CopyOptions): Promise<number[]> {
  const groups = new Groups(fingerprints.length)
  linkEqual(
    groups,
    fingerprints.map(({ pixels }) => pixels),
  )
  const total = fingerprints.length
  await findSimilar(
    fingerprints.map(({ cropped }) => cropped),
    {
      above: NEAR_COPY,
      turns: TURNS,
      signal: options.signal,
      onProgress: (share) => options.onProgress({ stage: 'comparing', done: Math.round(share * total), total }),
      onSimilar: (pair) => {
        groups.link(pair.a, pair.b)
        options.onPair?.(pair)
      },
    },
  )
  return groups.ids()
}

/** Pairs that are alike as they are: not cropped, mirrored or turned. Errors of `findSimilar`. */
export async function copiesAsIs(fingerprints: Fingerprint[], options: Required<CopyOptions>): Promise<void> {
  await findSimilar(
    fingerprints.map(({ whole }) => whole),
    {
      above: NEAR_COPY_AS_IS,
      turns: AS_IS,
      signal: options.signal,
      onProgress: () => undefined,
      onSimilar: options.onPair,
    },
  )
}
