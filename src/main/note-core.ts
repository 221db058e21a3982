import type { Core } from './core/index.ts'
import type { Note } from './log.ts'

/** Has a core's troubles and batches in the log: by codes and counts, never by names. */
export function noteCore(core: Pick<Core, 'events' | 'engine' | 'work'>, note: Note): void {
  let engine = ''
  let batch = ''
  const noteEngine = () => {
    const { state, restarts, failure } = core.engine.status
    const now = `${state} ${restarts}`
    if (now === engine) return
    engine = now
    note('engine', { state, restarts, code: failure?.code })
  }
  const noteBatch = async () => {
    const { batch: newest } = await core.work()
    if (!newest) return
    const { id, state, counts } = newest
    const now = `${id} ${state}`
    if (now === batch) return
    batch = now
    note('batch', { id, state, ...counts })
  }
  core.events.subscribe(({ type }) => {
    if (type === 'engine') noteEngine()
    // A record that cannot be read says so elsewhere.
    if (type === 'batch') void noteBatch().catch(() => undefined)
  })
}
