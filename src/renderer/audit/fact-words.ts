import { describe, ERRORS, isErrorCode } from '../../shared/errors.ts'
import { moment } from '../../shared/moment.ts'
import { number, plural } from '../format.ts'
import { type Detail, of } from './detail.ts'
import { CHANGE_WORDS, PHRASES, type Phrase } from './fact-phrases.ts'

/** What a fact comes to in words; null where it says nothing to a reader. */
export type Facts = (detail: Detail) => (string | null)[]

export const yes = (d: Detail, name: string, text: Phrase) => (d[name] === true ? PHRASES[text] : null)
export const counted = (d: Detail, name: string, one: Phrase, many: Phrase, least = 0) => {
  const n = of.number(d[name])
  return n === null || n < least ? null : plural(n, PHRASES[one], PHRASES[many])
}
export const some = (d: Detail, name: string, words: Phrase) => {
  const n = of.number(d[name])
  return n === null || n === 0 ? null : `${number(n)} ${PHRASES[words]}`
}
export const when = (d: Detail, name: string) => {
  const at = of.text(d[name])
  return at !== null && !Number.isNaN(Date.parse(at)) ? moment(at) : at
}
export const after = (words: Phrase, text: string | null) => text && `${PHRASES[words]} ${text}`
export const change = (before: string | null, now: string | null) => before && now && CHANGE_WORDS.change(before, now)

/** A failure's code in words, where the words stand alone. */
export function failure(code: unknown): string | null {
  const known = of.text(code)
  if (known === null) return null
  const whole = isErrorCode(known) && !ERRORS[known].message.includes('{')
  return whole ? describe(known).message.replace(/\.$/, '') : known.replaceAll('-', ' ')
}
