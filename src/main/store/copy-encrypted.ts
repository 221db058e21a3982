import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { GyrusError } from '../../shared/errors.ts'
import type { CopyFollowing } from './care-types.ts'
import type { CopyAnswer, CopyOrder } from './copy-worker.ts'

/** How often one looks how far it is, ms. */
const LOOK_MS = 200

/**
 * Copies an encrypted database under its own key, of one moment, beside a Gyrus that may be at work. SQLite's online
 * backup wants a target that has the key already, which its binding cannot open; `VACUUM INTO` makes one.
 *
 * @throws GyrusError `cancelled`, when SQLite is done; SQLite's errors
 */
export async function copyEncrypted(order: CopyOrder, { signal, onProgress }: CopyFollowing): Promise<void> {
  if (signal?.aborted) throw new GyrusError('cancelled')
  const worker = new Worker(join(import.meta.dirname, WORKER), { workerData: order })
  const total = statSync(order.source).size
  const look = setInterval(() => onProgress?.({ stage: 'database', done: sizeOf(order.target), total }), LOOK_MS)
  try {
    const { promise, resolve, reject } = Promise.withResolvers<CopyAnswer>()
    worker.once('message', resolve).once('error', reject)
    const failed = await promise
    if (failed) throw Object.assign(new Error(failed.message), { code: failed.code })
  } finally {
    clearInterval(look)
    await worker.terminate()
  }
}

const sizeOf = (file: string) => (existsSync(file) ? statSync(file).size : 0)

/** A source beside this one; a bundle beside Electron's entry. */
const WORKER = import.meta.filename.endsWith('.ts') ? 'copy-worker.ts' : 'copy-worker.js'
