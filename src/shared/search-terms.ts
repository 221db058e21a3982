/** Fields that can be named in the search: `patient:müller`, `hash:9f86d081`, `batch:"monday list"`. */
export const SEARCH_FIELDS = ['patient', 'hash', 'batch'] as const
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

/** The beginning of a SHA-256 as the record has it; null where it tells none. */
export function toHash(typed: string): string | null {
  const hash = typed.trim().toLowerCase()
  return HASH.test(hash) ? hash : null
}
