import { BrowserWindow, Notification, powerSaveBlocker } from 'electron'
import type { Work } from '../core/index.ts'
import type { Backend } from './backend.ts'
import { isBusy, noticeOf, shareOf } from './shown-work.ts'
import { texts } from './spoken.ts'

/** A busy batch tells of each file. */
const GATHER_MS = 300

/**
 * Follows what goes on by itself: shows how far it is in taskbar or dock, keeps the machine from going to sleep over it,
 * and says when it has ended and nobody looks.
 */
export class WorkWatch {
  readonly #backend: Backend
  #now: Work = { batch: null, training: false }
  #asking: NodeJS.Timeout | undefined
  #awake: number | null = null
  #closed = false
  readonly #onBatch: () => void

  /** @param onBatch told when another batch begins */
  constructor(backend: Backend, onBatch: () => void) {
    this.#backend = backend
    this.#onBatch = onBatch
    backend.events.subscribe(({ type }) => {
      if (type === 'batch' || type === 'run') this.#soon()
    })
  }

  get now(): Work {
    return this.#now
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#asking)
    this.#stayAwake(false)
  }

  #soon(): void {
    if (this.#closed) return
    this.#asking ??= setTimeout(async () => {
      this.#asking = undefined
      // A record that cannot be read shows on the page; here the next event asks again.
      const work = await this.#backend.work().catch(() => null)
      if (work && !this.#closed) this.#show(work)
    }, GATHER_MS)
  }

  #show(work: Work): void {
    const before = this.#now
    this.#now = work
    const share = shareOf(work)
    for (const window of BrowserWindow.getAllWindows()) {
      if (share === -1) window.setProgressBar(2, { mode: 'indeterminate' })
      else window.setProgressBar(share ?? -1)
    }
    this.#stayAwake(isBusy(work))
    if (work.batch?.id !== before.batch?.id) this.#onBatch()
    const notice = noticeOf(before, work)
    if (notice !== null) say(notice)
  }

  /** The display may go dark all the same. */
  #stayAwake(needed: boolean): void {
    if (needed && this.#awake === null) this.#awake = powerSaveBlocker.start('prevent-app-suspension')
    if (!needed && this.#awake !== null) {
      powerSaveBlocker.stop(this.#awake)
      this.#awake = null
    }
  }
}

function say(body: string): void {
  if (BrowserWindow.getFocusedWindow() || !Notification.isSupported()) return
  const notification = new Notification({ title: texts().notice.title, body })
  notification.on('click', () => BrowserWindow.getAllWindows()[0]?.show())
  notification.show()
}
