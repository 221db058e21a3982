import { call } from '../client/client.ts'
import type { Reply, UiFailure } from '../client/transport.ts'
import { texts } from '../texts.ts'
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
  /** Files of each batch that are not handed over yet. */
  readonly #batches = new Map<string, number>()

  constructor(onproblem: (problem: { fileName: string; failure: UiFailure }) => void) {
    this.#onproblem = onproblem
  }

  get waiting(): number {
    return this.total - this.sent
  }

  add(files: Candidate[]): void {
    if (this.total === 0) this.startedAt = performance.now()
    this.total += files.length
    for (const file of files) {
      this.#queue.push(file)
      if (file.batch) this.#batches.set(file.batch, (this.#batches.get(file.batch) ?? 0) + 1)
    }
    while (this.#running < AT_ONCE && this.#queue.length > 0) void this.#run()
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
    const left = (this.#batches.get(batch) ?? 0) - 1
    if (left > 0) return void this.#batches.set(batch, left)
    if (this.#batches.delete(batch)) void call('batches.uploaded', { id: batch }).catch(() => undefined)
  }
}

/** Null when the core has the file. */
async function upload(candidate: Candidate): Promise<UiFailure | null> {
  const file = await candidate.open().catch(() => null)
  if (!file) return { code: 'file-unreadable', message: texts.intake.fileVanished, action: '' }
  const name = encodeURIComponent(candidate.name.toWellFormed())
  const headers = { 'x-gyrus-file-name': name, ...(candidate.batch && { 'x-gyrus-batch': candidate.batch }) }
  const response = await fetch('upload', { method: 'POST', headers, body: file }).catch(() => null)
  if (!response)
    return (await readable(file))
      ? texts.unreachable
      : { code: 'file-missing', message: texts.intake.fileVanished, action: '' }
  const reply = (await response.json().catch(() => ({ failure: texts.internal }))) as Reply<unknown>
  return 'failure' in reply ? reply.failure : null
}

/** A failed request looks the same whether the core or the file went away. */
const readable = (file: File) =>
  file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    )
