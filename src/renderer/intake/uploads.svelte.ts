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

  constructor(onproblem: (problem: { fileName: string; failure: UiFailure }) => void) {
    this.#onproblem = onproblem
  }

  get waiting(): number {
    return this.total - this.sent
  }

  add(files: Candidate[]): void {
    if (this.total === 0) this.startedAt = performance.now()
    this.total += files.length
    this.#queue.push(...files)
    while (this.#running < AT_ONCE && this.#queue.length > 0) void this.#run()
  }

  /** Drops what has not started. Returns how many files that were. */
  cancel(): number {
    const dropped = this.#queue.length
    this.#queue = []
    this.total -= dropped
    return dropped
  }

  /** All is done: the next go counts from nothing. */
  reset(): void {
    this.total = 0
    this.sent = 0
  }

  async #run(): Promise<void> {
    this.#running++
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      const { name } = next
      const failure = await upload(next)
      if (failure) this.#onproblem({ fileName: name, failure })
      this.sent++
    }
    this.#running--
  }
}

/** Null when the core has the file. */
async function upload(candidate: Candidate): Promise<UiFailure | null> {
  const file = await candidate.open().catch(() => null)
  if (!file) return { code: 'file-unreadable', message: texts.intake.fileVanished, action: '' }
  const name = encodeURIComponent(candidate.name.toWellFormed())
  const response = await fetch('upload', { method: 'POST', headers: { 'x-gyrus-file-name': name }, body: file }).catch(
    () => null,
  )
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
