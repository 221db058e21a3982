import type { CopyCounts, DatasetAudit, Share } from '../../../shared/dataset.ts'
import type { FrozenContent } from '../../../shared/frozen-dataset.ts'
import { LABELS, type Label } from '../../../shared/labels.ts'
import type { LabelledImage } from './types.ts'

/** Counts the groups of two and more. `ids` names the group of each image. */
export function countCopies(images: LabelledImage[], ids: number[]): CopyCounts {
  const groups = members(images, ids)
  const spread = (key: (image: LabelledImage) => unknown) =>
    groups.filter((group) => new Set(group.map(key)).size > 1).length
  return {
    groups: groups.length,
    images: groups.flat().length,
    acrossSplits: spread(({ split }) => split),
    acrossClasses: spread(({ label }) => label),
    largest: Math.max(0, ...groups.map((group) => group.length)),
  }
}

/** Files of each group of two and more, largest group first. */
export function listGroups(images: LabelledImage[], ids: number[]): string[][] {
  return members(images, ids)
    .map((group) => group.map(({ file }) => file))
    .sort((a, b) => b.length - a.length)
}

function members(images: LabelledImage[], ids: number[]): LabelledImage[][] {
  const groups = Map.groupBy(images.keys(), (index) => ids[index])
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => group.map((index) => images[index] as LabelledImage))
}

export function countPerClass(images: Pick<LabelledImage, 'label' | 'split'>[]): DatasetAudit['perClass'] {
  const count = (label: Label) => {
    const ofLabel = images.filter((image) => image.label === label)
    const on = (split: string) => ofLabel.filter((image) => image.split === split).length
    return { images: ofLabel.length, training: on('training'), validation: on('validation'), testing: on('testing') }
  }
  return perLabel(count)
}

export function share(images: LabelledImage[], has: (image: LabelledImage) => boolean): Share {
  const n = images.filter(has).length
  return { n, of: images.length, share: images.length === 0 ? null : n / images.length }
}

export function sharePerClass(images: LabelledImage[], has: (image: LabelledImage) => boolean): Record<Label, Share> {
  return perLabel((label) =>
    share(
      images.filter((image) => image.label === label),
      has,
    ),
  )
}

/** Patients whose images have more than one value of a key; images whose key is null do not count. */
export function patientsIn<T extends { patient: string | null }>(
  images: T[],
  key: (image: T) => string | null,
): { n: number; patients: string[] } {
  const values = new Map<string, Set<string>>()
  for (const image of images) {
    const value = key(image)
    if (image.patient === null || value === null) continue
    values.set(image.patient, (values.get(image.patient) ?? new Set()).add(value))
  }
  const patients = [...values].filter(([, seen]) => seen.size > 1).map(([patient]) => patient)
  return { n: patients.length, patients: patients.sort() }
}

export function patientsOnBothSides(images: LabelledImage[]): DatasetAudit['patientsOnBothSides'] {
  const found = patientsIn(images, ({ split }) => (split === 'testing' ? 'testing' : split && 'known'))
  const both = new Set<string | null>(found.patients)
  return {
    ...found,
    testImages: images.filter(({ split, patient }) => split === 'testing' && both.has(patient)).length,
  }
}

/** How many images there are of each size in px, most frequent first, then larger ones first. */
export function countSizes(images: { width: number; height: number }[]): FrozenContent['sizes'] {
  const ofSize = Map.groupBy(images, ({ width, height }) => `${width} ${height}`)
  const sizes = [...ofSize.values()].map((same) => {
    const { width, height } = same[0] as (typeof same)[number]
    return { width, height, images: same.length }
  })
  return sizes.sort((a, b) => b.images - a.images || b.width * b.height - a.width * a.height || b.width - a.width)
}

function perLabel<T>(of: (label: Label) => T): Record<Label, T> {
  return Object.fromEntries(LABELS.map((label) => [label, of(label)])) as Record<Label, T>
}
