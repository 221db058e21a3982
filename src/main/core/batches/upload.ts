import type { Batch } from '../../../shared/batches.ts'
import { GyrusError, toGyrusError } from '../../../shared/errors.ts'
import { type PassedOver, PassedOverCount } from '../../../shared/passed-over.ts'
import type { CaseFailure } from '../../store/types.ts'
import type { Outcome } from '../analyser.ts'
import { isAway } from '../department/files/errors.ts'
import type { Archives } from '../intake/archives.ts'
import { passedOverInArchive } from '../intake/find.ts'
import type { Accepted, Intake, IntakeFile, OpenedBy } from '../intake/intake.ts'
import { Rate } from './rate.ts'
import type { Seen } from './seen.ts'

/** Files on record and not analysed yet: a browser waits rather than fill the memory with them. */
const MOST_UNDER_WAY = 128

interface UploadParts {
  intake: Intake
  archives: Archives
  seen: Seen
}

/** A batch whose files a browser hands over one by one. */
export class UploadBatch {
  readonly rate = new Rate()
  readonly #batch: Batch
  /** Files that were not opened: in ZIP files, and what a browser tells of those that it did not hand over. */
  readonly passedOver = new PassedOverCount()
  readonly #parts: UploadParts
  readonly #underWay = new Set<Promise<Outcome>>()
  /** Settles when it is on record as cancelled; null where nobody has ended it. Then it takes no further file, also none that waits for its turn. */
  cancelling: Promise<Batch> | null = null

  /** Why it takes no further file: the shared files are away, so that all would only be refused. */
  failure: CaseFailure | null = null

  /** @param passedOver what the browser does not hand over */
  constructor(batch: Batch, parts: UploadParts, passedOver: PassedOver[]) {
    this.#batch = batch
    this.passedOver.include(passedOver)
    this.#parts = parts
  }

  /** @throws GyrusError `batch-state` where it was ended while the file waited */
  async take(file: IntakeFile, by: OpenedBy, onDone: () => void): Promise<Accepted> {
    while (this.#underWay.size >= MOST_UNDER_WAY) await Promise.race(this.#underWay)
    if (this.cancelling) throw new GyrusError('batch-state', { state: 'cancelled' })
    if (this.failure) throw new GyrusError('batch-state', { state: 'interrupted' })
    const { id, options } = this.#batch
    const done = Promise.withResolvers<void>()
    const accepted = this.#parts.intake.openOne(
      {
        ...file,
        membership: {
          member: { batch: id, upload: file.fileName ?? file.path },
          failedCase: null,
          seen: async (sha256) => (options.skipSeen ? this.#parts.seen.find(sha256, done.promise) : null),
        },
      },
      by,
    )
    this.#follow(accepted.outcome, () => {
      done.resolve()
      onDone()
    })
    return accepted
  }

  /** Opens a ZIP file as the images in it. @throws GyrusError as `take` */
  async takeArchive(file: IntakeFile, by: OpenedBy, onDone: () => void): Promise<void> {
    const archive = file.fileName ?? file.path
    const receive = async (one: Pick<IntakeFile, 'entry' | 'failure'>) => {
      const fileName = one.entry === undefined ? archive : `${archive}/${one.entry}`
      await (await this.take({ ...file, ...one, fileName }, by, onDone)).received
    }
    let any = false
    try {
      for await (const { name: entry, is } of this.#parts.archives.list({ path: file.path, key: file.key })) {
        const skipped = passedOverInArchive(entry, is, this.#batch.options)
        if (skipped) this.passedOver.add(`${archive}/${entry}`, skipped)
        else {
          any = true
          await receive(typeof is === 'string' ? { entry } : { entry, failure: new GyrusError(is.code, is.details) })
        }
      }
    } catch (error) {
      const failure = toGyrusError(error)
      // What cannot be put on record is told to whom hands it over; what is wrong with the archive is on record.
      if (any || ['cancelled', 'batch-state', 'disk-full'].includes(failure.code)) throw error
      return receive({ failure })
    }
    if (!any) await receive({ failure: new GyrusError('archive-empty') })
  }

  get startedBy(): string {
    return this.#batch.createdBy
  }

  /** Settles when nothing is under way. */
  async drained(): Promise<void> {
    await Promise.all(this.#underWay)
  }

  #follow(outcome: Promise<Outcome>, onDone: () => void): void {
    this.#underWay.add(outcome)
    void outcome.then((one) => {
      this.rate.count(one.status === 'analysed')
      if (one.status === 'failed' && one.caseId === null && isAway(one.failure.code))
        this.failure ??= { code: one.failure.code, details: { reason: one.failure.message, ...one.details } }
      this.#underWay.delete(outcome)
      onDone()
    })
  }
}
