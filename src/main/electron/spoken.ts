import type { Failure } from '../../shared/errors.ts'
import { FAILURES } from '../../shared/errors-de/main.de.ts'
import { FAILURE_WORDS } from '../../shared/errors-de/words.de.ts'
import { failureIn } from '../../shared/failures.ts'
import type { Language } from '../../shared/language.ts'
import { german } from './texts.de.ts'
import { english } from './texts.ts'

let spoken: Language = 'en'

/** What the main process says, in the language that is spoken now: never to be kept. */
export const texts = (): typeof english => (spoken === 'de' ? german : english)

export const languageNow = (): Language => spoken

export function speak(language: Language): void {
  spoken = language
}

/** A failure for a box of the main process. The page translates what it shows itself. */
export const said = (failure: Failure): Failure =>
  spoken === 'de' ? failureIn(failure, { sentences: FAILURES, words: FAILURE_WORDS }) : failure
