import { type RawBuilder, sql } from 'kysely'
import { idEndOf } from '../../shared/case-code.ts'
import { lastEight, search } from './dialect/words.ts'
import { folded } from './fold.ts'

/** A case's id or a file's SHA-256 is told by this many characters. */
const CODE_LENGTH = 8
const CODE = new RegExp(`^[0-9a-f-]{${CODE_LENGTH},64}$`)

/** A word that is looked for: it begins a word of the patient's name or ID, or of any text on record. */
export interface Sought {
  word: string
  of: 'patient' | 'any'
}

export interface Search {
  /** None where every word is a code. */
  sought: Sought[]
  /** Words that may also be the beginning of an id or a hash. */
  codes: string[]
}

/**
 * What a reader typed, as a search: all words, each at the beginning of a word on record.
 *
 * @returns null where nothing was typed, `none` where nothing in it can be looked for
 */
export function toSearch(typed: string): Search | null | 'none' {
  if (typed.trim() === '') return null
  const words = wordsOf(typed)
  if (words.length === 0) return 'none'
  const codes = words.map((word) => word.toLowerCase()).filter((word) => CODE.test(word))
  const texts = words.filter((word) => !CODE.test(word.toLowerCase()))
  return { sought: texts.map((word) => ({ word, of: 'any' })), codes }
}

/**
 * The same for a patient: each word begins a word of the patient's name or ID.
 *
 * @returns `none` where nothing in it can be looked for
 */
export function toPatientSearch(typed: string): Sought[] | 'none' {
  if (typed.trim() === '') return []
  const words = wordsOf(typed)
  return words.length === 0 ? 'none' : words.map((word) => ({ word, of: 'patient' }))
}

/** SQL: whether a row of `case_search` has all of the words. */
export function matching(sought: Sought[]): RawBuilder<boolean> {
  const match = sought.map(({ word, of }) => (of === 'patient' ? `patient : ${asPrefix(word)}` : asPrefix(word)))
  const finds = sought.map(
    ({ word, of }) =>
      sql<boolean>`${sql.ref(of === 'patient' ? 'case_search.patient_words' : 'case_search.words')} @@ ${asTsquery(word)}::tsquery`,
  )
  return search(match.join(' '), finds)
}

/** Signs alone are in no index. `Müller^Anna`, as files have it, is two words. */
const wordsOf = (typed: string) => typed.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word))

/** For FTS5: a quoted string, so that nothing in it is taken for its own syntax. NUL would end the query. */
const asPrefix = (word: string) => `"${folded(word.toWellFormed()).replaceAll('\0', ' ').replaceAll('"', '""')}"*`

const ACCENTS = /[\u0300-\u036f]/g
/** As many letters of a word are in PostgreSQL's index (postgres/kept.ts). */
const INDEXED = 200

/** For PostgreSQL, whose index takes words apart as the function `words_of` does: one behind the other, the last begun. */
function asTsquery(word: string): string {
  const plain = folded(word.toWellFormed()).normalize('NFKD').replace(ACCENTS, '').toLowerCase()
  const parts = plain.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '')
  return `${parts.map((part) => `'${part.slice(0, INDEXED)}'`).join(' <-> ')}:*`
}

/** As migration 0010 indexes it. */
const ID_END = lastEight(sql`replace(id, '-', '')`)

/** Ids of the cases that a code names, or that have it in their texts. */
export const casesOfCode = (code: string): RawBuilder<unknown> => sql`
  select id from cases where ${beginsWith('id', code)} and dismissed_at is null
  union select id from cases where ${beginsWith('scan_sha256', code)}
  union select id from cases where ${ID_END} = ${idEndOf(code)} and dismissed_at is null
  union select case_id from case_texts where n in
    (select rowid from case_search where ${matching([{ word: code, of: 'any' }])})`

/** Ids of the cases whose DICOM file has this accession number. */
export const casesOfAccession = (accession: string): RawBuilder<unknown> =>
  sql`select case_id from case_dicom where accession_number = ${accession}`

/** Ids of the cases whose DICOM file is of this study or series, or is this instance. */
export const casesOfUid = (uid: string): RawBuilder<unknown> => sql`
  select case_id from case_dicom where study_uid = ${uid}
  union select case_id from case_dicom where series_uid = ${uid}
  union select case_id from case_dicom where instance_uid = ${uid}`

/** As a range, which an index answers. */
export const beginsWith = (column: 'id' | 'scan_sha256', beginning: string): RawBuilder<boolean> =>
  sql`(${sql.ref(column)} >= ${beginning} and ${sql.ref(column)} < ${`${beginning}g`})`
