import { app, type WebContents } from 'electron'
import { firstKnown, type Language } from '../../shared/language.ts'
import type { Backend } from './backend.ts'
import { callerOf } from './callers.ts'
import { speak } from './spoken.ts'

/** Once the app is ready, and as long as no record says better. */
export function speakAsSystem(): void {
  speak(firstKnown([app.getLocale()]))
}

/** That of the page in a window, which goes by the same three: its reader's, else the department's, else the system's. */
export async function speakAsPage(backend: Backend, contents: WebContents): Promise<void> {
  const reply = await backend.request('language.get', {}, callerOf(contents))
  const { own, department } = ('ok' in reply ? reply.ok : {}) as { own?: Language | null; department?: Language | null }
  speak(own ?? department ?? firstKnown([app.getLocale()]))
}
