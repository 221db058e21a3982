import type { SourceRule } from '../../../shared/source-rule.ts'
import type { FolderStatus, WatchedFolder } from '../../../shared/sources.ts'
import { FolderWatch, type WatchParts } from './folder-watch.ts'
import { NONE_YET } from './today.ts'

const IDLE = { failure: null, lookedAt: null, lastAt: null, waiting: 0, problems: [] }

/** All watched folders. */
export class Folders {
  readonly #parts: WatchParts
  readonly #watches = new Map<string, FolderWatch>()

  constructor(parts: WatchParts) {
    this.#parts = parts
  }

  /** Puts settings in force. */
  async use(folder: WatchedFolder, rule: SourceRule): Promise<void> {
    await this.stop(folder.id)
    if (folder.on) this.#watches.set(folder.id, new FolderWatch(this.#parts, folder, rule))
  }

  async stop(id: string): Promise<void> {
    const watch = this.#watches.get(id)
    this.#watches.delete(id)
    await watch?.close()
  }

  status(folder: WatchedFolder, rule: SourceRule): FolderStatus {
    const watch = this.#watches.get(folder.id)
    if (watch) return { ...folder, rule, ...watch.status }
    return { ...folder, rule, ...IDLE, state: 'off', today: NONE_YET }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#watches.keys()].map((id) => this.stop(id)))
  }
}
