import type { HeadsStatus } from '../../../shared/audit.ts'
import { type GyrusError, toGyrusError } from '../../../shared/errors.ts'
import type { Store } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Emit } from '../events.ts'
import { exportHead } from './heads.ts'
import { readKey } from './key.ts'

/** A folder that is away comes back some time; and a day ends whenever the machine was off. */
const LOOK_AGAIN_MS = 10 * 60 * 1000

/**
 * Puts a signed head into the chosen folder once a day. What a missing folder keeps from being written is made up for
 * later: the next head tells of all that came before it.
 */
export class DailyHead {
  readonly #parts: { store: Store; folder: DataFolder; emit: Emit }
  #timer: ReturnType<typeof setInterval> | undefined
  #running: Promise<void> | undefined
  #failure: GyrusError | null = null

  constructor(parts: { store: Store; folder: DataFolder; emit: Emit }) {
    this.#parts = parts
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.look(), LOOK_AGAIN_MS).unref()
    void this.look()
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#running
  }

  async status(): Promise<HeadsStatus> {
    const { store, folder } = this.#parts
    const { installation, headsFolder, lastHead } = await store.auditSettings()
    // A key that cannot be read is told where it is needed.
    const key = await readKey(folder).catch(() => null)
    const failure = headsFolder === null ? null : (this.#failure?.toFailure() ?? null)
    return { installation, fingerprint: key?.fingerprint ?? null, folder: headsFolder, last: lastHead, failure }
  }

  /** Chooses the folder, null for none, and tries it at once. @throws GyrusError as `exportHead` */
  async setFolder(folder: string | null, actor: string): Promise<void> {
    const { store } = this.#parts
    if (folder !== null) await exportHead(this.#parts, folder, { actor, daily: true })
    await store.setHeadsFolder(folder, actor)
    this.#failure = null
    this.#parts.emit({ type: 'audit' })
  }

  /** Writes today's head where it is still to be written. Never rejects: why not is in the status. */
  look(): Promise<void> {
    this.#running ??= this.#look().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #look(): Promise<void> {
    const before = this.#failure?.code
    try {
      const { headsFolder, lastHead } = await this.#parts.store.auditSettings()
      const today = new Date().toISOString().slice(0, 10)
      if (headsFolder !== null && lastHead?.at.slice(0, 10) !== today) {
        await exportHead(this.#parts, headsFolder, { actor: 'gyrus', daily: true })
      }
      this.#failure = null
    } catch (error) {
      this.#failure = toGyrusError(error)
    }
    if (this.#failure?.code !== before) this.#parts.emit({ type: 'audit' })
  }
}
