import type { CaseQuery } from '../../shared/cases.ts'
import { formatConfidence } from '../../shared/labels.ts'
import {
  noField,
  parseSearch,
  type SearchField,
  type SearchTerm,
  toConfidence,
  toDays,
  toHash,
  toUid,
  unknownField,
} from '../../shared/search-terms.ts'
import { findBatch, nameOfBatch } from './batch-names.svelte.ts'
import { query } from './query.svelte.ts'
import { searchTexts as t } from './texts.ts'

/** Confidences that are offered as the most that an answer may have. */
export const CONFIDENCES = [0.95, 0.9, 0.75, 0.5]

export interface Chip {
  field: SearchField
  value: string
}

/** The fields that filter, as chips tell them. */
export function chipsOf(): Chip[] {
  const { patient, sha256, accession, uid, batch, confidenceUpTo, studiedFrom, studiedUntil } = query.value
  const studied = t.days(studiedFrom ?? '', studiedUntil ?? '')
  return [
    ...(patient === '' ? [] : [{ field: 'patient' as const, value: patient }]),
    ...(sha256 === '' ? [] : [{ field: 'hash' as const, value: sha256 }]),
    ...(batch === null ? [] : [{ field: 'batch' as const, value: nameOfBatch(batch) }]),
    ...(confidenceUpTo === null
      ? []
      : [{ field: 'confidence' as const, value: t.upTo(formatConfidence(confidenceUpTo)) }]),
    ...(studied === '' ? [] : [{ field: 'study' as const, value: studied }]),
    ...(accession === '' ? [] : [{ field: 'accession' as const, value: accession }]),
    ...(uid === '' ? [] : [{ field: 'uid' as const, value: uid }]),
  ]
}

/** What a field leaves behind that is taken off. */
const NONE: Record<SearchField, Partial<CaseQuery>> = {
  patient: { patient: '' },
  hash: { sha256: '' },
  batch: { batch: null },
  confidence: { confidenceUpTo: null },
  study: { studiedFrom: null, studiedUntil: null },
  accession: { accession: '' },
  uid: { uid: '' },
}

export function removeField(field: SearchField): void {
  query.set(NONE[field])
}

/** What a field filters by, or why it cannot. */
const READ: Record<SearchField, (typed: string) => Partial<CaseQuery> | string> = {
  patient: (typed) => ({ patient: typed.slice(0, 200) }),
  hash(typed) {
    const sha256 = toHash(typed)
    return sha256 === null ? t.noHash : { sha256 }
  },
  batch(typed) {
    const batch = findBatch(typed)
    return batch === null ? t.noBatch(typed) : { batch }
  },
  confidence(typed) {
    const confidenceUpTo = toConfidence(typed)
    return confidenceUpTo === null ? t.noConfidence : { confidenceUpTo }
  },
  study(typed) {
    const days = toDays(typed)
    return days === null ? t.noDays : { studiedFrom: days.from, studiedUntil: days.until }
  },
  accession: (typed) => ({ accession: typed.slice(0, 64) }),
  uid(typed) {
    const uid = toUid(typed)
    return uid === null ? t.noUid : { uid }
  },
}

/** Filters by a field. @returns why it cannot, or null */
export function setField({ field, value }: SearchTerm): string | null {
  const read = READ[field](value)
  if (typeof read === 'string') return read
  query.set(read)
  return null
}

/** A hint where something was typed like a field and is none; null where not. It is searched for all the same. */
export function fieldHint(typed: string): string | null {
  const inMenu = noField(typed)
  if (inMenu !== null) return t.menus(inMenu)
  const unknown = unknownField(typed)
  return unknown === null ? null : t.unknown(unknown)
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
