import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { heatSchema, OUTLINE_LEVELS } from '../../../src/shared/heat.ts'
import { manifestSchema } from '../../../src/shared/model.ts'
import { ACTIVE } from '../support/shipped.ts'

const root = join(import.meta.dirname, '../../..')
const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'))
const split: { set: string; file: string; group: number; part: string }[] = read('docs/runs/heat/split.json')

interface Figure {
  value: number
  interval?: [number, number]
}
interface Row {
  way: string
  set: string
  n: number
  pointing: Figure
}

it('no patient, copy or group is on two sides', () => {
  for (const [group, members] of Map.groupBy(split, (image) => image.group))
    expect(new Set(members.map(({ part }) => part)).size, `group ${group}`).toBe(1)
  const boxes = split.filter(({ set }) => set === 'tumor-boxes')
  const measuring = boxes.filter(({ part }) => part === 'measuring').length
  expect(boxes.length).toBe(563)
  expect(Math.abs(measuring / boxes.length - 0.5)).toBeLessThan(0.02)
})

it('the figures are of the head that ships, trained as its run says', () => {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(ACTIVE, 'model.json'), 'utf8')))
  const heat = heatSchema.parse(JSON.parse(readFileSync(join(ACTIVE, 'heat.json'), 'utf8')))
  const measured = read('docs/runs/heat/measured.json')
  expect(measured.heat).toEqual(manifest.heat)
  expect(measured.weightsSha256).toBe(manifest.weights.sha256)
  const summary = read('docs/runs/heat/summary.json')
  expect(summary).toMatchObject({ data: heat.data, size: heat.size, weightsSha256: heat.weightsSha256 })
  expect(summary.levels).toEqual(heat.levels.map(({ name }) => name))
})

it('a map is outlined on the screen where it agreed best with boxes', () => {
  const { rows }: { rows: { way: string; threshold: number }[] } = read('docs/runs/heat/measured.json')
  for (const [method, level] of Object.entries(OUTLINE_LEVELS)) {
    const own = rows.filter(({ way }) => way === method)
    expect(own.length).toBeGreaterThan(0)
    for (const { threshold } of own) expect(threshold, method).toBe(level)
  }
})

it('the table in docs/model.md says what was measured', () => {
  const text = readFileSync(join(root, 'docs/model.md'), 'utf8')
  const section = text.slice(text.indexOf('## Heat maps'), text.indexOf('## Speed of training'))
  const { rows }: { rows: Row[] } = read('docs/runs/heat/measured.json')
  const percent = (share: number) => (100 * share).toFixed(1)
  for (const { way, set, n, pointing } of rows.filter(
    (row) => row.set === 'tumor-boxes' || row.set === 'other-sequences',
  )) {
    const [low = 0, high = 0] = pointing.interval ?? []
    const cell = `${percent(pointing.value)} % (${percent(low)}–${percent(high)})`
    const line = section.split('\n').find((one) => one.includes(`| ${way} | ${set} | ${n} |`))
    expect(line, `${way} on ${set}`).toContain(cell)
  }
})
