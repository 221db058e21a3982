import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Batch } from '../../../shared/batches.ts'
import type { Source } from '../../../shared/cases.ts'
import { type ErrorCode, GyrusError } from '../../../shared/errors.ts'
import type { CaseFailure, FileToDo, Store } from '../../store/types.ts'
import type { Outcome } from '../analyser.ts'
import { type Archives, archiveOf, nameInArchive } from '../intake/archives.ts'
import { inOrder } from '../intake/in-order.ts'
import type { Intake, IntakeFile } from '../intake/intake.ts'
import { listFiles } from './list.ts'
import { Rate } from './rate.ts'
import type { Retry } from './retry.ts'
import type { Seen } from './seen.ts'

/** Files read from the record at a time. */
const WINDOW = 256
/** What a file says when the folder that it lay in is gone. */
const GONE: readonly ErrorCode[] = ['file-missing', 'file-unreadable']

export interface FileOutcome {
  path: string
  outcome: Outcome
  /** Files of the batch that are known by now. */
  found: number
}

export interface RunParts {
  store: Store
  intake: Intake
  archives: Archives
  seen: Seen
}

/** One go at a batch: lists its files while it analyses them, until it is through or stopped. */
export class BatchRun {
  readonly batch: Batch
  readonly rate = new Rate()
  /** What keeps it from going on, e.g. a full disk. */
  failure: CaseFailure | null = null
  readonly #parts: RunParts
  readonly #retry: Retry | undefined
  readonly #stopped = new AbortController()
  #listed: boolean
  #found: number
  #more = Promise.withResolvers<void>()

  /** @param retry counts what had failed before and is tried again */
  constructor(batch: Batch, parts: RunParts, retry?: Retry) {
    this.batch = batch
    this.#parts = parts
    this.#retry = retry
    this.#listed = batch.listed
    this.#found = batch.counts.total
  }

  /** Takes no further file; what is under way is finished. */
  stop(): void {
    this.#stopped.abort()
    this.#more.resolve()
  }

  get stopped(): boolean {
    return this.#stopped.signal.aborted
  }

  /** Outcomes in the files' order. @throws GyrusError of the record */
  async *outcomes(): AsyncGenerator<FileOutcome> {
    const listing = this.#list()
    // Told at the end.
    listing.catch(() => this.stop())
    yield* inOrder(this.#filesToDo(), this.#parts.intake.underWay, (file) => this.#work(file))
    await listing
  }

  async #list(): Promise<void> {
    if (this.#listed) return
    const { id, options } = this.batch
    const { store, archives } = this.#parts
    const parts = { store, archives, batch: id, options, signal: this.#stopped.signal }
    await listFiles(parts, (found) => {
      this.#found = Math.max(this.#found, found)
      this.#tellMore()
    })
    this.#listed = true
    this.#tellMore()
  }

  #tellMore(): void {
    this.#more.resolve()
    this.#more = Promise.withResolvers()
  }

  async *#filesToDo(): AsyncGenerator<FileToDo> {
    let after = 0
    while (!this.stopped) {
      const { promise: more } = this.#more
      const all = this.#listed
      const files = await this.#parts.store.filesToDo(this.batch.id, after, WINDOW)
      for (const file of files) {
        if (this.stopped) return
        after = file.seq
        yield file
      }
      if (files.length < WINDOW && all) return
      if (files.length < WINDOW) await more
    }
  }

  /** Never rejects. */
  async #work(file: FileToDo): Promise<FileOutcome> {
    const outcome = await this.#open(file).catch((error): Outcome => notLogged(file, error))
    this.rate.count(outcome.status === 'analysed')
    if (file.failedCase) this.#retry?.count(outcome)
    if (outcome.status === 'failed') await this.#judge(file, outcome)
    return { path: file.path, outcome, found: this.#found }
  }

  async #open(file: FileToDo): Promise<Outcome> {
    const { intake, store } = this.#parts
    const { failedCase } = file
    if (failedCase?.sha256) return intake.takeAgain(await store.retry(failedCase.id, this.batch.createdBy))
    const done = Promise.withResolvers<void>()
    try {
      return await intake.take(await this.#toOpen(file, done.promise), this.#by)
    } finally {
      done.resolve()
    }
  }

  async #toOpen({ seq, path, failure, failedCase }: FileToDo, done: Promise<void>): Promise<IntakeFile> {
    const { id: batch, origin, options } = this.batch
    const lost = origin === 'upload' ? new GyrusError('batch-uploaded') : undefined
    const known = failure ? new GyrusError(failure.code, failure.details) : lost
    const packed = await archiveOf(path)
    return {
      path,
      ...(packed && { ...packed, fileName: nameInArchive(packed) }),
      ...(known && { failure: known }),
      membership: {
        member: { batch, seq, again: failedCase !== null },
        failedCase: failedCase?.id ?? null,
        seen: async (sha256) => (options.skipSeen ? this.#parts.seen.find(sha256, done) : null),
      },
    }
  }

  get #by(): { actor: string; source: Source } {
    const { createdBy, origin } = this.batch
    return { actor: createdBy, source: origin === 'command-line' ? 'command-line' : 'file' }
  }

  /** A failure that is not the file's own stops the batch: the others would only fail too. */
  async #judge(file: FileToDo, { caseId, failure, details }: Outcome & { status: 'failed' }): Promise<void> {
    // The command line answers for every file that it was given.
    if (this.batch.origin === 'command-line' || failure.code === 'cancelled') return
    if (caseId === null || failure.code === 'disk-full')
      this.#interrupt({ code: failure.code, details: { reason: failure.message, ...details } })
    else if (GONE.includes(failure.code) && (await this.#rootIsGone(file))) {
      this.#interrupt({ code: 'batch-folder-missing', details: { path: file.rootPath ?? file.path } })
    }
  }

  #interrupt(failure: CaseFailure): void {
    if (!this.stopped) this.failure = failure
    this.stop()
  }

  async #rootIsGone({ rootPath, path }: FileToDo): Promise<boolean> {
    if (rootPath === null || rootPath === path) return false
    return stat(rootPath).then(
      () => false,
      () => true,
    )
  }
}

const notLogged = ({ path }: FileToDo, error: unknown): Outcome => ({
  caseId: null,
  fileName: basename(path),
  status: 'failed',
  failure: (error instanceof GyrusError ? error : new GyrusError('internal', { reason: String(error) })).toFailure(),
})
