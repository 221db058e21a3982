import { expect, test } from 'vitest'
import { parseGuide, readGuide } from '../../scripts/guide.ts'
import { adminTexts } from '../../src/renderer/admin/texts.ts'
import { ADMIN_PLACES, BEFORE, KEYS, PLACES } from '../../src/renderer/guide/places.ts'
import { found, pieces, termsOf } from '../../src/renderer/guide/search.ts'
import { ACTIONS, fixedKeys } from '../../src/shared/keys.ts'

const guide = readGuide()
const ids = guide.map(({ id }) => id)
const words = JSON.stringify(guide)

test('every screen has its part in the guide', () => {
  const places = [...Object.values(PLACES), ...Object.values(ADMIN_PLACES), BEFORE, KEYS]
  expect(places.filter((place) => !ids.includes(place))).toEqual([])
})

test('every section of the admin panel has a place of its own', () => {
  const sections = Object.keys(adminTexts.titles)
  expect(Object.keys(ADMIN_PLACES)).toEqual(sections)
  expect(new Set(Object.values(ADMIN_PLACES)).size).toBe(sections.length)
})

test('the radiologist’s part is before the administrator’s', () => {
  const order = guide.filter(({ level }) => level === 2).map(({ id }) => id)
  expect(order).toEqual(['the-first-day', 'radiologist', 'administrator', 'auditor', 'when-something-is-wrong'])
  expect(ids.indexOf('review')).toBeLessThan(ids.indexOf('administrator'))
  expect(ids.indexOf('training')).toBeGreaterThan(ids.indexOf('administrator'))
})

test('it tells of the keys that the screens have', () => {
  expect(fixedKeys('guide')).toEqual(['f1'])
  const told = (['heat', 'outline', 'asymmetry', 'suspicious', 'compare', 'what-if', 'classify'] as const).map(
    (action) => ACTIONS[action].key,
  )
  expect(told.filter((key) => !words.includes(`{"code":true,"text":"${key}"}`))).toEqual([])
})

test('what it says is words and what they are', () => {
  const [, part] = parseGuide(
    '# A\n\n## What if…\n\n**Bold & *both*** and `<b>`\\* [in](#a), [out](x.md#y), a\nline\n\n- one\n- two',
  )
  expect(part).toEqual({
    id: 'what-if',
    title: 'What if…',
    level: 2,
    blocks: [
      {
        kind: 'paragraph',
        spans: [
          { strong: true, text: 'Bold & ' },
          { strong: true, em: true, text: 'both' },
          { text: ' and ' },
          { code: true, text: '<b>' },
          { text: '*' },
          { text: ' ' },
          { to: 'a', text: 'in' },
          { text: ', ' },
          { text: 'out' },
          { text: ', a line' },
        ],
      },
      { kind: 'list', ordered: false, items: [[{ text: 'one' }], [{ text: 'two' }]] },
    ],
  })
})

test.each([
  ['HTML', '# A\n\n<script>alert(1)</script>'],
  ['HTML within a line', '# A\n\na <img src=x onerror=alert(1)> b'],
  ['a picture', '# A\n\n![scan](scan.png)'],
  ['a block of code', '# A\n\n```\nrm\n```'],
])('%s ends the build instead of being shown', (_, markdown) => {
  expect(() => parseGuide(markdown)).toThrow('The app cannot show this')
})

test('a link to a part that is not there, and a heading twice, end the build', () => {
  expect(() => parseGuide('# A\n\n[b](#b)')).toThrow('#b')
  expect(() => parseGuide('# A\n\n## B\n\n## B')).toThrow('two headings “b”')
})

test('the search finds the parts that have every word, and marks each', () => {
  const hits = found(guide, termsOf('Mirror outline ASYMMETRY'))
  expect(hits).toEqual([])
  expect(found(guide, termsOf('outline asymmetry index')).map(({ id }) => id)).toEqual(['brain-and-sides'])
  expect(found(guide, termsOf('x'))).toHaveLength(guide.length)
  expect(pieces('Slices (of a slice)', termsOf('slice slices (of'))).toEqual([
    '',
    'Slices',
    ' ',
    '(of',
    ' a ',
    'slice',
    ')',
  ])
})
