import { GyrusError } from '../../../shared/errors.ts'
import type { ReceivedObject } from '../../listener/protocol.ts'
import type { Asked, Kept, Progress } from '../../pacs/protocol.ts'
import type { StartPacs } from './process.ts'

/** Time that it has to tell the PACS that it is over, ms. */
const GRACE_MS = 8_000
/** For a question, whatever the PACS answers bit by bit, ms. A retrieval takes as long as it takes. */
const QUESTION_MS = 5 * 60_000

export interface Following {
  signal: AbortSignal
  onObject?(received: ReceivedObject): Promise<Kept>
  onProgress?(progress: Progress): void
}

/**
 * Asks a PACS one thing, in a process of its own that ends with it.
 *
 * @returns what the process answers, not looked at yet
 * @throws GyrusError `pacs-*`, `cancelled`
 */
export async function askPacs(start: StartPacs, asked: Asked, following: Following): Promise<unknown> {
  const { signal } = following
  const pacs = asked.settings.name
  if (signal.aborted) throw new GyrusError('cancelled')
  const process = start()
  const ended = Promise.withResolvers<unknown>()
  const keeping = new Set<Promise<unknown>>()
  let grace: NodeJS.Timeout | undefined
  const cancel = () => {
    process.send({ cancel: true })
    grace = setTimeout(() => ended.reject(new GyrusError('cancelled')), GRACE_MS)
  }
  const late = () => ended.reject(new GyrusError('pacs-timeout', { pacs }))
  const tooLong = 'retrieve' in asked.task || 'store' in asked.task ? undefined : setTimeout(late, QUESTION_MS)
  process.onExit((reason) =>
    ended.reject(new GyrusError(signal.aborted ? 'cancelled' : 'pacs-crashed', { pacs, reason })),
  )
  process.onMessage((message) => {
    if ('ready' in message) process.send({ ask: asked })
    else if ('progress' in message) following.onProgress?.(message.progress)
    else if ('answer' in message) ended.resolve(message.answer)
    else if ('failed' in message) ended.reject(new GyrusError(message.failed.code, message.failed.details))
    else {
      const { object, received } = message
      const answered = following.onObject?.(received) ?? Promise.resolve('failed' as const)
      const kept = answered.then((answer) => process.send({ object, kept: answer })).finally(() => keeping.delete(kept))
      keeping.add(kept)
    }
  })
  signal.addEventListener('abort', cancel, { once: true })
  try {
    return await ended.promise
  } finally {
    signal.removeEventListener('abort', cancel)
    clearTimeout(grace)
    clearTimeout(tooLong)
    process.kill()
    // Whoever asked may remove what lies there now.
    await Promise.all(keeping)
  }
}
