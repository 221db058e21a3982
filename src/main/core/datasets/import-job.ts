import { GyrusError, toFailure } from '../../../shared/errors.ts'
import type { ImportStatus } from '../../../shared/frozen-dataset.ts'
import { checkDatasetName, type Datasets, type ImportRequest } from './index.ts'

/** Pages are told of progress so often, ms. */
const TELL_MS = 100

/** An import that a page has started and follows by events; one at a time. */
export class ImportJob {
  readonly #datasets: Datasets
  readonly #onChange: () => void
  #status: ImportStatus = { state: 'idle' }
  #running: { abort: AbortController; ended: Promise<void> } | undefined

  constructor(datasets: Datasets, onChange: () => void) {
    this.#datasets = datasets
    this.#onChange = onChange
  }

  get status(): ImportStatus {
    return this.#status
  }

  /** Returns at once. @throws GyrusError `dataset-import-busy`, `dataset-name-invalid` */
  start(request: ImportRequest): void {
    if (this.#status.state === 'running') throw new GyrusError('dataset-import-busy', { name: this.#status.name })
    checkDatasetName(request.name)
    const abort = new AbortController()
    this.#set({ state: 'running', name: request.name, done: 0, total: 0, secondsLeft: null })
    this.#running = { abort, ended: this.#run(request, abort.signal) }
  }

  /** Ends what runs; copies that were made stay, for they do no harm. */
  async cancel(): Promise<void> {
    this.#running?.abort.abort()
    await this.#running?.ended
  }

  async #run(request: ImportRequest, signal: AbortSignal): Promise<void> {
    const { name } = request
    const startedAt = Date.now()
    let toldAt = 0
    const onProgress = ({ done, total }: { done: number; total: number }) => {
      const secondsLeft = ((Date.now() - startedAt) / 1000 / done) * (total - done)
      this.#status = { state: 'running', name, done, total, secondsLeft }
      if (Date.now() - toldAt < TELL_MS) return
      toldAt = Date.now()
      this.#onChange()
    }
    try {
      const { created, set } = await this.#datasets.import(request, { signal, onProgress })
      this.#set({ state: 'done', name, version: set.version, created })
    } catch (error) {
      this.#set({ state: 'failed', name, failure: toFailure(error) })
    }
  }

  #set(status: ImportStatus): void {
    this.#status = status
    this.#onChange()
  }
}
