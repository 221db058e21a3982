import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { DecodedImage } from '../types.ts'
import { type Measured, measureImage } from './index.ts'
import type { MeasureAnswer, MeasureOrder } from './thread.ts'

/** More would wait for the network. */
const MOST_THREADS = 3

interface Thread {
  worker: Worker
  asked: Map<number, PromiseWithResolvers<Measured>>
}

/** Measures images beside the thread in which the network runs: on two cores a folder takes two thirds of the time. */
export class MeasureThreads {
  readonly #threads: Thread[] = []
  readonly #most = Math.min(MOST_THREADS, Math.max(1, availableParallelism() - 1))
  #asked = 0

  /** Starts one before it is needed, which takes a tenth of a second. */
  prepare(): void {
    if (this.#threads.length === 0) this.#start()
  }

  /** Images that are not measured yet. */
  get open(): number {
    return this.#threads.reduce((sum, { asked }) => sum + asked.size, 0)
  }

  /** @param urgent a reader waits for it: where others are before it, it is measured here and now */
  async measure(image: DecodedImage, urgent: boolean): Promise<Measured> {
    const thread = this.#next()
    if (urgent && thread.asked.size > 0) return measureImage(image)
    const id = ++this.#asked
    const done = Promise.withResolvers<Measured>()
    thread.asked.set(id, done)
    // As long as it is waited for, and no longer, the thread keeps the process alive.
    thread.worker.ref()
    thread.worker.postMessage({ id, image: { ...image, data: own(image.data) } } satisfies MeasureOrder)
    return done.promise
  }

  /** The one with the least to do. */
  #next(): Thread {
    const idle = this.#threads.find(({ asked }) => asked.size === 0)
    if (idle) return idle
    if (this.#threads.length < this.#most) return this.#start()
    return this.#threads.reduce((least, one) => (one.asked.size < least.asked.size ? one : least))
  }

  #start(): Thread {
    const worker = new Worker(join(import.meta.dirname, WORKER))
    const thread: Thread = { worker, asked: new Map() }
    worker.unref()
    worker.on('message', (answer: MeasureAnswer) => {
      const done = thread.asked.get(answer.id)
      thread.asked.delete(answer.id)
      if (thread.asked.size === 0) worker.unref()
      if ('measured' in answer) done?.resolve(answer.measured)
      else done?.reject(new Error(answer.error))
    })
    // As if it were no thread: the supervisor finds the file that ends an engine.
    worker.on('error', (error) => {
      throw error
    })
    this.#threads.push(thread)
    return thread
  }
}

/** A view is posted with all that it is a view of. */
const own = <T extends Uint8Array | Uint16Array>(data: T): T =>
  (data.byteLength === data.buffer.byteLength ? data : data.slice()) as T

/** A source beside this one; a bundle beside the engine's. */
const WORKER = import.meta.filename.endsWith('.ts') ? 'thread.ts' : 'measure-thread.js'
