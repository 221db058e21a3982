import { expect, test } from 'vitest'
import { ERRORS } from '../../src/shared/errors.ts'
import { cycles, unreached, violations } from './graph.ts'
import { ENTRIES, IMPORT_RULES } from './import-table.ts'
import { readSources } from './sources.ts'

const LONGEST = 500
const USUAL = 100

const sources = readSources('src')
const scripts = readSources('scripts')

test('each folder imports only what the table allows', () => {
  expect(violations(sources, IMPORT_RULES)).toEqual([])
})

test('no file imports itself, not even by way of others', () => {
  expect(cycles(sources)).toEqual([])
})

test('every file is reached from an entry or a script', () => {
  const roots = [...ENTRIES, ...scripts.map(({ path }) => path)]
  expect(unreached([...sources, ...scripts], roots)).toEqual([])
})

test('every entry is there', () => {
  const paths = sources.map(({ path }) => path)
  expect(ENTRIES.filter((entry) => !paths.includes(entry))).toEqual([])
})

test(`no file is longer than ${LONGEST} lines, and most are shorter than ${USUAL}`, ({ onTestFinished }) => {
  const lengths = sources.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
  const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)]
  onTestFinished(() => console.info(`${sources.length} files in src, median ${median} lines, longest ${sorted.at(-1)}`))
  expect(lengths.filter(({ lines }) => lines > LONGEST)).toEqual([])
  expect(median).toBeLessThan(USUAL)
})

test('every error of the catalogue can happen', () => {
  const text = sources
    .filter(({ path }) => !/^src\/shared\/(?:[a-z]+-)?errors\.ts$/.test(path))
    .map((source) => source.text)
    .join('\n')
  expect(Object.keys(ERRORS).filter((code) => !text.includes(`'${code}'`))).toEqual([])
})
