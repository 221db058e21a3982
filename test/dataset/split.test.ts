import { describe, expect, it } from 'vitest'
import { makeFolds, type SplitImage, splitByFold, splitImages } from '../../src/main/engine/dataset/split.ts'
import { SPLIT_RULES, type SplitName, type SplitRule } from '../../src/shared/dataset.ts'
import { LABELS } from '../../src/shared/labels.ts'
import { numbers } from './support.ts'

/** A set with patients of 1 to 12 images, copies inside and across patients, and no-tumour images without a patient. */
function makeSet(seed: number, patients = 120): SplitImage[] {
  const next = numbers(seed)
  const images: SplitImage[] = []
  for (let p = 0; p < patients; p++) {
    const label = LABELS[Math.floor(next() * 4)] ?? 'glioma'
    const size = 1 + Math.floor(next() * 12)
    const date = `20${String(10 + Math.floor(next() * 15))}-0${1 + Math.floor(next() * 9)}-1${Math.floor(next() * 10)}`
    for (let i = 0; i < size; i++) {
      // One in five is a copy of any earlier image, also of another patient's.
      const copied = images.length > 0 && next() < 0.2 ? images[Math.floor(next() * images.length)] : undefined
      const group = copied?.group ?? images.length
      const patient = label === 'notumor' ? null : `P${p}`
      images.push({ label, patient, group, date, fold: p % 7 === 0 ? null : p % 5 })
    }
  }
  return images
}

const share = { validation: 0.1, testing: 0.2 }

/** Values of a key that are on more than one side. */
function crossing(images: SplitImage[], sides: unknown[], key: (image: SplitImage) => unknown): unknown[] {
  const seen = new Map<unknown, Set<unknown>>()
  for (const [i, image] of images.entries()) {
    const value = key(image)
    if (value !== null && sides[i] !== null) seen.set(value, (seen.get(value) ?? new Set()).add(sides[i]))
  }
  return [...seen].filter(([, on]) => on.size > 1).map(([value]) => value)
}

const SEEDS = Array.from({ length: 20 }, (_, seed) => seed)

describe('a split', () => {
  it.for(SEEDS)('keeps together what its rule names (seed %i)', (seed) => {
    const images = makeSet(seed)
    const by = (rule: SplitRule) => splitImages(images, { rule, ...share, seed })
    for (const rule of ['patient', 'group', 'date'] as const) {
      expect(
        crossing(images, by(rule), ({ group }) => group),
        rule,
      ).toEqual([])
    }
    for (const rule of ['patient', 'date'] as const) {
      expect(
        crossing(images, by(rule), ({ patient }) => patient),
        rule,
      ).toEqual([])
    }
    // The test itself would notice.
    expect(crossing(images, by('random'), ({ group }) => group)).not.toEqual([])
    expect(crossing(images, by('group'), ({ patient }) => patient)).not.toEqual([])
  })

  it.for(SPLIT_RULES)('by %s is the same for the same seed', (rule) => {
    const images = makeSet(1)
    const first = splitImages(images, { rule, ...share, seed: 5 })
    expect(splitImages(images, { rule, ...share, seed: 5 })).toEqual(first)
    if (rule !== 'date') expect(splitImages(images, { rule, ...share, seed: 6 })).not.toEqual(first)
  })

  it.for(['group', 'random'] as const)('by %s gives every class its share', (rule) => {
    for (const seed of SEEDS) {
      const images = makeSet(seed, 400)
      const sides = splitImages(images, { rule, ...share, seed })
      for (const label of LABELS) {
        const ofLabel = [...images.keys()].filter((i) => images[i]?.label === label)
        const on = (side: SplitName) => ofLabel.filter((i) => sides[i] === side).length / ofLabel.length
        expect(Math.abs(on('testing') - 0.2)).toBeLessThan(0.03)
        expect(Math.abs(on('validation') - 0.1)).toBeLessThan(0.03)
      }
    }
  })

  it('by date tests on the newest and learns from nothing newer', () => {
    const images = makeSet(3, 400).map((image, i) => ({ ...image, group: i }))
    const sides = splitImages(images, { rule: 'date', ...share, seed: 1 })
    const dates = (side: SplitName) =>
      images
        .filter((_, i) => sides[i] === side)
        .map(({ date }) => date as string)
        .sort()
    expect(String(dates('training').at(-1)) < String(dates('validation')[0])).toBe(true)
    expect(String(dates('validation').at(-1)) < String(dates('testing')[0])).toBe(true)
    expect(dates('testing').length / images.length).toBeCloseTo(0.2, 1)
  })

  it('without validation has none', () => {
    const sides = splitImages(makeSet(2), { rule: 'group', validation: 0, testing: 0.3, seed: 1 })
    expect(new Set(sides)).toEqual(new Set(['training', 'testing']))
  })

  it('that cannot be made says why', () => {
    const images = makeSet(4).map((image) => ({ ...image, patient: null, date: null }))
    const refused =
      (rule: SplitRule, shares = share) =>
      () =>
        splitImages(images, { rule, ...shares, seed: 1 })
    expect(refused('patient')).toThrow('no patient is known')
    expect(refused('date')).toThrow('have no date')
    expect(refused('random', { validation: 0.5, testing: 0.5 })).toThrow('nothing for training')
    expect(() => splitByFold(images, { fold: 9, validation: 0.1, seed: 1 })).toThrow('no image is in fold 9')
    expect(() => makeFolds(images.slice(0, 3), { rule: 'random', count: 5, seed: 1 })).toThrow('do not make 5 folds')
  })
})

describe('folds', () => {
  it.for([0, 1, 2, 3, 4])('of the set: fold %i is for testing, images without a fold take no part', (fold) => {
    const images = makeSet(8)
    const sides = splitByFold(images, { fold, validation: 0.1, seed: 1 })
    for (const [i, image] of images.entries()) {
      expect(sides[i] === 'testing').toBe(image.fold === fold)
      expect(sides[i] === null).toBe(image.fold === null)
    }
    expect(crossing(images, sides, ({ patient }) => patient)).toEqual([])
    expect(sides.filter((side) => side === 'validation').length).toBeGreaterThan(0)
  })

  it.for(SEEDS)('that are made are of equal size and divide no group (seed %i)', (seed) => {
    const images = makeSet(seed, 300)
    const folds = makeFolds(images, { rule: 'group', count: 5, seed })
    expect(crossing(images, folds, ({ group }) => group)).toEqual([])
    for (const fold of [0, 1, 2, 3, 4]) {
      expect(Math.abs(folds.filter((one) => one === fold).length / images.length - 0.2)).toBeLessThan(0.03)
    }
  })
})
