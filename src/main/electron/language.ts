import { app, type WebContents } from 'electron'
import type { Failure } from '../../shared/errors.ts'
import { FAILURES } from '../../shared/errors-de/main.de.ts'
import { FAILURE_WORDS } from '../../shared/errors-de/words.de.ts'
import { failureIn } from '../../shared/failures.ts'
import { firstKnown, type Language } from '../../shared/language.ts'
import type { Backend } from './backend.ts'
import { callerOf } from './callers.ts'
import { german } from './texts.de.ts'
import { english } from './texts.ts'

let spoken: Language = 'en'

/** What the main process says, in the language that is spoken now: never to be kept. */
export const texts = (): typeof english => (spoken === 'de' ? german : english)

export const languageNow = (): Language => spoken

/** Once the app is ready, and as long as no record says better. */
export function speakAsSystem(): void {
  spoken = firstKnown([app.getLocale()])
}

/** That of the page in a window, which goes by the same three: its reader's, else the department's, else the system's. */
export async function speakAsPage(backend: Backend, contents: WebContents): Promise<void> {
  const reply = await backend.request('language.get', {}, callerOf(contents))
  const { own, department } = ('ok' in reply ? reply.ok : {}) as { own?: Language | null; department?: Language | null }
  spoken = own ?? department ?? firstKnown([app.getLocale()])
}

/** A failure for a box of the main process. The page translates what it shows itself. */
export const said = (failure: Failure): Failure =>
  spoken === 'de' ? failureIn(failure, { sentences: FAILURES, words: FAILURE_WORDS }) : failure
