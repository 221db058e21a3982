import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { listNotices, mayShip, NOTICES, noticesText } from '../../scripts/licences.ts'
import { type Lock, shippedPackages } from '../../scripts/shipped.ts'

const notices = listNotices()

test('everything that ships may ship', () => {
  expect(notices.filter((notice) => !mayShip(notice))).toEqual([])
})

test('THIRD_PARTY_NOTICES.md is up to date; `npm run licences` writes it', () => {
  expect(readFileSync(NOTICES, 'utf8')).toBe(noticesText(notices))
})

test.for([
  ['a', 'MIT', true],
  ['a', 'GPL-3.0-only', false],
  ['a', 'AGPL-3.0-or-later', false],
  ['a', 'LGPL-3.0-or-later', false],
  ['@img/sharp-libvips-linux-x64', 'LGPL-3.0-or-later', true],
  ['@img/sharp-win32-x64', 'Apache-2.0 AND LGPL-3.0-or-later', true],
  ['a', '(GPL-2.0-only OR MIT)', true],
  ['a', 'MIT AND GPL-2.0-only', false],
  ['a', '(MIT OR GPL-2.0-only) AND GPL-2.0-only', false],
  ['a', 'unknown', false],
] as const)('%s under %s may ship: %s', ([name, licence, answer]) => {
  expect(mayShip({ name, licence })).toBe(answer)
})

test('what ships is found through nested and optional dependencies, without development tools', () => {
  const entry = (...names: string[]) => Object.fromEntries(names.map((name) => [name, '1']))
  const lock: Lock = {
    packages: {
      '': { version: '0', dependencies: entry('a'), devDependencies: entry('tool') },
      'node_modules/a': { version: '1', dependencies: entry('b'), optionalDependencies: entry('c', 'missing') },
      'node_modules/a/node_modules/b': { version: '2', dependencies: entry('c', '@types/c') },
      'node_modules/b': { version: '1' },
      'node_modules/c': { version: '1' },
      'node_modules/@types/c': { version: '1' },
      'node_modules/tool': { version: '1' },
    },
  }
  expect(shippedPackages(lock).map(({ name, version }) => name + version)).toEqual(['a1', 'b2', 'c1'])
})
