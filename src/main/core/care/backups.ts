import { stat } from 'node:fs/promises'
import { type BackupSettings, type BackupStatus, backupWarning, type DatabaseCheck } from '../../../shared/backup.ts'
import { GyrusError, toGyrusError } from '../../../shared/errors.ts'
import type { CopyFollowing } from '../../store/types.ts'
import { dailyCommand, encryptCommand } from '../command-lines.ts'
import { refuseDepartment } from '../department/settings.ts'
import type { Emit } from '../events.ts'
import { type BackupOptions, backUp } from './back-up.ts'
import type { BackupParts } from './databases.ts'
import { isGone } from './places.ts'
import { secondsLeft } from './seconds-left.ts'
import { verifyBackup } from './verify-backup.ts'

/** A folder that is away comes back some time; and a day ends whenever the machine was off. */
const LOOK_AGAIN_MS = 10 * 60 * 1000
/** Pages are told of progress so often, ms. */
const TELL_MS = 200

type What = NonNullable<BackupStatus['running']>['what']

/** Backups of a Gyrus that is at work: those that are asked for, and one a day into the chosen folder. */
export class Backups {
  readonly #parts: BackupParts
  readonly #emit: Emit
  readonly #database: DatabaseCheck
  readonly #removing: () => boolean
  #timer: ReturnType<typeof setInterval> | undefined
  #running: { abort: AbortController; ended: Promise<unknown> } | undefined
  #progress: BackupStatus['running'] = null
  #failure: GyrusError | null = null
  #verifyFailure: GyrusError | null = null
  #toldAt = 0

  /**
   * @param database how it was looked at before it was opened
   * @param removing whether cases go by a rule just now: a backup of that moment would miss their files
   */
  constructor(parts: BackupParts, emit: Emit, database: DatabaseCheck, removing: () => boolean) {
    this.#parts = parts
    this.#emit = emit
    this.#database = database
    this.#removing = removing
  }

  /** Begins to look for the day's backup. */
  schedule(): void {
    if (this.#parts.folder.department) return
    this.#timer ??= setInterval(() => void this.look(), LOOK_AGAIN_MS).unref()
    void this.look()
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.cancel()
  }

  /** Whether one is being made, and not just verified. */
  get making(): boolean {
    return this.#progress?.what === 'backup'
  }

  async status(): Promise<BackupStatus> {
    const { store, folder } = this.#parts
    const settings = await store.backupSettings()
    const [newest] = await store.loggedBackups()
    const gone = settings.last !== null && (await isGone(settings.last.path))
    const about = { ...settings, failed: this.#failure !== null, sound: newest?.verified?.sound !== false, gone }
    return {
      ...settings,
      running: this.#progress,
      failure: this.#failure?.toFailure() ?? null,
      verifyFailure: this.#verifyFailure?.toFailure() ?? null,
      department: folder.department !== null,
      warning: this.making || folder.department ? null : backupWarning(about, await store.firstReceived(), Date.now()),
      database: this.#database,
      command: dailyCommand(folder.root),
      encrypted: folder.keys !== null,
      encryptCommand: encryptCommand(folder.root, folder.keys !== null),
    }
  }

  /** Where and how many; a backup is due there at once. */
  async set(settings: Pick<BackupSettings, 'folder' | 'daily' | 'weekly'>, by: string): Promise<void> {
    refuseDepartment(this.#parts.folder.department)
    await this.#parts.store.setBackups(settings, by)
    this.#failure = null
    this.#emit({ type: 'backup' })
    if (this.#timer) void this.look()
  }

  async keep(kept: Pick<BackupSettings, 'daily' | 'weekly'>, by: string): Promise<void> {
    const { folder } = await this.#parts.store.backupSettings()
    await this.#parts.store.setBackups({ folder, ...kept }, by)
    this.#emit({ type: 'backup' })
  }

  /** Returns at once; the status tells how it comes along. @throws GyrusError `backup-busy`, `retention-busy` */
  start(dir: string, by: string): void {
    refuseDepartment(this.#parts.folder.department)
    if (this.#running) throw new GyrusError('backup-busy')
    if (this.#removing()) throw new GyrusError('retention-busy')
    this.#make(dir, { by, daily: false, readAll: false }).catch(() => undefined)
  }

  /** The same into the folder that is set. @throws GyrusError `backup-busy`, `backup-folder-unset` */
  async startNow(by: string): Promise<void> {
    const { folder } = await this.#parts.store.backupSettings()
    if (folder === null) throw new GyrusError('backup-folder-unset')
    this.start(folder, by)
  }

  /**
   * Begins to verify the backup that was made at an instant; the result goes on record.
   *
   * @throws GyrusError `backup-busy`, `backup-unknown`, `backup-folder-missing` where it is not in reach
   */
  async startVerify(at: string, by: string): Promise<void> {
    const found = (await this.#parts.store.loggedBackups()).find((one) => one.at === at)
    if (!found) throw new GyrusError('backup-unknown')
    const there = await stat(found.path).catch(() => null)
    if (!there?.isDirectory()) throw new GyrusError('backup-folder-missing', { path: found.path })
    if (this.#running) throw new GyrusError('backup-busy')
    this.#verifyFailure = null
    this.#follow('verify', (following) => this.#verify(found.path, by, following)).catch((error) => {
      const known = toGyrusError(error)
      if (known.code !== 'cancelled') this.#verifyFailure = known
      this.#emit({ type: 'backup' })
    })
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
      if (this.#running || this.#removing()) return
      await this.#make(folder, { by: 'gyrus', daily: true, readAll: false })
    } catch (error) {
      this.#failed(error)
    }
  }

  async #make(dir: string, options: BackupOptions): Promise<void> {
    try {
      await this.#follow('backup', (following) => backUp(this.#parts, dir, options, following))
      this.#failure = null
    } catch (error) {
      this.#failed(error)
      throw error
    } finally {
      this.#emit({ type: 'backup' })
    }
  }

  /** What a backup is found to be is on record, sound or not; only what kept it from being read is thrown. */
  async #verify(path: string, by: string, following: CopyFollowing): Promise<void> {
    const reason = await verifyBackup(this.#parts, path, following).then(
      () => null,
      (error) => {
        const known = toGyrusError(error)
        if (known.code !== 'backup-unsound' && known.code !== 'backup-invalid') throw known
        return String(known.details.reason ?? known.message)
      },
    )
    const detail = { path, sound: reason === null, reason }
    await this.#parts.store.log({ actor: by, act: 'backup.verified', subject: 'backup', detail })
  }

  #follow<T>(what: What, work: (following: CopyFollowing) => Promise<T>): Promise<T> {
    const abort = new AbortController()
    const left = secondsLeft()
    const onProgress = (at: { stage: string; done: number; total: number }) =>
      this.#show({ what, ...at, secondsLeft: left(at) })
    const working = work({ signal: abort.signal, onProgress }).finally(() => {
      this.#running = undefined
      this.#progress = null
      this.#emit({ type: 'backup' })
    })
    this.#running = { abort, ended: working.catch(() => undefined) }
    this.#show({ what, stage: what === 'backup' ? 'database' : 'entries', done: 0, total: 0, secondsLeft: null })
    return working
  }

  #failed(error: unknown): void {
    const known = toGyrusError(error)
    this.#failure = known.code === 'cancelled' ? null : known
  }

  #show(progress: NonNullable<BackupStatus['running']>): void {
    this.#progress = progress
    if (Date.now() - this.#toldAt < TELL_MS) return
    this.#toldAt = Date.now()
    this.#emit({ type: 'backup' })
  }
}
