import type { Batch } from '../../../shared/batches.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { Outcome } from '../analyser.ts'
import type { Accepted, Intake, IntakeFile, OpenedBy } from '../intake/intake.ts'
import { Rate } from './rate.ts'
import type { Seen } from './seen.ts'

/** Files on record and not analysed yet: a browser waits rather than fill the memory with them. */
const MOST_UNDER_WAY = 128

/** A batch whose files a browser hands over one by one. */
export class UploadBatch {
  readonly rate = new Rate()
  readonly #batch: Batch
  readonly #parts: { intake: Intake; seen: Seen }
  readonly #underWay = new Set<Promise<Outcome>>()
  /** Settles when it is on record as cancelled; null where nobody has ended it. Then it takes no further file, also none that waits for its turn. */
  cancelling: Promise<Batch> | null = null

  constructor(batch: Batch, parts: { intake: Intake; seen: Seen }) {
    this.#batch = batch
    this.#parts = parts
  }

  /** @throws GyrusError `batch-state` where it was ended while the file waited */
  async take(file: IntakeFile, by: OpenedBy, onDone: () => void): Promise<Accepted> {
    while (this.#underWay.size >= MOST_UNDER_WAY) await Promise.race(this.#underWay)
    if (this.cancelling) throw new GyrusError('batch-state', { state: 'cancelled' })
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
      this.#underWay.delete(outcome)
      onDone()
    })
  }
}
