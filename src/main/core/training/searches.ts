import { GyrusError, toGyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import type { SearchRequest } from '../../../shared/search.ts'
import type { SearchRecord, SearchRow, TrialRow } from '../../../shared/search-contract.ts'
import type { RunRecord } from '../../../shared/training.ts'
import type { Store } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Emit } from '../events.ts'
import { setOf } from './on-set.ts'
import { newRunId } from './run-folder.ts'
import { runSearch } from './search.ts'
import { leaveGoOn, listSearches, readSearch, takeGoOn, writeSearch } from './search-file.ts'
import type { TrainingRuns } from './training-runs.ts'
import { trialsOf } from './trials.ts'

interface Parts {
  store: Store
  folder: DataFolder
  trainings: TrainingRuns
  emit: Emit
}

/** Searches that the screens began: each goes on whoever looks, and can be gone on with after a break. */
export class Searches {
  readonly #parts: Parts
  readonly #running = new Map<string, { abort: AbortController; done: Promise<void> }>()
  #closing = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** @throws GyrusError `search-invalid`, `disk-full` and the like */
  async start(request: SearchRequest, actor: string): Promise<string> {
    const planned = trialsOf(request)
    const { store, folder } = this.#parts
    const id = newRunId('search')
    const createdAt = new Date().toISOString()
    const search = { id, request, state: 'running', failure: null, createdAt, createdBy: actor } as const
    await writeSearch(folder.root, search).catch((error) => Promise.reject(asFileError(error)))
    const detail = { trials: planned.length, budgetSeconds: request.budgetSeconds, mode: request.mode }
    await store.log({ actor, act: 'search.started', subject: id, detail })
    this.#begin(search, actor)
    return id
  }

  /** @throws GyrusError `training-run-unknown`, `training-run-state` */
  async resume(id: string, actor: string): Promise<void> {
    const search = await this.#read(id)
    if (search.state === 'running' || search.state === 'finished') {
      throw new GyrusError('training-run-state', { run: id, state: search.state })
    }
    const { store } = this.#parts
    await store.log({ actor, act: 'search.resumed', subject: id, detail: {} })
    const again = { ...search, state: 'running', failure: null } as const
    await this.#write(again)
    this.#begin(again, actor)
  }

  /** Ends one, with the trial that runs. @throws GyrusError as `resume` */
  async cancel(id: string): Promise<void> {
    const running = this.#running.get(id)
    if (!running) throw new GyrusError('training-run-state', { run: id, state: (await this.#read(id)).state })
    running.abort.abort()
    await running.done
  }

  /** Newest first. */
  async list(): Promise<SearchRow[]> {
    const runs = await this.#parts.store.listRuns()
    const searches = await listSearches(this.#parts.folder.root)
    return searches.map((search) => this.#toRow(this.#asItIs(search), runs).search)
  }

  /** @throws GyrusError `training-run-unknown` */
  async get(id: string): Promise<{ search: SearchRow; trials: TrialRow[] }> {
    return this.#toRow(await this.#read(id), await this.#parts.store.listRuns())
  }

  /** Goes on with those that `close` left for this start, once the trials among the queued trainings were taken up. */
  async startLeft(): Promise<void> {
    const { root } = this.#parts.folder
    for (const { id, state } of await listSearches(root)) {
      const by = state === 'running' && !this.#running.has(id) ? await takeGoOn(root, id) : null
      if (by !== null) await this.resume(id, by)
    }
  }

  /**
   * What runs is left on record as interrupted: it ends with its trial.
   *
   * @param goOn as of the trainings
   * @param trained when these were closed
   */
  async close(goOn: string | null, trained: Promise<void>): Promise<void> {
    this.#closing = true
    const running = [...this.#running]
    await trained
    for (const [, { abort }] of running) abort.abort()
    await Promise.all(running.map(([, { done }]) => done))
    if (goOn === null) return
    const { root } = this.#parts.folder
    // A disk that takes no more leaves it to a reader.
    await Promise.allSettled(running.map(([id]) => leaveGoOn(root, id, goOn)))
  }

  #begin(search: SearchRecord, actor: string): void {
    const abort = new AbortController()
    this.#running.set(search.id, { abort, done: this.#run(search, actor, abort.signal) })
    this.#parts.emit({ type: 'run', id: search.id })
  }

  async #run(search: SearchRecord, actor: string, signal: AbortSignal): Promise<void> {
    const { trainings, emit } = this.#parts
    const by = { id: search.id, actor }
    const outcome = await runSearch(trainings, search.request, by, { signal, onTrial: () => undefined }).catch(
      toGyrusError,
    )
    this.#running.delete(search.id)
    // Left as it is, it counts as interrupted at the next start.
    if (!this.#closing) await this.#write({ ...search, ...endOf(outcome) })
    emit({ type: 'run', id: search.id })
  }

  /** A disk that takes no more leaves it as interrupted; what its trials gave is on record. */
  async #write(search: SearchRecord): Promise<void> {
    await writeSearch(this.#parts.folder.root, search).catch(() => undefined)
  }

  async #read(id: string): Promise<SearchRecord> {
    return this.#asItIs(await readSearch(this.#parts.folder.root, id))
  }

  #asItIs(search: SearchRecord): SearchRecord {
    const lost = search.state === 'running' && !this.#running.has(search.id)
    return lost ? { ...search, state: 'interrupted' } : search
  }

  #toRow(search: SearchRecord, runs: RunRecord[]): { search: SearchRow; trials: TrialRow[] } {
    const byId = new Map(runs.map((run) => [run.id, run]))
    const trials = trialsOf(search.request).map((changes, i) => {
      const run = byId.get(`${search.id}-${i + 1}`)
      return { number: i + 1, changes, ...resultOf(run) }
    })
    const loss = ({ validation }: TrialRow) => validation?.loss ?? Number.POSITIVE_INFINITY
    const [best] = trials.filter(({ validation }) => validation !== null).toSorted((a, b) => loss(a) - loss(b))
    const done = trials.filter(({ state }) => state === 'finished' || state === 'failed').length
    const set = setOf(search.request.request.set, this.#parts.folder)
    return { search: { ...search, set, planned: trials.length, done, best: best?.run ?? null }, trials }
  }
}

function endOf(outcome: Awaited<ReturnType<typeof runSearch>> | GyrusError): Pick<SearchRecord, 'state' | 'failure'> {
  if (!(outcome instanceof GyrusError)) return { state: 'finished', failure: null }
  return outcome.code === 'cancelled'
    ? { state: 'cancelled', failure: null }
    : { state: 'failed', failure: outcome.toFailure() }
}

function resultOf(run: RunRecord | undefined): Pick<TrialRow, 'run' | 'state' | 'validation' | 'seconds'> {
  if (!run) return { run: null, state: null, validation: null, seconds: null }
  const { id, state, summary } = run
  const seconds = summary ? (Date.parse(summary.finishedAt) - Date.parse(summary.startedAt)) / 1000 : null
  const validation = summary?.validation ?? null
  return {
    run: id,
    state,
    validation: validation && { loss: validation.loss, macroRecall: validation.macroRecall },
    seconds,
  }
}
