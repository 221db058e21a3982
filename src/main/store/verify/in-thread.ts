import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { AuditBreak } from '../../../shared/audit.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { asStoreError } from '../errors.ts'
import type { DatabaseFile } from '../record-place.ts'
import type { VerifyFollowing } from '../types.ts'
import type { LookAnswer } from './look-worker.ts'

/**
 * `lookAt` in a thread of its own. Cancelled, it answers at once; the thread ends when SQLite is done with the look that
 * it is at, and a process that ends would wait for it: the error says so (`thread`).
 *
 * @throws GyrusError `cancelled`, and what a database that cannot be read gives
 */
export async function lookInThread(
  place: DatabaseFile,
  { signal, onProgress }: VerifyFollowing,
): Promise<AuditBreak | null> {
  if (signal?.aborted) throw new GyrusError('cancelled')
  const worker = new Worker(join(import.meta.dirname, WORKER), { workerData: place })
  const { promise, resolve, reject } = Promise.withResolvers<AuditBreak | null>()
  const cancel = () => reject(new GyrusError('cancelled', { thread: 'busy' }))
  signal?.addEventListener('abort', cancel)
  worker.once('error', reject).once('exit', () => reject(new Error('the thread that looks at the database ended')))
  worker.on('message', (answer: LookAnswer) => {
    if ('found' in answer) resolve(answer.found)
    else if ('code' in answer) reject(asStoreError(Object.assign(new Error(answer.message), { code: answer.code })))
    else onProgress?.({ stage: 'database', ...answer })
  })
  try {
    return await promise
  } finally {
    signal?.removeEventListener('abort', cancel)
    worker.unref()
    void worker.terminate()
  }
}

/** A source beside this one; a bundle beside Electron's entry. */
const WORKER = import.meta.filename.endsWith('.ts') ? 'look-worker.ts' : 'look-worker.js'
