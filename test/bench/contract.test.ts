import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { allBenches, FOLDER, NAMES } from '../../scripts/bench/support/catalogue.ts'
import { AREAS } from '../../scripts/bench/support/contract.ts'

const benches = await allBenches()

it('every file of the folder is a bench of its name, and every bench a file', () => {
  const files = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isFile())
  expect(files.map(({ name }) => name).sort()).toEqual(NAMES.map((name) => `${name}.ts`).sort())
  expect(benches.map(({ name }) => name)).toEqual([...NAMES])
})

it.each(benches)('$name says what it answers, where it belongs and what it takes', (bench) => {
  expect(Object.keys(AREAS)).toContain(bench.area)
  expect(bench.title).not.toBe('')
  expect(bench.question).toMatch(/\?$/)
  expect(bench.minutes).toBeGreaterThan(0)
  for (const [name, { what, usual, small }] of Object.entries(bench.sizes)) {
    expect(name).toMatch(/^[a-z][a-z-]*$/)
    expect(what).not.toBe('')
    expect(small).toBeGreaterThan(0)
    expect(small).toBeLessThanOrEqual(usual)
  }
})

it('no two benches have the same title: each is an anchor of the page', () => {
  expect(new Set(benches.map(({ title }) => title)).size).toBe(benches.length)
})

it('all of them together take about an hour', () => {
  expect(benches.reduce((sum, { minutes }) => sum + minutes, 0)).toBeLessThanOrEqual(65)
})
