import { ERRORS, type ErrorCode, isErrorCode } from './errors.ts'
import type { Said } from './errors-de/said.ts'

export interface Failed {
  code: ErrorCode
  message: string
  action: string
}

/** Sentences, and words that are filled into them: states, roles, labels. */
export interface Other {
  sentences: Record<ErrorCode, Said>
  words: Record<string, string>
}

let other: Other | null = null

/** From now on failures are told so. */
export function tellFailuresIn(sentences: Other['sentences'], words: Other['words']): void {
  other = { sentences, words }
}

/**
 * What the core answered, with its failures in the page's language, wherever they stand in it. They cross as English
 * sentences, and some are on record as such: what was filled into one is read out of it by the catalogue's own template.
 */
export function inPageLanguage<T>(answer: T): T {
  return other === null ? answer : (said(answer, other) as T)
}

function said(value: unknown, inOther: Other): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one) => said(one, inOther))
  const all = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, said(one, inOther)]))
  return isFailure(value) ? { ...all, ...failureIn(value, inOther) } : all
}

const isFailure = (value: object): value is Failed =>
  'code' in value &&
  'message' in value &&
  'action' in value &&
  typeof value.code === 'string' &&
  typeof value.message === 'string' &&
  typeof value.action === 'string' &&
  isErrorCode(value.code)

/** One failure in another language: what was filled into its English sentences is read out of them. */
export function failureIn<F extends Failed>(failure: F, { sentences, words }: Other): F {
  const { message, action } = ERRORS[failure.code]
  const filled = { ...valuesIn(message, failure.message), ...valuesIn(action, failure.action) }
  const inWords = (value: string) => (Object.hasOwn(words, value) ? (words[value] as string) : value)
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => inWords(filled[name] ?? '?'))
  const [what, todo] = sentences[failure.code]
  return { ...failure, message: fill(what), action: fill(todo) }
}

/** What stands in the place of each `{name}` of a template. */
function valuesIn(template: string, text: string): Record<string, string> {
  const names: string[] = []
  const pattern = template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{(\w+)\}/g, (_, name: string) => {
    const before = names.includes(name)
    if (!before) names.push(name)
    return before ? `\\k<${name}>` : `(?<${name}>[\\s\\S]*?)`
  })
  return { ...new RegExp(`^${pattern}$`).exec(text)?.groups }
}
