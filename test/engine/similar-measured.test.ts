import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const at = (path: string) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8')
const page = at('docs/similar.md').replaceAll('**', '')
const measured = JSON.parse(at('docs/runs/similar/measured.json')) as {
  n: number
  wrong: number
  strangers: number
  training: number
  reductions: { components: number; recall: number; sameLabel: number; majority: number }[]
  ways: { of: string; byDisagreeing: { disagreeing: number; n: number; wrong: number }[] }[]
  onlyWithPictures: { sameLabel: number }
}
const percent = (share: number) => `${share === 1 ? '100' : (100 * share).toFixed(1)} %`

test('the page says what was measured of the reduction', () => {
  for (const { components, recall, sameLabel, majority } of measured.reductions)
    expect(page).toContain(
      `| ${components.toLocaleString('en')} | ${percent(recall)} | ${percent(sameLabel)} | ${percent(majority)} |`,
    )
})

test('the page says what was measured of neighbours that disagree', () => {
  for (const { of, byDisagreeing } of measured.ways)
    expect(page).toContain(`| ${of} | ${byDisagreeing.map(({ n, wrong }) => `${wrong} / ${n}`).join(' | ')} |`)
  const shown = measured.ways[0]?.byDisagreeing ?? []
  const from = (least: number) => {
    const rows = shown.filter(({ disagreeing }) => disagreeing >= least)
    return [rows.reduce((sum, { n }) => sum + n, 0), rows.reduce((sum, { wrong }) => sum + wrong, 0)]
  }
  expect([from(3), from(1)]).toEqual([
    [3, 1],
    [12, 7],
  ])
  const { n, wrong, strangers, training, onlyWithPictures } = measured
  expect([n, wrong, strangers, training]).toEqual([596, 13, 39, 5391])
  expect(Math.round(100 * onlyWithPictures.sameLabel)).toBe(67)
})
