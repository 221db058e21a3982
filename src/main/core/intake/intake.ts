import { basename } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import type { Source } from '../../../shared/cases.ts'
import { GyrusError, toFailure, toGyrusError } from '../../../shared/errors.ts'
import type { NewCase, NewFailedCase, PendingCase, Store } from '../../store/types.ts'
import type { Analyser, Outcome } from '../analyser.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Emit } from '../events.ts'
import { groupCommit } from '../group-commit.ts'
import { copyScan } from './copy.ts'
import type { FoundFile } from './find.ts'
import { inOrder } from './in-order.ts'
import { IntakeProgress } from './progress.ts'

/** Scans between hash and logged result at a time: the engine always has some ahead, and memory stays flat. */
export const UNDER_WAY = 64

export interface IntakeFile extends FoundFile {
  /** What to call it where the path's last part is not its name, e.g. an upload. */
  fileName?: string
}

/** Who opened it, and from where. */
export interface OpenedBy {
  actor: string
  source: Source
}

/** `received` settles when the file is on record, `outcome` when its result or failure is. */
export interface Accepted {
  /** @throws GyrusError where the file could not be put on record, e.g. `disk-full` */
  received: Promise<void>
  /** Never rejects. */
  outcome: Promise<Outcome>
}

type Registered = PendingCase | (Outcome & { status: 'failed' })

/** Takes files in: hash → copy → case row → analysis → result row. */
export class Intake {
  readonly progress: IntakeProgress
  readonly #folder: DataFolder
  readonly #analyser: Analyser
  readonly #emit: Emit
  readonly #receive: (one: NewCase) => Promise<void>
  readonly #receiveFailed: (one: NewFailedCase) => Promise<void>
  /** Files of each running `open` that were not started yet. */
  readonly #queues = new Set<IntakeFile[]>()
  /** The same for each running `resume`. */
  readonly #resumed = new Set<PendingCase[]>()
  readonly #underWay = new Set<Promise<Outcome>>()

  constructor(parts: { folder: DataFolder; store: Store; analyser: Analyser; emit: Emit }) {
    this.#folder = parts.folder
    this.#analyser = parts.analyser
    this.#emit = parts.emit
    this.progress = new IntakeProgress(() => parts.emit({ type: 'intake' }))
    this.#receive = groupCommit((cases) => parts.store.receive(cases))
    this.#receiveFailed = groupCommit((cases) => parts.store.receiveFailed(cases))
  }

  /** Opens files and gives their outcomes in the files' order; pulls them through only as fast as they are asked for. */
  async *open(files: IntakeFile[], by: OpenedBy): AsyncGenerator<Outcome> {
    const queue = files.toReversed()
    this.#queues.add(queue)
    this.progress.expect(files.length)
    try {
      yield* inOrder(takeFrom(queue), UNDER_WAY, (file) => this.#finish(file, this.#register(file, by)))
    } finally {
      this.#queues.delete(queue)
    }
  }

  /** Opens one file at once. */
  openOne(file: IntakeFile, by: OpenedBy): Accepted {
    this.progress.expect(1)
    const registered = this.#register(file, by)
    return { received: registered.then(() => undefined), outcome: this.#finish(file, registered) }
  }

  /** Analyses what is on record as `received`: after a kill, or when a failed case is tried again. */
  async resume(pending: PendingCase[]): Promise<void> {
    this.progress.expect(pending.length)
    const queue = pending.toReversed()
    this.#resumed.add(queue)
    const outcomes = inOrder(takeFrom(queue), UNDER_WAY, (one) =>
      this.#settle(one.fileName, this.#analyser.analyseAgain(one)),
    )
    for await (const _ of outcomes);
    this.#resumed.delete(queue)
  }

  /** Drops what was not started yet. What was received is finished. */
  cancel(): number {
    const dropped = [...this.#queues].reduce((sum, queue) => sum + queue.splice(0).length, 0)
    this.progress.drop(dropped)
    return dropped
  }

  /** Starts nothing more and waits for what is under way; what is still `received` is for the next start. */
  async close(): Promise<void> {
    for (const queue of this.#resumed) queue.length = 0
    this.cancel()
    await Promise.all(this.#underWay)
  }

  #finish(file: IntakeFile, registered: Promise<Registered>): Promise<Outcome> {
    const outcome = registered.then((one) => ('status' in one ? one : this.#analyser.analyse(one)))
    return this.#settle(nameOf(file), outcome)
  }

  async #register(file: IntakeFile, by: OpenedBy): Promise<Registered> {
    const fileName = nameOf(file)
    const receivedAt = new Date().toISOString()
    const one = { id: uuidv7(), receivedAt, receivedBy: by.actor, source: by.source, fileName }
    try {
      const scan = file.failure ?? (await copyScan(this.#folder, file.path).catch(toGyrusError))
      if (!(scan instanceof GyrusError)) {
        await this.#receive({ ...one, scan })
        return { id: one.id, fileName, sha256: scan.sha256 }
      }
      await this.#receiveFailed({ ...one, failure: { code: scan.code, details: scan.details } })
      return { caseId: one.id, fileName, status: 'failed', failure: scan.toFailure() }
    } finally {
      this.#emit({ type: 'case', id: one.id })
    }
  }

  /** Counts an outcome; what could not be logged becomes a problem on the screen. */
  #settle(fileName: string, outcome: Promise<Outcome>): Promise<Outcome> {
    const settled = outcome
      .catch((error): Outcome => {
        const failure = toFailure(error)
        this.progress.problem(fileName, failure)
        return { caseId: null, fileName, status: 'failed', failure }
      })
      .then((one) => {
        this.progress.finish(one.status === 'failed')
        this.#underWay.delete(settled)
        return one
      })
    this.#underWay.add(settled)
    return settled
  }
}

const nameOf = (file: IntakeFile) => file.fileName ?? basename(file.path)

/** Takes from a queue's end until it is empty, whoever else takes from it meanwhile. */
function* takeFrom<T>(queue: T[]): Generator<T> {
  for (let item = queue.pop(); item !== undefined; item = queue.pop()) yield item
}
