import type { Language } from '../../shared/language.ts'
import { preferences } from '../settings/preferences.svelte.ts'

/** For this reader alone, on every machine. The page opens again in it, at the same place. */
export async function chooseLanguage(chosen: Language): Promise<void> {
  await preferences.change({ language: chosen })
  if (preferences.value.language === chosen) location.reload()
}
