import type { Change, ChangeKind, Comparison } from '../../../shared/curation.ts'
import type { FrozenImage } from '../../../shared/frozen-dataset.ts'

export interface Compared {
  counts: Comparison
  changes: Record<ChangeKind, Change[]>
}

/**
 * What became of a version's images in another one. An image is the same where its content is, under the same path or,
 * where that has gone, under another one.
 */
export function compareVersions(before: FrozenImage[], after: FrozenImage[]): Compared {
  const partners = findPartners(before, after)
  const changes: Compared['changes'] = { added: [], removed: [], relabelled: [], moved: [], regrouped: [] }
  const met = new Set<FrozenImage>()
  for (const image of after) {
    const partner = partners.get(image) ?? null
    if (partner) met.add(partner)
    const change = toChange(partner, image)
    if (partner === null) changes.added.push(change)
    else {
      if (partner.label !== image.label) changes.relabelled.push(change)
      if (partner.split !== image.split) changes.moved.push(change)
      if (partner.patient !== image.patient) changes.regrouped.push(change)
    }
  }
  changes.removed = before.filter((image) => !met.has(image)).map((image) => toChange(image, null))
  const { added, removed, relabelled, moved, regrouped } = changes
  const touched = new Set([...added, ...relabelled, ...moved, ...regrouped].map(({ file }) => file))
  const counts = {
    same: after.length - touched.size,
    added: added.length,
    removed: removed.length,
    relabelled: relabelled.length,
    moved: moved.length,
    regrouped: regrouped.length,
  }
  return { counts, changes }
}

/** The image of `before` that each of `after` is, if any. */
function findPartners(before: FrozenImage[], after: FrozenImage[]): Map<FrozenImage, FrozenImage> {
  const keyOf = ({ file, sha256 }: FrozenImage) => `${sha256} ${file}`
  const known = new Map(before.map((image) => [keyOf(image), image]))
  const partners = new Map<FrozenImage, FrozenImage>()
  for (const image of after) {
    const same = known.get(keyOf(image))
    if (same) partners.set(image, same)
  }
  const met = new Set(partners.values())
  const left = Map.groupBy(
    before.filter((image) => !met.has(image)),
    ({ sha256 }) => sha256,
  )
  for (const image of after) {
    const renamed = partners.has(image) ? undefined : left.get(image.sha256)?.shift()
    if (renamed) partners.set(image, renamed)
  }
  return partners
}

function toChange(before: FrozenImage | null, after: FrozenImage | null): Change {
  const { file, sha256 } = (after ?? before) as FrozenImage
  const place = (image: FrozenImage | null) =>
    image && { label: image.label, split: image.split, patient: image.patient }
  return { file, sha256, before: place(before), after: place(after) }
}
