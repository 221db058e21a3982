import type { BackupRow, BackupStatus } from '../../shared/backup.ts'
import { account } from '../accounts/account.svelte.ts'
import { call, failureOf, transport } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'

const t = texts.care.backups
/** A backup grows late without anything happening. */
const LOOK_AGAIN_MS = 10 * 60 * 1000

/** How the backups stand, for the screen and for the mark in the title bar. Null for whom it is none of their business. */
class BackupState {
  status = $state.raw<BackupStatus | null>(null)
  rows = $state.raw<BackupRow[] | null>(null)
  failure = $state.raw<UiFailure | null>(null)

  /** To be called once somebody is signed in. */
  start(): void {
    onEvent(({ type }) => {
      if (type === 'backup' || type === 'resync') void this.load()
    })
    setInterval(() => void this.load(), LOOK_AGAIN_MS)
    void this.load()
  }

  async load(): Promise<void> {
    if (!account.can('oversee')) {
      this.status = null
      this.rows = null
      return
    }
    try {
      const status = await call('backups.status', {})
      // What is listed changes with what has come to its end.
      if (this.rows === null || !status.running) this.rows = (await call('backups.list', {})).backups
      this.status = status
      this.failure = null
    } catch (error) {
      this.failure = failureOf(error)
    }
  }

  /** Into the folder that is set; where none is and the shell can ask for one, that is asked first. */
  async now(): Promise<void> {
    if (this.status?.folder) await this.#try(() => call('backups.now', {}))
    else await this.choose()
  }

  /** The shell's own dialog; a backup is made there at once. */
  async choose(): Promise<void> {
    const { status } = this
    const [folder] = (await transport.choosePaths('folder')) ?? []
    if (folder === undefined || !status) return
    const { daily, weekly } = status
    await this.#try(() => call('backups.set', { folder, daily, weekly }), t.chosen)
  }

  async stop(): Promise<void> {
    if (!this.status) return
    const { daily, weekly } = this.status
    await this.#try(() => call('backups.set', { folder: null, daily, weekly }), t.stopped)
  }

  async keep(daily: number, weekly: number): Promise<void> {
    await this.#try(() => call('backups.keep', { daily, weekly }), t.saved)
  }

  verify = (at: string): Promise<void> => this.#try(() => call('backups.verify', { at }))
  cancel = (): Promise<void> => this.#try(() => call('backups.cancel', {}))

  async #try(work: () => Promise<unknown>, done?: string): Promise<void> {
    try {
      await work()
      if (done !== undefined) toasts.note(done)
    } catch (error) {
      toasts.failure(failureOf(error))
    }
    await this.load()
  }
}

export const backups = new BackupState()
