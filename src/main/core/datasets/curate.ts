import { type Decision, filesOf } from '../../../shared/curation.ts'
import type { SplitName } from '../../../shared/dataset.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { DatasetManifest, DatasetOrigin, FrozenImage } from '../../../shared/frozen-dataset.ts'

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
  const dropped = new Set(
    decisions.flatMap((one) => (one.act === 'move' ? [] : one.act === 'drop' ? one.files : one.drop)),
  )
  const side = new Map<string, SplitName>()
  for (const one of decisions) if (one.act === 'move') for (const file of one.files) side.set(file, one.to)
  const kept = images.filter(({ file }) => !dropped.has(file))
  const moved = kept.filter(({ file, split }) => side.has(file) && side.get(file) !== split).length
  if (kept.length === 0) throw unfit('no image would be left')
  if (dropped.size + moved === 0) throw unfit('they change nothing')
  return {
    images: kept.map((image) => ({ ...image, split: side.get(image.file) ?? image.split })),
    origin: { kind: 'curated', version, contentSha256, dropped: dropped.size, moved },
  }
}
