import { basename } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { type Batch, type BatchOptions, type BatchOrigin, type BatchTotals, mayAct } from '../../../shared/batches.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { BatchChange, Blind, Store } from '../../store/types.ts'
import type { Emit } from '../events.ts'
import type { Accepted, Intake, IntakeFile, OpenedBy } from '../intake/intake.ts'
import { BatchRun, type FileOutcome } from './run.ts'
import type { Seen } from './seen.ts'
import { UploadBatch } from './upload.ts'

/** What the system does by itself. */
const SYSTEM = 'gyrus'

export interface NewBatchRequest {
  paths: string[]
  origin: BatchOrigin
  options: BatchOptions
}

/** Why a run was told to stop, by whom. */
interface Stopped {
  act: 'paused' | 'cancelled'
  actor: string
}

/** Batches: one runs at a time, the others queue. What a reader opens meanwhile goes before. */
export class Batches {
  readonly #parts: { store: Store; intake: Intake; seen: Seen; emit: Emit }
  readonly #uploads = new Map<string, UploadBatch>()
  #running: { run: BatchRun; ended: Promise<void>; stopped: Stopped | null } | null = null
  #queue: Promise<void> | null = null
  #asked = false
  #closed = false
  #marked: Promise<void> | undefined

  constructor(parts: { store: Store; intake: Intake; seen: Seen; emit: Emit }) {
    this.#parts = parts
  }

  /** Puts a batch on record. It begins when its turn comes (`startQueued`), or at once by `run`. */
  async add({ paths, origin, options }: NewBatchRequest, by: string): Promise<string> {
    const id = uuidv7()
    await this.#parts.store.addBatch({ id, name: nameOf(paths), origin, options, roots: paths, by })
    this.#tell(id)
    return id
  }

  /** Marks what was running when Gyrus ended, once and before anything runs; a reader decides whether it goes on. */
  markInterrupted(): Promise<void> {
    this.#marked ??= this.#parts.store.interruptBatches().then((ids) => {
      for (const id of ids) this.#tell(id)
    })
    return this.#marked
  }

  /** Works through the queue in the background, if that does not happen already. */
  startQueued(): void {
    this.#asked = true
    this.#queue ??= this.#work().finally(() => {
      this.#queue = null
    })
  }

  async #work(): Promise<void> {
    while (this.#asked && !this.#closed) {
      this.#asked = false
      const [next] = await this.#parts.store.queuedBatches()
      if (next === undefined) continue
      this.#asked = true
      for await (const _ of this.run(next));
    }
  }

  /** Runs a queued batch now and gives its outcomes in the files' order. @throws GyrusError of the record */
  async *run(id: string): AsyncGenerator<FileOutcome> {
    await this.markInterrupted()
    const run = new BatchRun(await this.#change({ id, actor: SYSTEM, act: 'started' }), this.#parts)
    const ended = Promise.withResolvers<void>()
    this.#running = { run, ended: ended.promise, stopped: null }
    try {
      for await (const one of run.outcomes()) {
        this.#tell(id)
        yield one
      }
    } finally {
      await this.#end(run).finally(() => {
        this.#running = null
        ended.resolve()
      })
    }
  }

  #end(run: BatchRun): Promise<Batch> {
    const { id } = run.batch
    const workedMs = run.rate.elapsedMs
    const stopped = this.#running?.stopped
    if (stopped) return this.#change({ id, ...stopped, workedMs })
    if (run.stopped) return this.#change({ id, actor: SYSTEM, act: 'interrupted', workedMs, failure: run.failure })
    return this.#change({ id, actor: SYSTEM, act: 'completed', workedMs })
  }

  /** What was begun is finished first. @throws GyrusError `batch-unknown`, `batch-state` */
  pause(id: string, by: string): Promise<Batch> {
    if (this.#uploads.has(id)) throw new GyrusError('batch-uploaded')
    return this.#stop(id, { act: 'paused', actor: by })
  }

  /** Drops what was not begun. Errors as for `pause`. */
  async cancel(id: string, by: string): Promise<Batch> {
    const upload = this.#uploads.get(id)
    if (!upload) return this.#stop(id, { act: 'cancelled', actor: by })
    this.#uploads.delete(id)
    upload.end()
    await upload.drained()
    return this.#change({ id, actor: by, act: 'cancelled', workedMs: upload.rate.elapsedMs })
  }

  /** Ends what this reader's browsers hand over, also where no page is left that would: a reload forgets its files. */
  async cancelUploads(by: string): Promise<void> {
    const open = [...this.#uploads].filter(([, upload]) => upload.startedBy === by)
    await Promise.all(open.map(([id]) => this.cancel(id, by)))
  }

  async #stop(id: string, stopped: Stopped): Promise<Batch> {
    const running = this.#running
    if (running?.run.batch.id !== id) return this.#change({ id, ...stopped, workedMs: 0 })
    running.stopped = stopped
    running.run.stop()
    await running.ended
    return this.#live(await this.#parts.store.getBatch(id))
  }

  /** Queues it again for what is left. @throws GyrusError `batch-unknown`, `batch-state`, `batch-uploaded` */
  async resume(id: string, by: string): Promise<Batch> {
    const { origin, state } = await this.#parts.store.getBatch(id)
    if (origin === 'upload' && mayAct('resume', state)) throw new GyrusError('batch-uploaded')
    return this.#change({ id, actor: by, act: 'resumed' })
  }

  /** Queues it again, for what has failed too. Errors as for `pause`. */
  retry(id: string, by: string): Promise<Batch> {
    return this.#change({ id, actor: by, act: 'retried' })
  }

  async list(before: string | null, limit: number): Promise<Batch[]> {
    return (await this.#parts.store.listBatches(before, limit)).map((batch) => this.#live(batch))
  }

  /** @throws GyrusError `batch-unknown` */
  async get(id: string, blind: Blind): Promise<{ batch: Batch; totals: BatchTotals }> {
    const batch = await this.#parts.store.getBatch(id)
    return { batch: this.#live(batch), totals: await this.#parts.store.batchTotals(id, blind) }
  }

  /** A batch whose files a browser hands over; it is open until `uploaded`. */
  async openUpload(name: string, options: BatchOptions, by: string): Promise<string> {
    await this.markInterrupted()
    const id = uuidv7()
    await this.#parts.store.addBatch({ id, name, origin: 'upload', options, roots: [], by })
    const batch = await this.#change({ id, actor: by, act: 'started' })
    this.#uploads.set(id, new UploadBatch(batch, this.#parts))
    return id
  }

  /** One of its files. @throws GyrusError `batch-state` where the batch is not open (any more) */
  upload(id: string, file: IntakeFile, by: OpenedBy): Promise<Accepted> {
    return this.#openUpload(id).take(file, by, () => this.#tell(id))
  }

  /** All files were handed over: it is completed when they are analysed. @throws GyrusError `batch-state` */
  uploaded(id: string): void {
    const upload = this.#openUpload(id)
    this.#uploads.delete(id)
    void upload.drained().then(async () => {
      if (this.#closed) return
      await this.#parts.store.batchListed(id, 0)
      await this.#change({ id, actor: SYSTEM, act: 'completed', workedMs: upload.rate.elapsedMs })
    })
  }

  #openUpload(id: string): UploadBatch {
    const upload = this.#uploads.get(id)
    if (!upload) throw new GyrusError('batch-state', { state: 'not open' })
    return upload
  }

  /** Takes no further file. `closed` settles when what runs is on record as interrupted. */
  close(): { closed: Promise<void> } {
    this.#closed = true
    this.#running?.run.stop()
    const settled = Promise.all([this.#queue, this.#running?.ended])
    return { closed: settled.then(() => undefined) }
  }

  #live(batch: Batch): Batch {
    const running = this.#running?.run
    const rate = running?.batch.id === batch.id ? running.rate : this.#uploads.get(batch.id)?.rate
    return rate && batch.state === 'running' ? { ...batch, ...rate.measure(batch.counts.remaining) } : batch
  }

  async #change(change: BatchChange): Promise<Batch> {
    const batch = await this.#parts.store.changeBatch(change)
    this.#tell(change.id)
    return batch
  }

  #tell(id: string): void {
    this.#parts.emit({ type: 'batch', id })
  }
}

function nameOf(paths: string[]): string {
  const [first = ''] = paths
  return paths.length === 1 ? basename(first) || first : `${basename(first)} and ${paths.length - 1} more`
}
