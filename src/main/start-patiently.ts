import { setTimeout as sleep } from 'node:timers/promises'
import { GyrusError, toFailure } from '../shared/errors.ts'
import { type CoreOptions, type OpenCore, openCore } from './compose.ts'
import { settingsPlace } from './core/department/settings-place.ts'

const AGAIN_MS = 5_000
/** What passes by itself: a server that is not up yet, as after a power cut. */
const PASSING = ['database-unreachable', 'database-locked', 'files-unreachable']

/**
 * Opens a core where nobody sees a window. What the department's record or files lie in may be away: it is said once, and
 * tried again until they are there or Ctrl+C ends it. What does not pass by itself is told with where it is set.
 *
 * @throws GyrusError errors of `openCore`
 */
export async function openCorePatiently(dataDir: string, options: CoreOptions = {}): Promise<OpenCore> {
  for (let said = ''; ; ) {
    try {
      return await openCore(dataDir, options)
    } catch (error) {
      const place = settingsPlace(dataDir)
      if (place === null) throw error
      const passes = error instanceof GyrusError && PASSING.includes(error.code)
      const { message } = toFailure(error)
      if (passes && message !== said) console.error(`${message} Gyrus tries again every 5 s; Ctrl+C ends it.`)
      if (message !== said) console.error(`The department is set in ${place}.`)
      if (!passes) throw error
      said = message
      await sleep(AGAIN_MS)
    }
  }
}
