import type { DatasetSource, DatasetSplit, SplitName, SplitOptions, TaskProgress } from '../../../shared/dataset.ts'
import type { Following } from '../types.ts'
import { nearDuplicateGroups } from './copies.ts'
import { loadDataset } from './load.ts'
import { splitImages } from './split.ts'

/** Splits a whole set anew, whatever sides it has. Errors of `readDataset` and `splitImages`, `cancelled`. */
export async function splitDataset(
  { source, options }: { source: DatasetSource; options: SplitOptions },
  following: Following<TaskProgress>,
): Promise<DatasetSplit> {
  const { sha256, images, fingerprints } = await loadDataset(source, following)
  const groups = await nearDuplicateGroups(fingerprints, following)
  const grouped = images.map((image, i) => ({ ...image, group: groups[i] as number }))
  const splits = splitImages(grouped, options)
  return {
    ...options,
    sha256,
    leaks: options.rule === 'random',
    images: grouped.map(({ file, label, patient, group }, i) => ({
      file,
      label,
      patient,
      group,
      split: splits[i] as SplitName,
    })),
  }
}
