import { afterEach, expect, it } from 'vitest'
import { firstKnown, fixed, overlay, signed, speak } from '../../src/shared/language.ts'

afterEach(() => speak('en'))

it('takes the first language of a browser that there is', () => {
  expect(firstKnown(['de-AT', 'en'])).toBe('de')
  expect(firstKnown(['fr', 'EN-us', 'de'])).toBe('en')
  expect(firstKnown(['fr'])).toBe('en')
  expect(firstKnown([])).toBe('en')
})

it('writes decimals as the language does', () => {
  expect(fixed(1234.56, 1)).toBe('1234.6')
  speak('de')
  expect(fixed(1234.56, 1)).toBe('1234,6')
  expect(fixed(-0.5, 2)).toBe('-0,50')
})

it('gives what is rounded to nothing no sign', () => {
  for (const [language, nothing, less] of [
    ['en', '0.00', '−0.01'],
    ['de', '0,00', '−0,01'],
  ] as const) {
    speak(language)
    expect([fixed(-0.001, 2), fixed(-0, 2), signed(-0.004, 2), signed(0.004, 2), signed(0, 2)]).toEqual(
      Array(5).fill(nothing),
    )
    expect(signed(-0.006, 2)).toBe(less)
    expect(signed(0.006, 2)).toBe(less.replace('−', '+'))
  }
  expect(fixed(-0.4, 0)).toBe('0')
})

it('puts other texts in the place of those that are there, as deep as they go', () => {
  const inner = { one: 'one', many: ['a', 'b'] }
  const texts = { plain: 'plain', inner, count: (n: number) => `${n} cases` }
  overlay(texts, { plain: 'einfach', inner: { one: 'eins', many: ['x', 'y'] }, count: (n) => `${n} Fälle` })
  expect(texts.plain).toBe('einfach')
  expect(texts.count(2)).toBe('2 Fälle')
  // What others hold is changed with it.
  expect(inner).toEqual({ one: 'eins', many: ['x', 'y'] })
})
