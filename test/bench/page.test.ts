import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { allBenches } from '../../scripts/bench/support/catalogue.ts'
import { reached, single } from '../../scripts/bench/support/contract.ts'
import { ROOT } from '../../scripts/bench/support/machine.ts'
import { numberText, renderPage, renderRows } from '../../scripts/bench/support/render.ts'
import { NONE, type Run, readResults, type Section, withSection } from '../../scripts/bench/support/results.ts'
import { trendOf } from '../../scripts/bench/support/trend.ts'

const run = (id: string): Run => ({
  id,
  machine: { cores: 2, processor: 'Some CPU', memoryGb: 8, system: 'Linux 6' },
  commit: 'abc1234',
  changed: false,
  versions: { Node: '24.0.0' },
  load: [0.1, 1],
})
const section = (of: string, more: Partial<Section> = {}): Section => ({
  run: of,
  load: [0.1, 0.5],
  seconds: 2,
  sizes: {},
  notRun: null,
  rows: [single('what it takes', 5, 's')],
  versions: {},
  remarks: [],
  ...more,
})

it('docs/bench.md is what its results give, byte for byte', async () => {
  const page = renderPage(readResults(join(ROOT, 'docs', 'bench.json')), await allBenches())
  expect(readFileSync(join(ROOT, 'docs', 'bench.md'), 'utf8')).toBe(page)
})

it('a part measured again replaces its own section, and a run goes with its last one', () => {
  const [monday, friday] = [run('2026-01-05T00:00:00.000Z'), run('2026-01-09T00:00:00.000Z')]
  const first = withSection(withSection(NONE, monday, 'aids', section(monday.id)), monday, 'dicom', section(monday.id))
  const second = withSection(first, friday, 'aids', section(friday.id))
  expect(second.runs.map(({ id }) => id)).toEqual([monday.id, friday.id])
  expect(second.sections.dicom).toBe(first.sections.dicom)
  expect(withSection(second, friday, 'dicom', section(friday.id)).runs).toEqual([friday])
})

it('figures stay where there is nothing to measure them with; where there were none, the page says why', async () => {
  const [monday, friday] = [run('2026-01-05T00:00:00.000Z'), run('2026-01-09T00:00:00.000Z')]
  const notRun = section(friday.id, { rows: [], notRun: 'there is no browser' })
  const before = withSection(NONE, monday, 'start', section(monday.id))
  expect(withSection(before, friday, 'start', notRun).sections).toEqual(before.sections)
  const page = renderPage(withSection(NONE, friday, 'start', notRun), await allBenches())
  expect(page).toContain('Run 1, 2026-01-09: not run: there is no browser.')
})

it('an aim is reached or not, and a row only where all of its aims are', () => {
  expect(reached({ of: '', value: 5, unit: 's', aim: { most: 5 } })).toBe(true)
  expect(reached({ of: '', value: 5, unit: '×', aim: { least: 6 } })).toBe(false)
  expect(reached({ of: '', value: null, unit: 's', aim: { most: 5 } })).toBeNull()
  const both = { what: 'both', figures: [5, 7].map((value, i) => ({ of: `${i}`, value, unit: 's', aim: { most: 6 } })) }
  expect(renderRows([{ ...both, figures: both.figures.map((one) => ({ ...one, unit: 's' as const })) }])).toContain(
    '| both | 5 | 7 | 0 ≤ 6 s; 1 ≤ 6 s | **no** |',
  )
})

it('rows whose figures are alike share a table, and a missing one says why', () => {
  const rows = [single('a', 1234.5, 'kB'), single('b', null, 's', { remark: 'not run: no pip' })]
  expect(renderRows(rows)).toBe(
    '| what | figure | remark |\n|---|---|---|\n| a | 1,235 kB |  |\n| b | – | not run: no pip |\n',
  )
  const two = { what: 'c', figures: [{ of: 'p50', value: 2.5, unit: 'ms' as const }] }
  expect(renderRows([...rows, two])).toContain('\n\n| what | p50, ms |\n|---|---|\n| c | 2.50 |\n')
})

it('numbers have three digits or all of those before the point', () => {
  expect([0.0123, 0.4567, 12.34, 99.9, 1234567, 0].map(numberText)).toEqual([
    ...['0.012', '0.46', '12.3', '99.9', '1,234,567', '0'],
  ])
})

it('a trend is not bent by single peaks, and none is told of a single sample', () => {
  const rising = Array.from({ length: 40 }, (_, at) => ({ at, value: 100 + 2 * at + (at % 10 === 3 ? 500 : 0) }))
  expect(trendOf(rising)?.slope).toBeCloseTo(2)
  expect(trendOf(rising)?.growth).toBeCloseTo(78)
  expect(trendOf(rising.slice(0, 1))).toBeNull()
})
