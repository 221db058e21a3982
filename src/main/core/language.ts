import type { Language } from '../../shared/language.ts'
import type { Store } from '../store/types.ts'

type Chosen = Pick<Store, 'preferencesOf' | 'departmentLanguage'>

/** What a reader chose for themselves; null where they chose none. */
export async function ownLanguage(store: Pick<Chosen, 'preferencesOf'>, reader: string): Promise<Language | null> {
  // What cannot be read is told by who asks for keys and mouse.
  const own = await store.preferencesOf(reader).catch(() => null)
  return own?.language ?? null
}

/** In which language something is written for a reader: their own choice, else the department's, else English. */
export const languageFor = async (store: Chosen, reader: string): Promise<Language> =>
  (await ownLanguage(store, reader)) ?? (await store.departmentLanguage()) ?? 'en'
