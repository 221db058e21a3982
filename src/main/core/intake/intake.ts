import { basename } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import type { Source } from '../../../shared/cases.ts'
import { timeNow } from '../../../shared/clock.ts'
import type { DicomFacts } from '../../../shared/dicom.ts'
import { GyrusError, toGyrusError } from '../../../shared/errors.ts'
import type { Passed, SourceRule } from '../../../shared/source-rule.ts'
import type { BatchMember, NewCase, NewFailedCase, PendingCase, SkippedFile, Store } from '../../store/types.ts'
import type { Analyses, Outcome } from '../analyser.ts'
import type { DataFolder } from '../data-folder.ts'
import { areFilesAway } from '../department/files/errors.ts'
import type { EngineSupervisor } from '../engine-supervisor/index.ts'
import type { Emit } from '../events.ts'
import { groupCommit } from '../group-commit.ts'
import { scanFile } from '../stored-scans.ts'
import type { Archives } from './archives.ts'
import { copyScan, keepScan, refuseSize } from './copy.ts'
import type { EditedPicture } from './edited.ts'
import type { FoundFile } from './find.ts'
import { Headers } from './headers.ts'
import { inOrder } from './in-order.ts'
import { isDicom } from './is-dicom.ts'
import { Once } from './once.ts'
import { IntakeProgress } from './progress.ts'
import { Unlogged } from './unlogged.ts'

/** Scans between hash and logged result at a time: the engine always has some ahead, and memory stays flat. */
export const UNDER_WAY = 64
/** The same where several workstations take them out of a queue, each of which has some ahead. */
const UNDER_WAY_SHARED = 256

export interface IntakeFile extends FoundFile {
  /** What to call it where the path's last part is not its name, e.g. an upload. */
  fileName?: string
  /** Its path in the ZIP file that lies at `path`. */
  entry?: string
  /** What opens an upload that waits sealed on the disk. */
  key?: Uint8Array
  /** Where it is of a batch. */
  membership?: Membership
}

/** A file's place in a batch. */
export interface Membership {
  member: BatchMember
  /** Its case where it has failed before without a copy. */
  failedCase: string | null
  /** The case that has analysed these bytes before, where that is enough; null where they are to be analysed. */
  seen(sha256: string): Promise<string | null>
}

/** Who opened it, and from where. */
export interface OpenedBy {
  actor: string
  source: Source
  /** Who asked a machine for it. */
  askedBy?: string
}

/** `received` settles when the file is on record, `outcome` when its result or failure is. */
export interface Accepted {
  /** @throws GyrusError where the file could not be put on record, e.g. `disk-full` */
  received: Promise<void>
  /** Never rejects. */
  outcome: Promise<Outcome>
}

/** What became of what came by itself: not taken, and by what of the rule; or its case, and whether that was there before. */
export type Brought = { passed: Passed } | { passed: null; caseId: string; known: boolean }

type Registered = PendingCase | (Outcome & { status: 'failed' | 'skipped' })

interface IntakeParts {
  folder: DataFolder
  store: Store
  engine: EngineSupervisor
  analyser: Analyses
  archives: Archives
  emit: Emit
  /** Told of each DICOM image that is on record. */
  noteSlice: (facts: DicomFacts) => void
}

/** Takes files in: hash → copy → case row → analysis → result row. */
export class Intake {
  readonly progress: IntakeProgress
  /** How many scans are worked on at a time. */
  readonly underWay: number
  readonly #folder: DataFolder
  readonly #analyser: Analyses
  readonly #archives: Archives
  readonly #headers: Headers
  readonly #emit: Emit
  readonly #noteSlice: (facts: DicomFacts) => void
  readonly #receive: (one: NewCase, urgent: boolean) => Promise<void>
  readonly #receiveFailed: (one: NewFailedCase) => Promise<void>
  /** In a transaction of its own: what is wrong with it must not keep others from the record. */
  readonly #receiveAlone: (one: NewCase) => Promise<void>
  readonly #skip: (one: SkippedFile) => Promise<void>
  readonly #once: Once
  /** Files of each running `open` that were not started yet. */
  readonly #queues = new Set<IntakeFile[]>()
  /** The same for each running `resume`. */
  readonly #resumed = new Set<PendingCase[]>()
  readonly #working = new Set<Promise<Outcome>>()
  readonly #registering = new Set<Promise<unknown>>()
  readonly #unlogged: Unlogged

  constructor(parts: IntakeParts) {
    this.#folder = parts.folder
    this.underWay = parts.folder.department ? UNDER_WAY_SHARED : UNDER_WAY
    this.#archives = parts.archives
    this.#headers = new Headers(parts.engine)
    this.#analyser = parts.analyser
    this.#emit = parts.emit
    this.#noteSlice = parts.noteSlice
    this.progress = new IntakeProgress(() => parts.emit({ type: 'intake' }))
    this.#receive = groupCommit((cases) => parts.store.receive(cases))
    this.#receiveAlone = (one) => parts.store.receive([one])
    this.#receiveFailed = groupCommit((cases) => parts.store.receiveFailed(cases))
    this.#skip = groupCommit((files) => parts.store.skipFiles(files))
    this.#once = new Once((sha256) => parts.store.caseOfScan(sha256))
    this.#unlogged = new Unlogged((one) => this.#analyser.analyseAgain(one), this.underWay)
  }

  /** Opens files and gives their outcomes in the files' order; pulls them through only as fast as they are asked for. */
  async *open(files: IntakeFile[], by: OpenedBy): AsyncGenerator<Outcome> {
    const queue = files.toReversed()
    this.#queues.add(queue)
    this.progress.expect(files.length)
    try {
      yield* inOrder(takeFrom(queue), this.underWay, (file) => this.#finish(file, this.#register(file, by)))
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

  /**
   * Takes in a picture that was made of a case's; its analysis follows.
   *
   * @returns its case
   * @throws GyrusError `case-erased`, and where it could not be put on record, e.g. `disk-full`
   */
  async takeEdited(edited: EditedPicture, by: string): Promise<string> {
    const taking = this.#takeEdited(edited, by).finally(() => this.#registering.delete(taking))
    this.#registering.add(taking)
    return taking
  }

  async #takeEdited({ content, fileName, origin, experiment }: EditedPicture, by: string): Promise<string> {
    const scan = await keepScan(this.#folder, content)
    const id = uuidv7()
    const one = { id, receivedAt: timeNow(), receivedBy: by, source: 'edited' as const, fileName, scan }
    await this.#receiveAlone({ ...one, edited: { origin, experiment } })
    this.#emit({ type: 'case', id })
    void this.#track(fileName, this.#read(Promise.resolve({ id, fileName, sha256: scan.sha256 }), true))
    return id
  }

  /** Opens a file of a batch, which counts for itself and lets what a reader opens meanwhile go before. */
  take(file: IntakeFile, by: OpenedBy): Promise<Outcome> {
    return this.#track(nameOf(file), this.#read(this.#register(file, by), false))
  }

  /**
   * Takes in a file that came by itself, where the rule takes it and unless its bytes are on record. Returns when it is on
   * record; the analysis follows in its turn, or when a reader asks for it.
   *
   * @throws GyrusError where it could not be kept, or not be told whether it is to be; its source has it still
   */
  async bring(file: IntakeFile, by: OpenedBy, rule: SourceRule): Promise<Brought> {
    const bringing = this.#bring(file, by, rule).finally(() => this.#registering.delete(bringing))
    this.#registering.add(bringing)
    return bringing
  }

  /** The same for one that has failed before, from its stored copy. */
  takeAgain(pending: PendingCase): Promise<Outcome> {
    return this.#track(pending.fileName, this.#again(pending))
  }

  /** Analyses what is on record as `received`: after a kill, or when a failed case is tried again. */
  async resume(pending: PendingCase[]): Promise<void> {
    this.progress.expect(pending.length)
    const queue = pending.toReversed()
    this.#resumed.add(queue)
    const outcomes = inOrder(takeFrom(queue), this.underWay, (one) => this.#settle(one.fileName, this.#again(one)))
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
    await Promise.all([...this.#working, this.#unlogged.close()])
  }

  #finish(file: IntakeFile, registered: Promise<Registered>): Promise<Outcome> {
    return this.#settle(nameOf(file), this.#read(registered, isAwaited(file)))
  }

  #read(registered: Promise<Registered>, urgent: boolean): Promise<Outcome> {
    return registered.then((one) => ('status' in one ? one : this.#logged(one, this.#analyser.analyse(one, urgent))))
  }

  #again(pending: PendingCase): Promise<Outcome> {
    return this.#logged(pending, this.#analyser.analyseAgain(pending))
  }

  /** What could not be logged is taken up again later, by itself; whoever waits for it is told now. */
  #logged(pending: PendingCase, outcome: Promise<Outcome>): Promise<Outcome> {
    return outcome.catch((error) => {
      if (!isCancelled(error)) this.#unlogged.add(pending)
      throw error
    })
  }

  /** When all files that are between their copy and their row now have one. */
  async registered(): Promise<void> {
    await Promise.allSettled(this.#registering)
  }

  #register(file: IntakeFile, by: OpenedBy): Promise<Registered> {
    const registering = this.#putOnRecord(file, by).finally(() => this.#registering.delete(registering))
    this.#registering.add(registering)
    return registering
  }

  async #putOnRecord(file: IntakeFile, by: OpenedBy): Promise<Registered> {
    const fileName = nameOf(file)
    const receivedAt = timeNow()
    const { membership } = file
    const id = membership?.failedCase ?? uuidv7()
    const member = membership && { member: membership.member }
    const one = { id, receivedAt, receivedBy: by.actor, source: by.source, fileName, ...member }
    try {
      const scan = file.failure
        ? await this.#whyNot(file.failure)
        : await this.#copy(file).catch((e) => this.#whyNot(e))
      // Gyrus is closing, or nobody else could have the file now: it is still to be taken, it did not fail.
      if (isCancelled(scan) || areFilesAway(scan)) throw scan
      if (!(scan instanceof GyrusError)) {
        const seen = await membership?.seen(scan.sha256)
        if (membership && seen) {
          await this.#skip({ member: membership.member, caseId: seen })
          return { caseId: seen, fileName, status: 'skipped' }
        }
        const dicom = await this.#factsOf(file, scan.sha256)
        await this.#receive({ ...one, scan, dicom }, isAwaited(file))
        if (dicom) this.#noteSlice(dicom)
        return { id: one.id, fileName, sha256: scan.sha256 }
      }
      await this.#receiveFailed({ ...one, failure: { code: scan.code, details: scan.details } })
      return { caseId: one.id, fileName, status: 'failed', failure: scan.toFailure() }
    } finally {
      this.#emit({ type: 'case', id: one.id })
    }
  }

  /** An upload waits in the shared folder until it is copied: where that is another folder now, the file is not to blame. */
  async #whyNot(error: unknown): Promise<GyrusError> {
    const known = toGyrusError(error)
    const { files } = this.#folder
    if (isCancelled(known) || files.store) return known
    return files.check().then(() => known, toGyrusError)
  }

  /** Pictures of a folder are many, and their engine has other work. */
  async #factsOf({ path, key, entry }: IntakeFile, sha256: string): Promise<DicomFacts | null> {
    const inClear = key === undefined && entry === undefined
    if (inClear && !(await isDicom(path).catch(() => true))) return null
    return this.#headers.ofSlice(await scanFile(this.#folder, sha256))
  }

  /** What a reader opens is read while a store is away, and kept as the outbox is; a batch goes on when it is there again. */
  #copy({ entry, ...file }: IntakeFile): Promise<{ sha256: string; bytes: number }> {
    const later = isAwaited(file)
    if (entry === undefined) return copyScan(this.#folder, file, later)
    return this.#archives.withContent(storedOf(file), entry, (content) => keepScan(this.#folder, content, later))
  }

  async #bring(file: IntakeFile, by: OpenedBy, rule: SourceRule): Promise<Brought> {
    await refuseSize(file)
    const passed = await this.#headers.passed(storedOf(file), rule)
    if (passed !== null) return { passed }
    const scan = await copyScan(this.#folder, file)
    // What is kept is what the copy says: a file in a folder may be another one by now.
    const listed =
      rule.does === 'list' ? await this.#headers.toList(await scanFile(this.#folder, scan.sha256)) : undefined
    const id = uuidv7()
    const fileName = nameOf(file)
    const askedBy = by.askedBy === undefined ? {} : { askedBy: by.askedBy }
    const one = { id, receivedAt: timeNow(), receivedBy: by.actor, source: by.source, fileName, scan }
    const dicom = listed ? listed.dicom : await this.#headers.ofSlice(await scanFile(this.#folder, scan.sha256))
    const put = () => this.#receive({ ...one, ...askedBy, dicom, ...(listed && { listed }) }, true)
    // Its sender waits, and sends nothing else meanwhile.
    const known = await this.#once.unlessKnown(scan.sha256, put)
    if (known !== null) return { passed: null, caseId: known, known: true }
    this.#emit({ type: 'case', id })
    if (dicom) this.#noteSlice(dicom)
    if (!listed) void this.#track(fileName, this.#read(Promise.resolve({ id, fileName, sha256: scan.sha256 }), false))
    return { passed: null, caseId: id, known: false }
  }

  /** Counts an outcome; what could not be logged becomes a problem on the screen. */
  #settle(fileName: string, outcome: Promise<Outcome>): Promise<Outcome> {
    return this.#track(fileName, outcome).then((one) => {
      if (one.status === 'failed' && one.caseId === null) this.progress.problem(fileName, one.failure)
      this.progress.finish(one.status === 'failed')
      return one
    })
  }

  /** What could not be logged is an outcome too. */
  #track(fileName: string, outcome: Promise<Outcome>): Promise<Outcome> {
    const tracked = outcome
      .catch((error): Outcome => notLogged(fileName, error))
      .finally(() => this.#working.delete(tracked))
    this.#working.add(tracked)
    return tracked
  }
}

/** What could not be put on record, and why. */
function notLogged(fileName: string, error: unknown): Outcome {
  const known = toGyrusError(error)
  return { caseId: null, fileName, status: 'failed', failure: known.toFailure(), details: known.details }
}

/** Gyrus is closing. */
const isCancelled = (error: unknown) => error instanceof GyrusError && error.code === 'cancelled'

/** A reader opened it by itself; those of a batch can wait a little. */
const isAwaited = ({ membership }: IntakeFile) => membership === undefined

const storedOf = ({ path, key }: IntakeFile) => ({ path, key })

const nameOf = (file: IntakeFile) => file.fileName ?? basename(file.path)

/** Takes from a queue's end until it is empty, whoever else takes from it meanwhile. */
function* takeFrom<T>(queue: T[]): Generator<T> {
  for (let item = queue.pop(); item !== undefined; item = queue.pop()) yield item
}
