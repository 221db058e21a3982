import type { SplitName, SplitOptions, SplitRule } from '../../../shared/dataset.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { Label } from '../../../shared/labels.ts'
import { divide, type Unit } from './divide.ts'
import { Groups, linkEqual } from './groups.ts'

/** What a split looks at. */
export interface SplitImage {
  label: Label
  patient: string | null
  /** Near-duplicate group, as `nearDuplicateGroups` numbers them. */
  group: number
  date: string | null
  fold: number | null
}

/** Order of the shares in `divide`. */
const PARTS: SplitName[] = ['training', 'validation', 'testing']

/**
 * Side of each image. What the rule names is never on two sides:
 * - `patient`: patients and near-duplicate groups; images without a patient stay with their group,
 * - `group`: near-duplicate groups,
 * - `date`: the same units as `patient`, the newest for testing; a unit is as new as its newest image, so that nothing
 *   that a network learns from is newer than the newest image before testing begins,
 * - `random`: nothing; copies and patients leak.
 *
 * @throws GyrusError `dataset-split-impossible`
 */
export function splitImages(images: SplitImage[], { rule, validation, testing, seed }: SplitOptions): SplitName[] {
  const shares = [1 - validation - testing, validation, testing]
  if (shares.some((share) => !(share >= 0)) || !(shares[0] as number))
    impossible('the shares leave nothing for training')
  const units = unitsOf(images, rule)
  const parts = rule === 'date' ? byDate(images, units, shares) : byClass(images, units, shares, seed)
  return spread(images.length, units, parts, PARTS)
}

/**
 * Side of each image for one of the set's own folds: the fold for testing, validation drawn from the others by patient,
 * or by near-duplicate group where they have none; null for images without a fold, which take no part.
 *
 * @param validation share of the images outside the fold, in [0, 1)
 * @throws GyrusError `dataset-split-impossible`
 */
export function splitByFold(
  images: SplitImage[],
  { fold, validation, seed }: { fold: number; validation: number; seed: number },
): (SplitName | null)[] {
  if (!images.some((image) => image.fold === fold)) impossible(`no image is in fold ${fold}`)
  const rest = [...images.keys()].filter((i) => images[i]?.fold !== null && images[i]?.fold !== fold)
  if (rest.length === 0) impossible(`all images are in fold ${fold}`)
  const others = rest.map((i) => images[i] as SplitImage)
  const rule = others.some(({ patient }) => patient !== null) ? 'patient' : 'group'
  const drawn = splitImages(others, { rule, validation, testing: 0, seed })
  const splits = images.map((image): SplitName | null => (image.fold === fold ? 'testing' : null))
  for (const [at, i] of rest.entries()) splits[i] = drawn[at] as SplitName
  return splits
}

/**
 * Fold of each image, 0 … count − 1, of about equal size in every class; the rule as in `splitImages`.
 *
 * @throws GyrusError `dataset-split-impossible`
 */
export function makeFolds(
  images: SplitImage[],
  { rule, count, seed }: { rule: Exclude<SplitRule, 'date'>; count: number; seed: number },
): number[] {
  const units = unitsOf(images, rule)
  if (units.length < count) impossible(`${units.length} separate ${rule}s do not make ${count} folds`)
  const parts = byClass(images, units, new Array<number>(count).fill(1 / count), seed)
  return spread(images.length, units, parts, [...Array(count).keys()])
}

function unitsOf(images: SplitImage[], rule: SplitRule): Unit[] {
  if (rule === 'patient' && images.every(({ patient }) => patient === null)) impossible('no patient is known')
  const units = new Groups(images.length)
  if (rule !== 'random') {
    linkEqual(
      units,
      images.map(({ group }) => group),
    )
  }
  if (rule === 'patient' || rule === 'date') {
    linkEqual(
      units,
      images.map(({ patient }) => patient),
    )
  }
  return [...Map.groupBy(images.keys(), (index) => units.of(index)).values()].map((members) => ({ members }))
}

/** `divide` wants shares above 0. */
function byClass(images: SplitImage[], units: Unit[], shares: number[], seed: number): number[] {
  const used = [...shares.keys()].filter((part) => (shares[part] as number) > 0)
  const labels = images.map(({ label }) => label)
  const parts = divide(
    units,
    labels,
    used.map((part) => shares[part] as number),
    seed,
  )
  return parts.map((part) => used[part] as number)
}

/** Oldest first; all units of one day stay together. */
function byDate(images: SplitImage[], units: Unit[], shares: number[]): number[] {
  const undated = images.filter(({ date }) => date === null).length
  if (undated > 0) impossible(`${undated} of ${images.length} images have no date`)
  const dates = units.map(({ members }) =>
    members.map((index) => images[index]?.date ?? '').reduce((a, b) => (a > b ? a : b)),
  )
  const days = [...Map.groupBy(units.keys(), (unit) => dates[unit])].toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1))
  const parts = new Array<number>(units.length)
  let done = 0
  for (const [, ofDay] of days) {
    const size = ofDay.reduce((sum, unit) => sum + (units[unit]?.members.length ?? 0), 0)
    // A day belongs where its middle falls.
    const middle = (done + size / 2) / images.length
    const part = middle < (shares[0] as number) ? 0 : middle < (shares[0] as number) + (shares[1] as number) ? 1 : 2
    for (const unit of ofDay) parts[unit] = part
    done += size
  }
  return parts
}

function spread<T>(length: number, units: Unit[], parts: number[], names: T[]): T[] {
  const out = new Array<T>(length)
  for (const [unit, { members }] of units.entries()) {
    for (const index of members) out[index] = names[parts[unit] as number] as T
  }
  return out
}

function impossible(reason: string): never {
  throw new GyrusError('dataset-split-impossible', { reason })
}
