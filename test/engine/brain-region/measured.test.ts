import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { brainBox } from '../../../src/main/engine/brain-region/crop.ts'
import { brainRegion } from '../../../src/main/engine/brain-region/index.ts'
import { pictureOf } from '../../../src/main/engine/brain-region/picture.ts'
import { decodeFile } from '../../../src/main/engine/decode/file.ts'
import { needsShared } from '../../support/needs-shared.ts'
import { shared } from '../../support/shared.ts'

const root = join(import.meta.dirname, '../../..')
const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'))
const measured: {
  date: string
  dice: { n: number; dice: number; headDice: number; recall: number; precision: number }[]
  tumours: {
    set: string
    n: number
    inside: number
    wholly: number
    crops: { margin: number; inside: number; cut: number }[]
  }[]
  testing: { n: number; found: number }
} = read('docs/runs/brain-region/measured.json')
const percent = (share: number) => `${(100 * share).toFixed(1)} %`

it('publishes what was measured', () => {
  const page = readFileSync(join(root, 'docs/brain-region.md'), 'utf8')
  expect(page).toContain(measured.date)
  expect(page).toContain(
    `Of the ${measured.testing.n} shared test images a region is found in ${measured.testing.found},`,
  )
  for (const { n, dice, headDice, recall, precision } of measured.dice) {
    const figures = [n, dice.toFixed(2), headDice.toFixed(2), percent(recall), percent(precision)]
    expect(page).toContain(`| ${figures.join(' | ')} |`)
  }
  for (const { n, inside, wholly, crops } of measured.tumours) {
    const cropped = crops.map(({ inside: share, cut }) => `${percent(share)} (${cut} cut)`)
    expect(page).toContain(`| ${[n, percent(inside), wholly, ...cropped].join(' | ')} |`)
  }
  const most = measured.tumours.map(({ n, crops }) => (crops.at(-1)?.cut ?? n) / n)
  expect(Math.max(...most)).toBeLessThan(0.01)
})

const datasets = shared('datasets')
needsShared(datasets)

it.skipIf(!datasets)('crops no tumour away with a margin of a tenth', { timeout: 120_000 }, async () => {
  const split: { set: string; file: string; part: string; box: Record<'cx' | 'cy' | 'w' | 'h', number> }[] =
    read('docs/runs/heat/split.json')
  const some = split.filter(({ part }) => part === 'measuring').filter((_, i) => i % 6 === 0)
  let [area, cut] = [0, 0]
  for (const { set, file, box } of some) {
    const picture = pictureOf(await decodeFile({ path: join(datasets ?? '', set, file) }))
    const region = brainRegion(picture)
    if (!region) continue
    const crop = brainBox(region, 0.1)
    area += (crop.width * crop.height) / region.mask.length
    const share = (from: number, length: number, start: number, size: number, all: number) => {
      const [a, b] = [Math.max(0, from) * all, Math.min(1, from + length) * all]
      return Math.max(0, Math.min(b, start + size) - Math.max(a, start)) / (b - a)
    }
    const across = share(box.cx - box.w / 2, box.w, crop.left, crop.width, picture.width)
    const down = share(box.cy - box.h / 2, box.h, crop.top, crop.height, picture.height)
    if (across * down < 0.95) cut += 1
    expect(across * down, file).toBeGreaterThan(0.75)
  }
  expect(cut).toBeLessThanOrEqual(1)
  // It crops at all.
  expect(area / some.length).toBeLessThan(0.9)
})
