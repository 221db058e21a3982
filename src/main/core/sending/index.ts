import { timeNow } from '../../../shared/clock.ts'
import { GyrusError, toGyrusError } from '../../../shared/errors.ts'
import type { DueSending } from '../../store/types.ts'
import type { Emit, Events } from '../events.ts'
import { Calm } from '../sources/calm.ts'
import { nextTry } from './back-off.ts'
import { type SendingParts, sendOne } from './send-one.ts'

/** The queue is looked at that often in any case, ms: a clock that was set puts no timer right. */
const LOOK_EACH_MS = 60_000

interface Parts extends SendingParts {
  events: Events
}

/**
 * Results on their way to a PACS: a queue on record, which a kill leaves as it is. What was under way is sent once more then;
 * it has the same UIDs, so that the PACS has it once. One at a time to each PACS.
 */
export class Sendings {
  readonly #parts: Parts
  readonly #emit: Emit
  readonly #ending = new AbortController()
  /** A batch moves hundreds of cases a second. */
  readonly #calm = new Calm(() => this.#look())
  /** By the PACS's id, while one is on its way there. */
  readonly #underWay = new Map<string, Promise<void>>()
  #timer: NodeJS.Timeout | undefined
  #stop: (() => void) | null = null
  #looking: Promise<void> = Promise.resolve()

  constructor(parts: Parts) {
    this.#parts = parts
    this.#emit = parts.events.emit
  }

  /** Begins to send what waits. */
  start(): void {
    // A case that was signed is in the queue with its signature.
    this.#stop = this.#parts.events.subscribe(({ type }) => {
      if (type === 'case') this.#calm.tell()
    })
    this.#look()
  }

  /**
   * Puts a case in the queue.
   *
   * @throws GyrusError `pacs-unknown`, and where nothing could be made of the case: `objects-*`, `case-unknown`,
   *   `impression-needed`
   */
  async ask(caseId: string, pacs: string, by: string): Promise<number> {
    await this.#parts.objects.requireTellable(caseId, by)
    const id = await this.#parts.store.askToSend({ caseId, pacs, by })
    this.#changed(caseId)
    return id
  }

  /** @throws GyrusError `sending-unknown` */
  async retry(id: number, by: string): Promise<void> {
    await this.#parts.store.retrySending(id, by)
    this.#changed()
  }

  /** @throws GyrusError `sending-unknown` */
  async giveUp(id: number, by: string): Promise<void> {
    await this.#parts.store.giveUpSending(id, by)
    this.#changed()
  }

  /** Tries one at once, and waits for what comes of it: for shells that end then. @throws GyrusError why it did not arrive */
  async now(id: number): Promise<void> {
    const [due] = await this.#parts.store.dueSendings('', id)
    if (!due) throw new GyrusError('sending-unknown')
    const error = await this.#try(due)
    if (error) throw error
  }

  async close(): Promise<void> {
    this.#stop?.()
    this.#calm.close()
    clearTimeout(this.#timer)
    this.#ending.abort()
    await this.#looking
    await Promise.all(this.#underWay.values())
  }

  #changed(caseId?: string): void {
    this.#emit({ type: 'sendings' })
    if (caseId !== undefined) this.#emit({ type: 'case', id: caseId })
    this.#look()
  }

  /** One look after another. */
  #look(): void {
    if (this.#stop === null || this.#ending.signal.aborted) return
    this.#looking = this.#looking.then(() => this.#begin()).catch(() => this.#later(LOOK_EACH_MS))
  }

  /** Begins with the oldest that is due for each PACS to which nothing is on its way. */
  async #begin(): Promise<void> {
    if (this.#ending.signal.aborted) return
    const now = timeNow()
    for (const due of await this.#parts.store.dueSendings(now)) {
      if (this.#underWay.has(due.pacs)) continue
      const done = this.#try(due).then(() => {
        this.#underWay.delete(due.pacs)
        this.#look()
      })
      this.#underWay.set(due.pacs, done)
    }
    const next = await this.#parts.store.nextSending()
    if (next !== null) this.#later(Math.max(0, Date.parse(next) - Date.now()))
  }

  #later(ms: number): void {
    clearTimeout(this.#timer)
    if (this.#ending.signal.aborted) return
    // What is due and not begun waits for what is on its way, which looks again when it is through.
    const least = this.#underWay.size > 0 ? LOOK_EACH_MS : 1_000
    this.#timer = setTimeout(() => this.#look(), Math.max(least, Math.min(ms, LOOK_EACH_MS)))
    this.#timer.unref()
  }

  /** Never rejects: gives why it did not arrive, which is on record. */
  async #try(due: DueSending): Promise<GyrusError | null> {
    const { store } = this.#parts
    const { signal } = this.#ending
    try {
      const objects = await sendOne(this.#parts, due, signal)
      await store.sent(due.id, objects)
      return null
    } catch (thrown) {
      const error = toGyrusError(thrown)
      // Gyrus is closing: it waits, as if it had not been begun.
      if (signal.aborted) return error
      const { comment: _, ...details } = error.details
      const nextAt = nextTry(error, due.tries + 1, due.askedAt, Date.now())
      // A disk that takes no more must not stop the queue.
      await store.sendingFailed({ id: due.id, code: error.code, details, nextAt }).catch(() => undefined)
      return error
    } finally {
      this.#emit({ type: 'sendings' })
    }
  }
}
