import { type RawBuilder, sql } from 'kysely'

/**
 * Letters that are no accented ones, and what they are looked for as. FTS5 takes off accents by itself (`é` is found by
 * `e`), but these have none in Unicode. With migration 0014 the texts on record are folded by this table: another letter
 * needs a migration that folds them anew.
 */
const LETTERS: Record<string, string> = {
  ...{ ł: 'l', Ł: 'l', ø: 'o', Ø: 'o', đ: 'd', Đ: 'd', ð: 'd', Ð: 'd', þ: 'th', Þ: 'th', ß: 'ss', ẞ: 'ss' },
  ...{ æ: 'ae', Æ: 'ae', œ: 'oe', Œ: 'oe', ħ: 'h', Ħ: 'h', ŧ: 't', Ŧ: 't', ŋ: 'n', Ŋ: 'n', ı: 'i' },
}

const ANY = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g')

/** `Łukasz` → `lukasz`, `Straße` → `Strasse`; all else stays what it is. */
export const folded = (text: string): string => text.replace(ANY, (letter) => LETTERS[letter] ?? letter)

/** Letters replaced within each other: SQLite before 3.45 reads no more than some twenty such calls, and then no record. */
const AT_ONCE = 8

/** The same in SQL, of a column or any other expression. */
export function foldedSql(text: string): string {
  const letters = Object.entries(LETTERS)
  const replaced = (start: number, of: string) =>
    letters.slice(start, start + AT_ONCE).reduce((inner, [letter, as]) => `replace(${inner}, '${letter}', '${as}')`, of)
  let steps = replaced(0, text)
  for (let done = AT_ONCE; done < letters.length; done += AT_ONCE)
    steps = `(select ${replaced(done, 'folded')} from (select ${steps} as folded) as step)`
  return steps
}

export const foldedColumn = (text: string): RawBuilder<string> => sql.raw(foldedSql(text))
