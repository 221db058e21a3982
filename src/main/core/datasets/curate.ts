import { type Decision, filesOf } from '../../../shared/curation.ts'
import type { SplitName } from '../../../shared/dataset.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { DatasetManifest, DatasetOrigin, FrozenImage } from '../../../shared/frozen-dataset.ts'
import { mergePatients } from './merge.ts'

interface Curated {
  images: FrozenImage[]
  origin: DatasetOrigin
}

/**
 * What decisions leave of a version.
 *
 * @throws GyrusError `dataset-decision-unfit` where they name what is not there, contradict each other, or change nothing
 */
export function curate(manifest: DatasetManifest, decisions: Decision[]): Curated {
  const { name, version, contentSha256, images } = manifest
  const unfit = (reason: string) => new GyrusError('dataset-decision-unfit', { set: `${name}@${version}`, reason })
  const known = new Set(images.map(({ file }) => file))
  const decided = new Set<string>()
  for (const file of decisions.flatMap(filesOf)) {
    if (!known.has(file)) throw unfit(`${file} is not in it`)
    if (decided.has(file)) throw unfit(`${file} is in two of them`)
    decided.add(file)
  }
  const dropped = new Set(decisions.flatMap(droppedBy))
  const side = new Map<string, SplitName>()
  for (const one of decisions) if (one.act === 'move') for (const file of one.files) side.set(file, one.to)
  const kept = images.filter(({ file }) => !dropped.has(file))
  if (kept.length === 0) throw unfit('no image would be left')
  const groups = decisions.flatMap((one) => (one.act === 'merge' ? [one.files] : []))
  const regrouped = mergePatients(kept, groups)
  const merged = regrouped.filter(({ patient }, i) => patient !== kept[i]?.patient).length
  const moved = kept.filter(({ file, split }) => side.has(file) && side.get(file) !== split).length
  if (dropped.size + moved + merged === 0) throw unfit('they change nothing')
  return {
    images: regrouped.map((image) => ({ ...image, split: side.get(image.file) ?? image.split })),
    origin: { kind: 'curated', version, contentSha256, dropped: dropped.size, moved, merged },
  }
}

function droppedBy(one: Decision): string[] {
  if (one.act === 'drop') return one.files
  return one.act === 'keep-one' ? one.drop : []
}
