import { expect, test } from 'vitest'
import { parseSetName } from '../../src/shared/frozen-dataset.ts'

test.for([
  ['brain', { name: 'brain', version: null }],
  ['brain-mri.2026_b', { name: 'brain-mri.2026_b', version: null }],
  ['brain@12', { name: 'brain', version: 12 }],
  ['7t@1', { name: '7t', version: 1 }],
  // Not names: they would be other folders on another machine, or lead out of the data folder.
  ['Brain', null],
  ['brain@0', null],
  ['brain@01', null],
  ['brain@', null],
  ['brain@x', null],
  ['files', null],
  ['files@1', null],
  ['con', null],
  ['com1.set', null],
  ['', null],
  ['.', null],
  ['..', null],
  ['a..b', null],
  ['a.', null],
  ['-a', null],
  ['a/b', null],
  ['./a', null],
  ['a\\b', null],
  ['a b', null],
  ['größe', null],
  ['x'.repeat(65), null],
] as const)('%s names %o', ([text, expected]) => {
  expect(parseSetName(text)).toEqual(expected)
})
