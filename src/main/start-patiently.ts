import { setTimeout as sleep } from 'node:timers/promises'
import { GyrusError, toFailure } from '../shared/errors.ts'
import { type CoreOptions, type OpenCore, openCore } from './compose.ts'
import { settingsPlace } from './core/department/settings-place.ts'
import type { Core } from './core/index.ts'

const AGAIN_MS = 5_000
/** What passes by itself: a server that is not up yet, or a drive that is not connected yet, as after a power cut. */
const PASSING = ['database-unreachable', 'database-locked', 'files-unreachable', 'files-unmarked', 'department-folder']

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

/** Nobody waits longer than this for a record that is away, ms. */
const END_MS = 3_000

/** Ends a core when it is asked to. While the department's record is away, what it is to have is on this disk already. */
export async function endPromptly({ core, close }: OpenCore, goOn: string | null = null): Promise<void> {
  const closed = close(goOn)
  await (core.department?.outbox.recordAway ? Promise.race([closed, sleep(END_MS)]) : closed)
}

/** Says on the terminal when the department's database goes away, and when it is there again. */
export function tellAway({ department, events }: Pick<Core, 'department' | 'events'>): void {
  let told = false
  events.subscribe(({ type }) => {
    const away = department?.outbox.recordAway ?? false
    if (type !== 'outbox' || away === told) return
    told = away
    console.error(away ? 'The department’s database does not answer; work goes on when it does.' : 'It answers again.')
  })
}
