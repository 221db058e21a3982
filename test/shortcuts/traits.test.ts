import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { auditShortcuts } from '../../src/main/engine/shortcuts/audit-traits.ts'
import { callByTraits } from '../../src/main/engine/shortcuts/trait-calls.ts'
import { traitsOf } from '../../src/main/engine/shortcuts/traits.ts'
import type { DecodedImage } from '../../src/main/engine/types.ts'
import { LABELS } from '../../src/shared/labels.ts'
import { TRAITS, traitAuditSchema } from '../../src/shared/shortcuts.ts'
import { numbers, slice, write } from '../dataset/support.ts'
import { temporaryFolder } from '../support/cleanup.ts'

const following = { signal: new AbortController().signal, onProgress: () => undefined }

const grey = (width: number, height: number, value: (x: number, y: number) => number): DecodedImage => ({
  width,
  height,
  channels: 1,
  format: 'png',
  data: Uint8Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width))),
})

function named(image: DecodedImage, bytes = 100) {
  const row = traitsOf(image, bytes)
  return Object.fromEntries(TRAITS.map((trait, i) => [trait, row[i]]))
}

describe('traits of an image, by hand', () => {
  it('are its dark border, its greys and its file', () => {
    // 40 × 20 px, black but for 100 in columns 10–29 of rows 5–14, a quarter of it.
    const traits = named(
      grey(40, 20, (x, y) => (x >= 10 && x < 30 && y >= 5 && y < 15 ? 100 : 0)),
      400,
    )
    expect(traits).toMatchObject({
      ...{ 'border-left': 0.25, 'border-right': 0.25, 'border-top': 0.25, 'border-bottom': 0.25 },
      ...{ 'black-share': 0.75, 'white-share': 0, 'percentile-10': 0, 'percentile-50': 0, 'percentile-90': 100 / 255 },
      ...{ 'bytes-per-pixel': 0.5, jpeg: 0, colour: 0, aspect: 1 },
    })
    expect(traits.mean).toBeCloseTo(25 / 255, 6)
    // √(¼·¾)·100
    expect(traits.spread).toBeCloseTo((Math.sqrt(3) / 4) * (100 / 255), 6)
    // Two of the 101 levels from 0 to 100.
    expect(traits['grey-levels']).toBeCloseTo(2 / 101, 6)
    expect(traits.size).toBeCloseTo(Math.log2(40), 6)
  })

  it('are sharper for a chessboard than for a ramp', () => {
    const ramp = named(grey(32, 32, (x) => 4 * x)).sharpness as number
    const board = named(grey(32, 32, (x, y) => ((x + y) % 2) * 128)).sharpness as number
    // The Laplacian of a ramp is 0; that of the board ±4 · 128.
    expect(ramp).toBeCloseTo(-6, 6)
    expect(board).toBeCloseTo(Math.log10((4 * 128) ** 2 / 255 ** 2 + 1e-6), 6)
  })

  it('do not depend on the depth in which the greys are stored', () => {
    const image = grey(32, 32, (x, y) => (x * 7 + y * 3) % 256)
    const deep = { ...image, data: Uint16Array.from(image.data, (value) => value * 16) }
    const [shallow, other] = [named(image), named(deep)]
    for (const trait of ['mean', 'spread', 'black-share', 'percentile-50', 'sharpness', 'border-left'])
      expect(other[trait], trait).toBeCloseTo(shallow[trait] as number, 2)
  })
})

describe('a classifier of traits', () => {
  const images = Array.from({ length: 80 }, (_, i) => ({
    label: LABELS[i % 4] as (typeof LABELS)[number],
    patient: null,
    group: i >> 2,
    date: null,
    fold: null,
  }))
  const next = numbers(5)

  it('finds a trait that tells the classes apart, and nothing where there is none', async () => {
    const telling = images.map((_, i) => [i % 4 === 0 ? 1 : 0, i % 4 === 1 ? 1 : 0, i % 4 === 2 ? 1 : 0, next()])
    const idle = images.map(() => [next(), next(), next(), next()])
    const rightOf = async (traits: number[][]) => {
      const { probabilities } = await callByTraits(traits, images, 20)
      return probabilities.filter((row, i) => row.indexOf(Math.max(...row)) === i % 4).length / images.length
    }
    expect(await rightOf(telling)).toBe(1)
    expect(await rightOf(idle)).toBeLessThan(0.45)
  })

  it('cannot know a group of copies from its own traits', async () => {
    // Each group has one label and a number of its own: whoever has seen the group is always right.
    const grouped = images.map((image, i) => ({ ...image, label: LABELS[(i >> 2) % 4] as (typeof LABELS)[number] }))
    const traits = images.map((_, i) => Array.from({ length: 20 }, (_, g) => (g === i >> 2 ? 1 : 0)))
    const { probabilities, folds, rule } = await callByTraits(traits, grouped, 20)
    const right = probabilities.filter((row, i) => row.indexOf(Math.max(...row)) === (i >> 2) % 4).length
    expect(right / images.length).toBeLessThan(0.5)
    expect([folds, rule]).toEqual([5, 'group'])
  })
})

describe('the audit of a set', () => {
  it('sees borders that give a class away', async () => {
    const folder = temporaryFolder()
    for (let i = 0; i < 40; i++) {
      const image = slice(i).png()
      const none = i % 2 === 1
      const wide = none ? image.extend({ left: 60, right: 60, background: '#000' }) : image
      await write(folder, { [`${none ? 'no' : 'glioma'}/${i}.png`]: wide })
    }
    const audit = await auditShortcuts({ path: folder }, following)
    expect(traitAuditSchema.parse(audit)).toEqual(audit)
    expect(audit.score).toMatchObject({ n: 40, accuracy: 1, macroRecall: 1 })
    expect(audit.chance).toEqual({ accuracy: 0.5, macroRecall: 0.5 })
    expect(audit.tumourAuroc).toBe(1)
    expect(audit.single[0]?.tumourAuroc).toBe(1)
    expect(audit.single.filter(({ tumourAuroc }) => tumourAuroc === 1).map(({ trait }) => trait)).toContain(
      'border-left',
    )
    expect(audit.splitRule).toBe('5 folds by near-duplicate group')
  })

  it('is refused for one class, and where all images are copies of one', async () => {
    const [one, copies] = [temporaryFolder(), temporaryFolder()]
    for (let i = 0; i < 4; i++) {
      await write(one, { [`glioma/${i}.png`]: slice(i) })
      await write(copies, { [`${i % 2 ? 'no' : 'glioma'}/${i}.png`]: slice(1) })
    }
    await expect(auditShortcuts({ path: one }, following)).rejects.toMatchObject({ code: 'dataset-one-class' })
    await expect(auditShortcuts({ path: copies }, following)).rejects.toMatchObject({
      code: 'dataset-split-impossible',
    })
    await expect(auditShortcuts({ path: join(one, 'none') }, following)).rejects.toMatchObject({ code: 'file-missing' })
  })
})
