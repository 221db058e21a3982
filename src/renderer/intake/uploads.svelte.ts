import { SvelteMap } from 'svelte/reactivity'
import { call } from '../client/client.ts'
import { nameHeader, sendFile, vanished } from '../client/send-file.ts'
import type { UiFailure } from '../client/transport.ts'
import type { Candidate } from './walk.ts'

const AT_ONCE = 4

/** Files on their way from the browser to the core. */
export class Uploads {
  /** Files of this go, since nothing was under way. */
  total = $state(0)
  /** Handed over, or failed to be. */
  sent = $state(0)
  startedAt = 0
  readonly #onproblem: (problem: { fileName: string; failure: UiFailure }) => void
  #queue: Candidate[] = []
  #running = 0
  /** Of each batch: how many files it will have, and how many are not handed over yet. */
  readonly #batches = new SvelteMap<string, { total: number; left: number }>()

  constructor(onproblem: (problem: { fileName: string; failure: UiFailure }) => void) {
    this.#onproblem = onproblem
  }

  get waiting(): number {
    return this.total - this.sent
  }

  add(files: Candidate[]): void {
    if (this.total === 0) this.startedAt = performance.now()
    this.total += files.length
    for (const file of files) this.#queue.push(file)
    for (const [batch, of] of Map.groupBy(files, ({ batch }) => batch)) {
      const { total, left } = (batch && this.#batches.get(batch)) || { total: 0, left: 0 }
      if (batch) this.#batches.set(batch, { total: total + of.length, left: left + of.length })
    }
    while (this.#running < AT_ONCE && this.#queue.length > 0) void this.#run()
  }

  /** Files that a batch will have, of those that this page hands over; 0 when all are. */
  totalOf(batch: string): number {
    return this.#batches.get(batch)?.total ?? 0
  }

  /** Drops what has not started; `intake.cancel` ends their batches. Returns how many files that were. */
  cancel(): number {
    const dropped = this.#queue.length
    this.#queue = []
    this.total -= dropped
    this.#batches.clear()
    return dropped
  }

  /** The same for the files of one batch. */
  cancelBatch(id: string): void {
    const before = this.#queue.length
    this.#queue = this.#queue.filter(({ batch }) => batch !== id)
    this.total -= before - this.#queue.length
    this.#batches.delete(id)
  }

  /** All is done: the next go counts from nothing. */
  reset(): void {
    this.total = 0
    this.sent = 0
  }

  async #run(): Promise<void> {
    this.#running++
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      const { name, batch } = next
      const failure = await upload(next)
      // Ended elsewhere: the others would only be refused too.
      if (batch && failure?.code === 'batch-state') this.cancelBatch(batch)
      else if (failure) this.#onproblem({ fileName: name, failure })
      this.sent++
      if (batch) this.#countDown(batch)
    }
    this.#running--
  }

  /** Tells the core when the last file of a batch is handed over. */
  #countDown(batch: string): void {
    const { total, left } = this.#batches.get(batch) ?? { total: 0, left: 0 }
    if (left > 1) return void this.#batches.set(batch, { total, left: left - 1 })
    if (this.#batches.delete(batch)) void call('batches.uploaded', { id: batch }).catch(() => undefined)
  }
}

/** Null when the core has the file. */
async function upload(candidate: Candidate): Promise<UiFailure | null> {
  const file = await candidate.open().catch(() => null)
  if (!file) return vanished('file-unreadable')
  const headers = { ...nameHeader(candidate.name), ...(candidate.batch && { 'x-gyrus-batch': candidate.batch }) }
  return sendFile('upload', headers, file)
}
