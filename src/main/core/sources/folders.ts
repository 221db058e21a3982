import type { FolderStatus, WatchedFolder } from '../../../shared/sources.ts'
import { FolderWatch, type WatchParts } from './folder-watch.ts'

const IDLE = { failure: null, lookedAt: null, lastAt: null, waiting: 0, problems: [] }

/** All watched folders. */
export class Folders {
  readonly #parts: WatchParts
  readonly #watches = new Map<string, FolderWatch>()

  constructor(parts: WatchParts) {
    this.#parts = parts
  }

  /** Puts settings in force. */
  async use(folder: WatchedFolder): Promise<void> {
    await this.stop(folder.id)
    if (folder.on) this.#watches.set(folder.id, new FolderWatch(this.#parts, folder))
  }

  async stop(id: string): Promise<void> {
    const watch = this.#watches.get(id)
    this.#watches.delete(id)
    await watch?.close()
  }

  status(folder: WatchedFolder): FolderStatus {
    const watch = this.#watches.get(folder.id)
    if (watch) return { ...folder, ...watch.status }
    return { ...folder, ...IDLE, state: 'off', today: { received: 0, known: 0, refused: 0 } }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#watches.keys()].map((id) => this.stop(id)))
  }
}
