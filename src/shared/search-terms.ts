import { z } from 'zod'

/**
 * Fields that can be named in the search: `patient:müller`, `hash:9f86d081`, `batch:"monday list"`, `confidence:0.9` (or
 * less), `study:2026-11-20`, `study:2026-11-01..2026-11-20`, `accession:A123`, `uid:1.2.840.…`.
 */
export const SEARCH_FIELDS = ['patient', 'hash', 'batch', 'confidence', 'study', 'accession', 'uid'] as const
export type SearchField = (typeof SEARCH_FIELDS)[number]

export interface SearchTerm {
  field: SearchField
  value: string
}

/** Characters of a hash that tell one. */
const LEAST_OF_HASH = 8
const HASH = new RegExp(`^[0-9a-f]{${LEAST_OF_HASH},64}$`)

const TERM = new RegExp(`(?<=^|\\s)(${SEARCH_FIELDS.join('|')}):(?:"([^"]*)"?|(\\S*))`, 'gi')

/** What was typed, as plain words and terms of a field. A field without a value is a word like any other. */
export function parseSearch(typed: string): { words: string; terms: SearchTerm[] } {
  const terms: SearchTerm[] = []
  const words = typed.replace(TERM, (whole, field: string, quoted?: string, bare?: string) => {
    const value = (quoted ?? bare ?? '').trim()
    if (value === '') return whole
    terms.push({ field: field.toLowerCase() as SearchField, value })
    return ''
  })
  return { words: words.replace(/\s+/g, ' ').trim(), terms }
}

/** What is chosen in a menu, and by what else one might call it. */
const IN_MENUS = ['label', 'status', 'state', 'verdict', 'agreement', 'second', 'source', 'reader', 'model', 'received']
const IN_MENU = new RegExp(`(?<=^|\\s)(${IN_MENUS.join('|')}):\\S`, 'i')

/** What was typed like a field of a menu; null where nothing was. */
export const noField = (typed: string): string | null => IN_MENU.exec(typed)?.[1]?.toLowerCase() ?? null

const LIKE_A_FIELD = /(?<=^|\s)([a-z]{2,20}):[^\s/]/gi

/** What was typed like a field and is none that there is, in a menu or for the search; null where nothing was. */
export function unknownField(typed: string): string | null {
  const known: readonly string[] = [...SEARCH_FIELDS, ...IN_MENUS]
  const names = [...typed.matchAll(LIKE_A_FIELD)].map(([, name = '']) => name.toLowerCase())
  return names.find((name) => !known.includes(name)) ?? null
}

/** The beginning of a SHA-256 as the record has it; null where it tells none. */
export function toHash(typed: string): string | null {
  const hash = typed.trim().toLowerCase()
  return HASH.test(hash) ? hash : null
}

/** A UID as DICOM has it (PS3.5, 9.1); null where it tells none. */
export function toUid(typed: string): string | null {
  const uid = typed.trim()
  return uid.length <= 64 && /^\d+(\.\d+)+$/.test(uid) ? uid : null
}

/** A confidence, 0 to 1; null where it tells none. */
export function toConfidence(typed: string): number | null {
  const [, number, percent] = /^(\d*[.,]?\d+) ?(%?)$/.exec(typed.trim()) ?? []
  if (number === undefined) return null
  const confidence = Number(number.replace(',', '.')) / (percent ? 100 : 1)
  return confidence <= 1 ? confidence : null
}

/** First and last day, of which one may be open. */
export interface Days {
  from: string | null
  until: string | null
}

/** A day, or two with `..` between them; null where it tells none. */
export function toDays(typed: string): Days | null {
  const [first = '', last = first, ...more] = typed.trim().split('..')
  const [from, until] = [first, last].map((day) => (day === '' ? null : day))
  const days = [from, until].filter((day) => day != null)
  const known = days.every((day) => z.iso.date().safeParse(day).success)
  return more.length === 0 && days.length > 0 && known ? { from: from ?? null, until: until ?? null } : null
}

/** Days as they are typed. */
export const writeDays = ({ from, until }: Days): string =>
  from === until ? `${from}` : `${from ?? ''}..${until ?? ''}`
