import { setImmediate } from 'node:timers/promises'
import { GyrusError } from '../../../shared/errors.ts'
import type { EngineTaskName, ProgressOf, TaskInput, TaskOutput } from '../../engine/protocol.ts'
import { EngineConnection } from './connection.ts'
import type { StartEngine } from './process.ts'

/** Time that an engine has to end its work in order after a cancel, e.g. to finish a checkpoint, ms. */
const GRACE_MS = 10_000
/**
 * How long it may stay silent, ms: intervals of a large evaluation are seconds of arithmetic in one piece, and a busy
 * machine makes them many.
 */
const SILENCE_MS = 120_000

export interface TaskOptions<N extends EngineTaskName> {
  signal?: AbortSignal
  onProgress?(progress: ProgressOf<N>): void
}

/**
 * Runs one long request in an engine process of its own, which ends with it. There is no limit on how long it takes, but
 * an engine that does not answer heartbeats is ended like anywhere else. Nothing is tried again: unlike a scan, a task
 * that brought the engine down would take hours to do so twice.
 *
 * @throws GyrusError the task's own failure; `engine-crashed`; `engine-unavailable` when the engine ended before it was
 *   ready; `cancelled`
 */
export async function runTask<N extends EngineTaskName>(
  start: StartEngine,
  name: N,
  input: TaskInput<N>,
  { signal, onProgress = () => undefined }: TaskOptions<N> = {},
): Promise<TaskOutput<N>> {
  if (signal?.aborted) throw new GyrusError('cancelled')
  const { promise: death, reject: die } = Promise.withResolvers<never>()
  let ready = false
  const onDeath = async (reason: string) => {
    // Ctrl+C in a terminal ends an engine that only starts, and the core may hear of that before of the key itself.
    await setImmediate()
    if (signal?.aborted) die(new GyrusError('cancelled'))
    else die(ready ? new GyrusError('engine-crashed') : new GyrusError('engine-unavailable', { reason }))
  }
  const connection = new EngineConnection(start(), (reason) => void onDeath(reason), SILENCE_MS)
  let grace: NodeJS.Timeout | undefined
  let sent: number | undefined
  const cancel = () => {
    if (sent === undefined) return connection.kill()
    connection.cancel(sent)
    grace = setTimeout(() => connection.kill(), GRACE_MS)
  }
  signal?.addEventListener('abort', cancel, { once: true })
  try {
    await Promise.race([connection.ready, death])
    ready = true
    const { id, output } = connection.task(name, input, onProgress)
    sent = id
    return await Promise.race([output, death])
  } finally {
    signal?.removeEventListener('abort', cancel)
    clearTimeout(grace)
    connection.kill()
  }
}
