import { setTimeout as sleep } from 'node:timers/promises'
import { headerCautions } from '../../../shared/cautions.ts'
import type { DicomFacts } from '../../../shared/dicom.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { PendingCase, SettledCase, Store } from '../../store/types.ts'
import type { Analyses, Outcome } from '../analyser.ts'
import type { Emit } from '../events.ts'
import { groupCommit } from '../group-commit.ts'
import type { Asked, WorkQueue } from './queue.ts'

/** How often the record is asked what became of the cases that somebody waits for here, ms. */
const LOOK_MS = { opened: 40, batch: 150 }
/** The same while the record cannot be asked. */
const PATIENCE_MS = 1_000
/** So often the queue is asked in vain before the scan is read here. */
const TRIES = 5

interface SharedParts {
  queue: WorkQueue
  /** What has a file read on this workstation, for as long as the department is away. */
  own: Analyses
  isAway: () => boolean
  store: Store
  emit: Emit
  noteSlice: (facts: DicomFacts) => void
}

interface Waiting {
  urgent: boolean
  resolve(outcome: Outcome): void
  reject(error: GyrusError): void
}

/**
 * Has cases analysed by whichever workstation takes them, this one among them. What became of a case is what the record
 * says of it: whoever wrote it, and whatever ended meanwhile.
 */
export class SharedAnalyser implements Analyses {
  readonly #parts: SharedParts
  readonly #add: (asked: Asked, urgent: boolean) => Promise<void>
  readonly #waiting = new Map<string, Waiting>()
  #looking: Promise<void> | null = null
  #closed = false

  constructor(parts: SharedParts) {
    this.#parts = parts
    this.#add = groupCommit((asked) => this.#addPatiently(asked))
  }

  async analyse(pending: PendingCase, urgent: boolean): Promise<Outcome> {
    const queued = await this.#ask({ job: { ...pending, again: false }, priority: urgent ? 'opened' : 'batch' })
    return queued ?? this.#parts.own.analyse(pending, urgent)
  }

  async analyseAgain(pending: PendingCase): Promise<Outcome> {
    const queued = await this.#ask({ job: { ...pending, again: true }, priority: 'batch' })
    return queued ?? this.#parts.own.analyseAgain(pending)
  }

  /** Waits for nothing any more: what is in the queue is done by others, or at the next start. */
  close(): void {
    this.#closed = true
    for (const { reject } of this.#waiting.values()) reject(new GyrusError('cancelled'))
    this.#waiting.clear()
  }

  /** @returns null where the department is away, and the scan has to be read here */
  async #ask(asked: Asked): Promise<Outcome | null> {
    const { id } = asked.job
    const urgent = asked.priority === 'opened'
    if (this.#parts.isAway()) return null
    try {
      const added = await this.#add(asked, urgent).then(
        () => true,
        () => false,
      )
      if (!added && !this.#closed) return null
      if (this.#closed) throw new GyrusError('cancelled')
      return await new Promise<Outcome>((resolve, reject) => {
        this.#waiting.set(id, { urgent, resolve, reject })
        this.#looking ??= this.#look().finally(() => {
          this.#looking = null
        })
      })
    } finally {
      this.#parts.emit({ type: 'case', id })
    }
  }

  /** A queue that is away comes back; what it has already, it takes once. */
  async #addPatiently(asked: Asked[]): Promise<void> {
    for (let left = TRIES; ; left -= 1) {
      try {
        return await this.#parts.queue.add(asked)
      } catch (error) {
        if (this.#closed || left === 0 || this.#parts.isAway()) throw error
        await sleep(PATIENCE_MS)
      }
    }
  }

  async #look(): Promise<void> {
    while (this.#waiting.size > 0) {
      const urgent = this.#waiting.values().some((one) => one.urgent)
      await sleep(urgent ? LOOK_MS.opened : LOOK_MS.batch)
      const settled = await this.#parts.store.settledCases([...this.#waiting.keys()]).catch(() => null)
      // Whoever waits is told when the record can be asked again.
      if (settled === null) await sleep(PATIENCE_MS)
      for (const one of settled ?? []) this.#tell(one)
    }
  }

  #tell(settled: SettledCase): void {
    const { caseId, dicom, answer } = settled
    const waiting = this.#waiting.get(caseId)
    this.#waiting.delete(caseId)
    if (answer && dicom) this.#parts.noteSlice(dicom)
    waiting?.resolve(outcomeOf(settled))
  }
}

function outcomeOf({ caseId, fileName, dicom, answer, failure }: SettledCase): Outcome {
  if (answer === null) {
    const told = failure ?? new GyrusError('internal', { reason: 'a case without an answer' }).toFailure()
    return { caseId, fileName, status: 'failed', failure: told }
  }
  const cautions = answer.frames?.standing.cautions ?? (answer.label === null ? [] : headerCautions(dicom))
  return { caseId, fileName, status: 'analysed', ...answer, cautions }
}
