import type { BackupSettings, BackupStatus, MadeBackup } from '../../../shared/backup.ts'
import { GyrusError, toGyrusError } from '../../../shared/errors.ts'
import type { CopyFollowing } from '../../store/types.ts'
import type { Emit } from '../events.ts'
import { type BackupOptions, backUp } from './back-up.ts'
import type { BackupParts } from './databases.ts'

/** A folder that is away comes back some time; and a day ends whenever the machine was off. */
const LOOK_AGAIN_MS = 10 * 60 * 1000
/** Pages are told of progress so often, ms. */
const TELL_MS = 200

/** Backups of a Gyrus that is at work: those that are asked for, and one a day into the chosen folder. */
export class Backups {
  readonly #parts: BackupParts
  readonly #emit: Emit
  #timer: ReturnType<typeof setInterval> | undefined
  #running: { abort: AbortController; ended: Promise<unknown> } | undefined
  #progress: BackupStatus['running'] = null
  #failure: GyrusError | null = null
  #toldAt = 0

  constructor(parts: BackupParts, emit: Emit) {
    this.#parts = parts
    this.#emit = emit
  }

  /** Begins to look for the day's backup. */
  schedule(): void {
    this.#timer ??= setInterval(() => void this.look(), LOOK_AGAIN_MS).unref()
    void this.look()
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.cancel()
  }

  async status(): Promise<BackupStatus> {
    const settings = await this.#parts.store.backupSettings()
    return { ...settings, running: this.#progress, failure: this.#failure?.toFailure() ?? null }
  }

  /** Where and how many; a backup is due there at once. */
  async set(settings: Pick<BackupSettings, 'folder' | 'daily' | 'weekly'>, by: string): Promise<void> {
    await this.#parts.store.setBackups(settings, by)
    this.#failure = null
    this.#emit({ type: 'backup' })
    if (this.#timer) void this.look()
  }

  /** Returns at once; the status tells how it comes along. @throws GyrusError `backup-busy` */
  start(dir: string, by: string): void {
    if (this.#running) throw new GyrusError('backup-busy')
    this.#make(dir, { by, daily: false, readAll: false }).catch(() => undefined)
  }

  async cancel(): Promise<void> {
    this.#running?.abort.abort()
    await this.#running?.ended
  }

  /** Makes the day's backup where it is still to be made. Never rejects: why not is in the status. */
  async look(): Promise<void> {
    if (this.#running) return
    try {
      const { folder, last } = await this.#parts.store.backupSettings()
      const today = new Date().toISOString().slice(0, 10)
      if (folder === null || last?.at.slice(0, 10) === today) return
      await this.#make(folder, { by: 'gyrus', daily: true, readAll: false })
    } catch (error) {
      this.#failed(error)
    }
  }

  #make(dir: string, options: BackupOptions): Promise<MadeBackup> {
    const abort = new AbortController()
    const following: CopyFollowing = { signal: abort.signal, onProgress: (at) => this.#show(at) }
    const made = backUp(this.#parts, dir, options, following)
    const ended = made
      .then(
        () => {
          this.#failure = null
        },
        (error) => this.#failed(error),
      )
      .finally(() => {
        this.#running = undefined
        this.#progress = null
        this.#emit({ type: 'backup' })
      })
    this.#running = { abort, ended }
    this.#show({ stage: 'database', done: 0, total: 0 })
    return made
  }

  #failed(error: unknown): void {
    const known = toGyrusError(error)
    this.#failure = known.code === 'cancelled' ? null : known
  }

  #show(at: { stage: string; done: number; total: number }): void {
    this.#progress = at
    if (Date.now() - this.#toldAt < TELL_MS) return
    this.#toldAt = Date.now()
    this.#emit({ type: 'backup' })
  }
}
