import { existsSync } from 'node:fs'
import type { VerifyStatus } from '../../../shared/audit.ts'
import { GyrusError, toGyrusError } from '../../../shared/errors.ts'
import type { Store } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Emit } from '../events.ts'
import { type HeadFile, readHeads } from './heads.ts'
import { verifyAudit } from './verify.ts'

/** Pages are told of progress so often, ms. */
const TELL_MS = 200

/** A verification that a page has started and follows by events; one at a time. */
export class VerifyJob {
  readonly #parts: { store: Store; folder: DataFolder; emit: Emit }
  #status: VerifyStatus = { state: 'idle' }
  #running: { abort: AbortController; ended: Promise<void> } | undefined

  constructor(parts: { store: Store; folder: DataFolder; emit: Emit }) {
    this.#parts = parts
  }

  get status(): VerifyStatus {
    return this.#status
  }

  /** Returns at once. @throws GyrusError `audit-verify-busy` */
  start(files: boolean, actor: string): void {
    if (this.#running) throw new GyrusError('audit-verify-busy')
    const abort = new AbortController()
    this.#set({ state: 'running', stage: 'entries', done: 0, total: 0, secondsLeft: null })
    const ended = this.#run(files, actor, abort.signal).finally(() => {
      this.#running = undefined
      this.#tell()
    })
    this.#running = { abort, ended }
  }

  async cancel(): Promise<void> {
    this.#running?.abort.abort()
    await this.#running?.ended
  }

  async #run(files: boolean, actor: string, signal: AbortSignal): Promise<void> {
    const { store } = this.#parts
    try {
      const heads = await this.#heads()
      const verdict = await verifyAudit(this.#parts, { files, heads }, { signal, onProgress: this.#follower() })
      const { broken, entries } = verdict
      const detail = {
        sound: broken === null,
        entries,
        broken: broken && { kind: broken.kind, sequence: broken.sequence },
      }
      await store.log({ actor, act: 'audit.verified', subject: 'audit', detail })
      this.#status = { state: 'done', at: new Date().toISOString(), verdict }
    } catch (error) {
      const known = toGyrusError(error)
      this.#status = known.code === 'cancelled' ? { state: 'idle' } : { state: 'failed', failure: known.toFailure() }
    }
  }

  /** Those of the chosen folder. One that is away is told of in the status of the daily heads. */
  async #heads(): Promise<HeadFile[]> {
    const { headsFolder, installation, lastHead } = await this.#parts.store.auditSettings()
    if (headsFolder === null || lastHead === null || !existsSync(headsFolder)) return []
    return readHeads(headsFolder, installation)
  }

  #follower() {
    let stage = ''
    let startedAt = 0
    let toldAt = 0
    return (at: { stage: string; done: number; total: number }) => {
      if (at.stage !== stage) startedAt = Date.now()
      stage = at.stage
      const secondsLeft = at.done === 0 ? null : ((Date.now() - startedAt) / 1000 / at.done) * (at.total - at.done)
      this.#status = { state: 'running', ...at, secondsLeft }
      if (Date.now() - toldAt < TELL_MS) return
      toldAt = Date.now()
      this.#tell()
    }
  }

  #set(status: VerifyStatus): void {
    this.#status = status
    this.#tell()
  }

  #tell(): void {
    this.#parts.emit({ type: 'audit-verify' })
  }
}
