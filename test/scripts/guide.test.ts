import { expect, test } from 'vitest'
import { guideSource, namedAs, parseGuide, readGuide, spansIn } from '../../scripts/guide.ts'
import { german as admin } from '../../src/renderer/admin/texts.de.ts'
import { adminTexts } from '../../src/renderer/admin/texts.ts'
import { ADMIN_PLACES, BEFORE, KEYS, PLACES } from '../../src/renderer/guide/places.ts'
import { found, pieces, termsOf } from '../../src/renderer/guide/search.ts'
import { german as pacs } from '../../src/renderer/pacs/texts.de.ts'
import { german as review } from '../../src/renderer/review/page-texts.de.ts'
import { workList } from '../../src/renderer/work-list/page-texts.de.ts'
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

/** How keys are written on German keyboards. */
const GERMAN_KEYS: Record<string, string> = { Ctrl: 'Strg', Escape: 'Esc', space: 'Leertaste' }
const onGermanKeys = (code: string) =>
  Object.entries(GERMAN_KEYS).reduce((left, [key, other]) => left.replace(new RegExp(`^${key}\\b`), other), code)

/** What a part consists of, without its words: blocks with their rows, keys and commands, what it leads to. */
const shapeOf = ({ id, level, blocks }: (typeof guide)[number], code = (text: string) => text) => {
  const spans = blocks.flatMap(spansIn)
  return {
    id,
    level,
    blocks: blocks.map((block) => [
      block.kind,
      block.kind === 'table' ? [block.head, ...block.rows].map((row) => row.length) : 0,
    ]),
    codes: spans.flatMap((span) => (span.code ? [code(span.text)] : [])).sort(),
    to: spans.flatMap(({ to }) => to ?? []).sort(),
  }
}

/** Documents that it names, with their places; each names the other guide. */
const documentsIn = (markdown: string) =>
  [...markdown.matchAll(/\]\((?!#)([^)]+)\)/g)].map(([, to]) => to?.replace('user-guide.de.', 'user-guide.')).sort()

test('the German guide has the headings, links, keys and tables of the English one', () => {
  const german = readGuide('de')
  expect(german.map((part) => shapeOf(part))).toEqual(guide.map((part) => shapeOf(part, onGermanKeys)))
  expect(documentsIn(guideSource('de'))).toEqual(documentsIn(guideSource('en')))
  const titles = german.map(({ title }) => title)
  for (const title of ['Die Desktop-App', 'Befundung', 'Datenpflege']) expect(titles).toContain(title)
})

test('its parts are called as the German screens call them', () => {
  const titles = new Map(readGuide('de').map(({ id, title }) => [id, title]))
  for (const [section, place] of Object.entries(ADMIN_PLACES))
    expect(titles.get(place)).toBe(admin.titles[section as keyof typeof admin.titles])
  expect([PLACES['work-list'], PLACES.case, PLACES.pacs].map((place) => titles.get(place))).toEqual([
    workList.title,
    review.title,
    pacs.title,
  ])
})

test('a guide of other headings than the English one ends the build', () => {
  const [one, other] = ['# A\n\n## B\n\n## C', '# A\n\n## B\n\n### C'].map(parseGuide)
  expect(() => namedAs(one ?? [], other ?? [])).toThrow('part at “C” and “C”')
  expect(() => namedAs(one ?? [], (other ?? []).slice(0, 2))).toThrow('part at “C”')
})
