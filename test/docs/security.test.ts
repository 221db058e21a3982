import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT, readPage, tableBelow } from './support/markdown.ts'

const page = readPage('docs/security.md')
const isThere = (test: string) => existsSync(join(ROOT, 'test', test.replace(/^test\//, '')))

it.for([
  ['Who could do what', 20],
  ['Electron’s checklist', 20],
] as const)('below “%s” each point names what stands against it, and tests that are there', ([heading, least]) => {
  const rows = tableBelow(page, heading)
  expect(rows.length).toBeGreaterThanOrEqual(least)
  for (const cells of rows) {
    expect(
      cells.filter((cell) => cell === ''),
      cells[0],
    ).toEqual([])
    const shown = cells.at(-1) ?? ''
    if (shown === 'not tested') continue
    const tests = [...shown.matchAll(/`([^`]+)`/g)].map(([, test = '']) => test)
    expect(tests.length, cells[0]).toBeGreaterThan(0)
    expect(
      tests.filter((test) => !isThere(test)),
      cells[0],
    ).toEqual([])
  }
})

it('every test that is named anywhere on the page is there', () => {
  const named = [...page.text.matchAll(/`((?:test\/)?(?:[\w-]+\/)+[\w-]+\.test\.ts)`/g)].map(([, test = '']) => test)
  expect(named.length).toBeGreaterThan(30)
  expect(named.filter((test) => !isThere(test))).toEqual([])
})
