import { parseSearch, type SearchField, type SearchTerm, toHash } from '../../shared/search-terms.ts'
import { findBatch, nameOfBatch } from './batch-names.svelte.ts'
import { query } from './query.svelte.ts'
import { searchTexts as t } from './texts.ts'

export interface Chip {
  field: SearchField
  value: string
}

/** The fields that filter, as chips tell them. */
export function chipsOf(): Chip[] {
  const { patient, sha256, batch } = query.value
  return [
    ...(patient === '' ? [] : [{ field: 'patient' as const, value: patient }]),
    ...(sha256 === '' ? [] : [{ field: 'hash' as const, value: sha256 }]),
    ...(batch === null ? [] : [{ field: 'batch' as const, value: nameOfBatch(batch) }]),
  ]
}

export function removeField(field: SearchField): void {
  if (field === 'patient') query.set({ patient: '' })
  else if (field === 'hash') query.set({ sha256: '' })
  else query.set({ batch: null })
}

/** Filters by a field. @returns why it cannot, or null */
export function setField({ field, value }: SearchTerm): string | null {
  if (field === 'patient') query.set({ patient: value.slice(0, 200) })
  else if (field === 'hash') {
    const sha256 = toHash(value)
    if (sha256 === null) return t.noHash
    query.set({ sha256 })
  } else {
    const batch = findBatch(value)
    if (batch === null) return t.noBatch(value)
    query.set({ batch })
  }
  return null
}

/** Takes fields out of what was typed, and filters by them. @returns what is left to be typed, and why */
export function takeFields(typed: string): { words: string; problem: string | null } {
  const { words, terms } = parseSearch(typed)
  const refused = terms.flatMap((term) => {
    const problem = setField(term)
    return problem === null ? [] : [{ term, problem }]
  })
  const left = refused.map(({ term }) => `${term.field}:${/\s/.test(term.value) ? `"${term.value}"` : term.value}`)
  return { words: [words, ...left].filter((part) => part !== '').join(' '), problem: refused[0]?.problem ?? null }
}
