import type { RequestOutput } from '../../shared/contract.ts'
import { call, failureOf, transport } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'
import { session } from '../shell/session.svelte.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'
import { Uploads } from './uploads.svelte.ts'
import { chosen, entriesOf, type Found, walk } from './walk.ts'

type Status = RequestOutput<'intake.status'>
type Problem = { fileName: string; failure: UiFailure }

const ASK_EVERY_MS = 250
const PATHS_AT_ONCE = 10_000

export interface Progress {
  done: number
  total: number
  failed: number
  perSecond: number | null
  secondsLeft: number | null
}

/** Scans on their way in: chosen or dropped, uploaded where the shell needs that, read. */
class Intake {
  readonly uploads = new Uploads((problem) => this.#addProblems([problem]))
  status = $state.raw<Status | null>(null)
  /** Folders are being looked through. */
  scanning = $state(false)
  /** Files that did not get on record; shown until dismissed. */
  problems = $state.raw<Problem[]>([])
  /** Failures of the present go; the core forgets its own whenever its queue runs empty. */
  #failedBefore = $state(0)
  #asking: ReturnType<typeof setTimeout> | null = null
  #last: Progress | null = null

  readonly progress: Progress | null = $derived.by(() => {
    const { uploads, status } = this
    const failed = this.#failedBefore + (status?.failed ?? 0) + this.problems.length
    if (uploads.total === 0) {
      if (!status || status.remaining === 0) return null
      return {
        done: status.done,
        total: status.total,
        failed,
        perSecond: status.imagesPerSecond,
        secondsLeft: status.secondsLeft,
      }
    }
    const done = Math.max(0, uploads.sent - (status?.remaining ?? 0))
    const perSecond = done / Math.max(0.2, (performance.now() - uploads.startedAt) / 1000)
    const left = uploads.total - done
    return {
      done,
      total: uploads.total,
      failed,
      perSecond: done ? perSecond : null,
      secondsLeft: done ? left / perSecond : null,
    }
  })

  start(): void {
    onEvent(({ type }) => {
      if (type === 'intake' || type === 'resync') this.ask()
    })
    this.ask()
    addEventListener('beforeunload', (event) => {
      if (this.uploads.waiting > 0) event.preventDefault()
    })
  }

  /** Asks how far it is, soon. */
  ask(): void {
    this.#asking ??= setTimeout(async () => {
      this.#asking = null
      const status = await call('intake.status', {}).catch(() => null)
      if (status) this.#take(status)
    }, ASK_EVERY_MS)
  }

  async choose(kind: 'files' | 'folder'): Promise<void> {
    const paths = transport.choosePaths(kind)
    if (paths) return this.#openPaths(await paths)
    const list = await pick(kind)
    if (list) this.#open(chosen(list, kind === 'folder', session.info?.extensions ?? []))
  }

  /** Has to be called in the drop's own turn. */
  async drop(transfer: DataTransfer): Promise<void> {
    const paths = transport.pathsOf([...transfer.files])
    if (paths) return this.#openPaths(paths)
    const entries = entriesOf(transfer)
    this.scanning = true
    const found = await walk(entries, session.info?.extensions ?? [])
    this.scanning = false
    this.#open(found)
  }

  async cancel(): Promise<void> {
    const own = this.uploads.cancel()
    const dropped = await call('intake.cancel', {}).then(
      (answer) => answer.dropped,
      (error: unknown) => {
        toasts.failure(failureOf(error))
        return 0
      },
    )
    this.#last = null
    toasts.note(texts.intake.cancelled(own + dropped))
    this.ask()
  }

  #open({ files, skipped }: Found): void {
    if (files.length === 0) this.#nothing()
    else if (skipped > 0) toasts.note(texts.intake.skipped(skipped))
    this.uploads.add(files)
    this.#watch()
  }

  async #openPaths(paths: string[]): Promise<void> {
    for (let at = 0; at < paths.length; at += PATHS_AT_ONCE) {
      const answer = await call('scans.open', { paths: paths.slice(at, at + PATHS_AT_ONCE) }).catch(
        (error: unknown) => {
          toasts.failure(failureOf(error))
          return null
        },
      )
      if (answer?.files === 0) this.#nothing()
    }
    this.ask()
  }

  #nothing(): void {
    const { nothing, nothingAction } = texts.intake
    toasts.failure({ code: 'folder-empty', message: nothing, action: nothingAction(session.formats) })
  }

  /** While uploads run, the core may be idle in between and then sends no event. */
  #watch(): void {
    this.ask()
    if (this.uploads.total > 0) setTimeout(() => this.#watch(), 2 * ASK_EVERY_MS)
  }

  #take(status: Status): void {
    const restarted = this.status !== null && status.total < this.status.total
    if (restarted && this.status) this.#failedBefore += this.status.failed
    this.status = status
    this.#addProblems(status.problems)
    if (this.uploads.total > 0 && this.uploads.waiting === 0 && status.remaining === 0) this.#finish(this.progress)
    else if (this.uploads.total === 0 && status.remaining === 0 && this.#last) this.#finish(this.#last)
    else this.#last = this.progress
  }

  /** The core forgets its problems when its queue runs empty, and tells the same ones until then. */
  #addProblems(problems: Problem[]): void {
    const known = (one: Problem) =>
      this.problems.some((other) => other.fileName === one.fileName && other.failure.code === one.failure.code)
    const added = problems.filter((one) => !known(one))
    if (added.length > 0) this.problems = [...this.problems, ...added]
  }

  #finish(progress: Progress | null): void {
    this.uploads.reset()
    this.#last = null
    this.#failedBefore = 0
    if (!progress) return
    const { done, doneFailed } = texts.intake
    if (progress.failed === 0) toasts.note(done(progress.total))
    else toasts.failure({ code: 'some-failed', message: doneFailed(progress.total, progress.failed), action: '' })
  }
}

/** The browser's own dialog; null when it is closed without a choice. */
function pick(kind: 'files' | 'folder'): Promise<FileList | null> {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = true
  input.webkitdirectory = kind === 'folder'
  return new Promise((resolve) => {
    input.onchange = () => resolve(input.files)
    input.oncancel = () => resolve(null)
    input.click()
  })
}

export const intake = new Intake()
