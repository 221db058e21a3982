import type { Language } from '../../../shared/language.ts'
import { english, type Words } from './words.ts'

/** Other languages than English are loaded where a report is asked for in them. */
export const wordsIn = async (language: Language): Promise<Words> =>
  language === 'de' ? (await import('./words.de.ts')).german : english
