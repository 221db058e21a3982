import type { TaskProgress } from '../../../shared/dataset.ts'
import { GyrusError, toFailure } from '../../../shared/errors.ts'
import type { ImportStatus } from '../../../shared/frozen-dataset.ts'
import type { ImportMark } from './importing.ts'
import { checkDatasetName, type Datasets, type ImportRequest } from './index.ts'
import { SecondsLeft } from './seconds-left.ts'

type Around = (work: () => Promise<void>) => Promise<void>

/** Pages are told of progress so often, ms. */
const TELL_MS = 100

/** An import that a page has started and follows by events; one at a time. */
export class ImportJob {
  readonly #datasets: Datasets
  readonly #onChange: () => void
  readonly #mark: ImportMark
  #status: ImportStatus
  #closing = false
  #running: { abort: AbortController; ended: Promise<void> } | undefined

  constructor(datasets: Datasets, mark: ImportMark, onChange: () => void) {
    this.#datasets = datasets
    this.#mark = mark
    this.#onChange = onChange
    this.#status = mark.interrupted === null ? { state: 'idle' } : interrupted(mark.interrupted)
  }

  get status(): ImportStatus {
    return this.#status
  }

  /**
   * Returns at once.
   *
   * @param around what holds its files meanwhile
   * @throws GyrusError `dataset-import-busy`, `dataset-name-invalid`
   */
  start(request: ImportRequest, around: Around = (work) => work()): void {
    if (this.#status.state === 'running') throw new GyrusError('dataset-import-busy', { name: this.#status.name })
    checkDatasetName(request.name)
    const abort = new AbortController()
    this.#set({ state: 'running', name: request.name, done: 0, total: 0, secondsLeft: null })
    this.#running = { abort, ended: around(() => this.#run(request, abort.signal)) }
  }

  /** How it ended was read. */
  async dismiss(): Promise<void> {
    if (this.#status.state === 'running') return
    await this.#mark.clear()
    this.#set({ state: 'idle' })
  }

  /** Gyrus ends. What ran is told at the next start. */
  async close(): Promise<void> {
    this.#closing = true
    await this.cancel()
  }

  /** Ends what runs; copies that were made stay, for they do no harm. */
  async cancel(): Promise<void> {
    this.#running?.abort.abort()
    await this.#running?.ended
  }

  async #run(request: ImportRequest, signal: AbortSignal): Promise<void> {
    const status = await this.#import(request, signal).catch(
      (error): ImportStatus => ({ state: 'failed', name: request.name, failure: toFailure(error) }),
    )
    if (!this.#closing) await this.#mark.clear()
    this.#set(status)
  }

  async #import(request: ImportRequest, signal: AbortSignal): Promise<ImportStatus> {
    const { name } = request
    const left = new SecondsLeft()
    let toldAt = 0
    await this.#mark.set(name)
    const onProgress = ({ stage, done, total }: TaskProgress) => {
      this.#status = { state: 'running', name, done, total, secondsLeft: left.at(stage, done, total) }
      if (Date.now() - toldAt < TELL_MS) return
      toldAt = Date.now()
      this.#onChange()
    }
    const { created, set } = await this.#datasets.import(request, { signal, onProgress })
    return { state: 'done', name, version: set.version, created }
  }

  #set(status: ImportStatus): void {
    this.#status = status
    this.#onChange()
  }
}

const interrupted = (name: string): ImportStatus => ({
  state: 'failed',
  name,
  failure: new GyrusError('dataset-import-interrupted', { name }).toFailure(),
})
