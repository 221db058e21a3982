import { speakGerman } from '../../src/renderer/language/german.ts'
import { KEY_NAMES } from '../../src/renderer/settings/key-names.ts'
import { ruleTexts } from '../../src/renderer/sources/rule-texts.ts'
import { texts } from '../../src/renderer/texts.ts'
import { searchTexts } from '../../src/renderer/work-list/texts.ts'
import { speak } from '../../src/shared/language.ts'
import { SCOPE_NAMES } from '../../src/shared/series.ts'

const CATALOGUE = { texts, searchTexts, ruleTexts, KEY_NAMES, SCOPE_NAMES }

/** Every text of the catalogue by its place in it; of a function, its source. */
function flat(value: unknown, place = ''): [place: string, text: string][] {
  if (typeof value === 'string') return [[place, value]]
  if (typeof value === 'function') return [[place, String(value)]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, one]) => flat(one, `${place}.${name}`))
}

const inEnglish = flat(CATALOGUE)
speak('de')
speakGerman()
const inGerman = new Map(flat(CATALOGUE))

export interface Pair {
  place: string
  english: string
  german: string
}

/** Each text in both languages. */
export const PAIRS: Pair[] = inEnglish.map(([place, english]) => ({
  place,
  english,
  german: inGerman.get(place) ?? '',
}))

/** What the German screens say where the English ones say something that is no plain text of the catalogue. */
const OTHERS: Record<string, string> = {
  impression: 'Ersteindruck',
  'Best so far': 'Bisher am besten',
  'On samples@1': 'Auf samples@1',
  Keys: 'Tasten',
}

/** The German text of an English one, or of one that begins so. */
export function inGermanWords(english: string): string {
  const pair =
    PAIRS.find((one) => one.english === english && one.german !== english) ??
    PAIRS.find((one) => one.english.startsWith(english))
  const german = OTHERS[english] ?? pair?.german
  if (german === undefined) throw new Error(`no German for “${english}”`)
  return german
}
