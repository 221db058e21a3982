import { describe, expect, it } from 'vitest'
import { codePointOf, printable, REPLACEMENT } from '../../src/main/core/reports/printable.ts'
import { cutTo, wrap } from '../../src/main/core/reports/wrap.ts'

/** A point a character. */
const measure = (text: string) => text.length

describe('wrapping', () => {
  it.each([
    ['between words', 'aa bb cc', 5, ['aa bb', 'cc']],
    ['within a word that is too long', 'aabbcc', 4, ['aabb', 'cc']],
    ['at line breaks, empty lines kept', 'a\n\nb', 9, ['a', '', 'b']],
    ['one letter wide', 'ab', 0, ['a', 'b']],
    ['nothing', '', 5, ['']],
  ])('%s', (_, text, width, lines) => {
    expect(wrap(text, width, measure)).toEqual(lines)
  })

  it('loses nothing of a long comment', () => {
    const comment = Array.from({ length: 700 }, (_, i) => `word${i}`).join(' ')
    expect(wrap(comment, 80, measure).join(' ')).toBe(comment)
  })
})

describe('cutting', () => {
  it.each([
    ['what fits stays', 'abc', 3, 'abc'],
    ['what does not has an ellipsis', 'abcdef', 4, 'abc…'],
    ['line breaks are spaces', 'a\nb', 3, 'a b'],
  ])('%s', (_, text, width, cut) => {
    expect(cutTo(text, width, measure)).toBe(cut)
  })
})

describe('what can be printed', () => {
  const has = (codePoint: number) => codePoint < 0x3000
  it.each([
    ['é of two characters becomes one', 'e\u0301', 'é', []],
    ['a letter that the font does not have', '山a', `${REPLACEMENT}a`, ['山']],
    ['a character outside the basic plane', '😀', REPLACEMENT, ['😀']],
    ['what turns the order round', 'a\u202eb', `a${REPLACEMENT}b`, ['\u202e']],
    ['a control character', 'a\u0007', `a${REPLACEMENT}`, ['\u0007']],
    ['line breaks of all kinds', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd', []],
  ])('%s', (_, text, printed, replaced) => {
    expect(printable(text, has)).toEqual({ text: printed, replaced })
  })

  it('is named by its number where it cannot', () => {
    expect([codePointOf('山'), codePointOf('\u0007'), codePointOf('😀')]).toEqual(['U+5C71', 'U+0007', 'U+1F600'])
  })
})
