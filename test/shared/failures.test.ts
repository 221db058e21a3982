import { expect, it } from 'vitest'
import { describe, ERRORS, type ErrorCode } from '../../src/shared/errors.ts'
import { FAILURES } from '../../src/shared/errors-de/main.de.ts'
import { FAILURE_WORDS } from '../../src/shared/errors-de/words.de.ts'
import { inPageLanguage, tellFailuresIn } from '../../src/shared/failures.ts'

const CODES = Object.keys(ERRORS) as ErrorCode[]
const namesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string)

it('leaves answers as they are while the page is English', () => {
  const answer = { failure: describe('disk-full') }
  expect(inPageLanguage(answer)).toBe(answer)
})

it.each(CODES)('%s has German sentences of its own, with nothing in them that the English ones do not tell', (code) => {
  const { message, action } = ERRORS[code]
  const known = namesIn(message + action)
  expect(namesIn(FAILURES[code].join(' ')).filter((name) => !known.includes(name))).toEqual([])
  expect(namesIn(message).filter((name) => !namesIn(FAILURES[code].join(' ')).includes(name))).toEqual([])
  expect(FAILURES[code][0]).not.toBe(message)
  expect(FAILURES[code][1]).not.toBe(action)
})

it.each(CODES)('of %s all that was filled in stands in the German sentence, too', (code) => {
  tellFailuresIn(FAILURES, FAILURE_WORDS)
  const names = namesIn(ERRORS[code].message)
  const details = Object.fromEntries(names.map((name, i) => [name, `${i} + “${name}” *.`]))
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => details[name] ?? '?')
  expect(inPageLanguage(describe(code, details)).message).toBe(fill(FAILURES[code][0]))
})

it('puts failures into the page’s language wherever they stand in an answer, and leaves all else', () => {
  const answer = {
    rows: [{ id: '1', failure: describe('file-too-large', { megabytes: 12, limitMegabytes: 10 }) }],
    n: 1,
  }
  tellFailuresIn(FAILURES, FAILURE_WORDS)
  expect(inPageLanguage(answer)).toEqual({
    rows: [
      {
        id: '1',
        failure: {
          code: 'file-too-large',
          message: 'Die Datei hat 12 MB; die Grenze ist 10 MB.',
          action: 'Exportieren Sie eine einzelne Schicht oder ein kleineres Bild.',
        },
      },
    ],
    n: 1,
  })
  const state = inPageLanguage({ failure: describe('case-not-signable', { state: 'received' }) })
  expect(state.failure.message).toBe('Ein Fall im Status wartend kann nicht signiert werden.')
  // One that another Gyrus wrote stays as it came.
  const foreign = { code: 'of-tomorrow', message: 'Something new.', action: 'Wait.' }
  expect(inPageLanguage({ failure: foreign })).toEqual({ failure: foreign })
})
