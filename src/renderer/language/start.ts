import { firstKnown, type Language, LOCALES, language, speak } from '../../shared/language.ts'
import { call } from '../client/client.ts'

/** What the reader chose, or the department for all who chose none, or the browser's own. Also before anybody is signed in. */
async function wanted(): Promise<Language> {
  const chosen = await call('language.get', {}).catch(() => null)
  return chosen?.own ?? chosen?.department ?? firstKnown(navigator.languages)
}

/** To be awaited before anything is loaded that takes texts over, as screens do. */
export async function startLanguage(): Promise<void> {
  const chosen = await wanted()
  speak(chosen)
  document.documentElement.lang = LOCALES[chosen]
  // English readers load no other texts.
  if (chosen === 'de') (await import('./german.ts')).speakGerman()
}

/** Who signed in may read another language than the page was opened in. */
export async function followLanguage(): Promise<void> {
  if ((await wanted()) !== language()) location.reload()
}
