import { app, BrowserWindow, dialog } from 'electron'
import type { Work } from '../core/index.ts'
import type { Backend } from './backend.ts'
import { callerOf } from './callers.ts'
import { isBusy, isRunning } from './shown-work.ts'
import { texts } from './spoken.ts'
import type { WorkWatch } from './work.ts'

/** What goes on record where nobody is signed in who could have said so. */
const SYSTEM = 'gyrus'

/**
 * Asks before somebody ends Gyrus in the middle of a batch or a training, by the menu or by closing the last window. Nobody is
 * asked where the system ends it (SIGTERM, a shutdown).
 * When all windows are closed – a page may have kept its window open for something unsaved, and needs its core then – the
 * record is closed once, however often one asks to quit, and a batch that was running is queued for the next start.
 *
 * @returns what the menu's “Quit” does
 */
export function closeBeforeQuitting(backend: Backend, watch: WorkWatch): () => void {
  const asker = new Asker(backend, watch)
  app.on('before-quit', () => {
    asker.agreed = true
  })
  app.on('browser-window-created', (_event, window) => {
    window.webContents.on('will-prevent-unload', () => {
      asker.agreed = false
    })
    window.on('close', (event) => {
      if (isLast(window) && !asker.mayEnd()) event.preventDefault()
    })
  })

  let state: 'open' | 'closing' | 'closed' = 'open'
  app.on('will-quit', (event) => {
    if (state === 'closed') return
    event.preventDefault()
    if (state === 'closing') return
    state = 'closing'
    watch.close()
    void backend.close(asker.by).finally(() => {
      state = 'closed'
      app.quit()
    })
  })
  return () => {
    if (asker.mayEnd()) app.quit()
  }
}

/** Of those that stand for themselves; a report that is being printed goes with its window. */
function isLast(window: BrowserWindow): boolean {
  const own = BrowserWindow.getAllWindows().filter((one) => one.getParentWindow() === null)
  return own.length === 1 && own[0] === window
}

class Asker {
  /** That it may end was said. A page that keeps its window then, for something unsaved, takes this back. */
  agreed = false
  by = SYSTEM
  #asking = false
  readonly #backend: Backend
  readonly #watch: WorkWatch

  constructor(backend: Backend, watch: WorkWatch) {
    this.#backend = backend
    this.#watch = watch
  }

  /** Whether nothing stands against it; otherwise it is looked at again, and somebody is asked. */
  mayEnd(): boolean {
    if (this.agreed || !isBusy(this.#watch.now)) return true
    if (!this.#asking) void this.#look().catch(() => this.#end(SYSTEM))
    return false
  }

  /** What is known of the work may be of a moment ago. */
  async #look(): Promise<void> {
    this.#asking = true
    try {
      const work = await this.#backend.work()
      const [window] = BrowserWindow.getAllWindows()
      const answer = window && isBusy(work) ? await dialog.showMessageBox(window, question(work)) : { response: 0 }
      if (answer.response === 0) this.#end(window ? await this.#readerAt(window) : SYSTEM)
    } finally {
      this.#asking = false
    }
  }

  #end(by: string): void {
    this.by = by
    this.agreed = true
    app.quit()
  }

  async #readerAt({ webContents }: BrowserWindow): Promise<string> {
    const reply = await this.#backend.request('session.get', {}, callerOf(webContents))
    const { name } = ('ok' in reply ? reply.ok : {}) as { name?: string }
    return name ?? SYSTEM
  }
}

function question(work: Work): Electron.MessageBoxOptions {
  const { message, batch, training, quit, stay } = texts().quit
  const both = isRunning(work) && work.training
  return {
    type: 'question',
    message: message(both ? 'both' : work.training ? 'training' : 'batch'),
    detail: [isRunning(work) && batch, work.training && training].filter(Boolean).join('\n'),
    buttons: [quit, stay],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  }
}
