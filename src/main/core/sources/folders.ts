import { realpath, stat } from 'node:fs/promises'
import { isAbsolute, relative, sep } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { GyrusError } from '../../../shared/errors.ts'
import type { FolderSettings, FolderStatus, WatchedFolder } from '../../../shared/sources.ts'
import type { DataFolder } from '../data-folder.ts'
import { FolderWatch, type WatchParts } from './folder-watch.ts'

const IDLE = { failure: null, lookedAt: null, lastAt: null, waiting: 0, problems: [] }

/** All watched folders. */
export class Folders {
  readonly #parts: WatchParts & { folder: DataFolder }
  readonly #watches = new Map<string, FolderWatch>()

  constructor(parts: WatchParts & { folder: DataFolder }) {
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

  /** A folder that can be watched, with an id of its own. @throws GyrusError `source-folder-unfit` */
  async check({ path, subFolders }: Omit<FolderSettings, 'on'>, others: WatchedFolder[]): Promise<WatchedFolder> {
    const unfit = (reason: string) => new GyrusError('source-folder-unfit', { path, reason })
    if (!isAbsolute(path)) throw unfit('its whole path is needed')
    const found = await stat(path).catch(() => null)
    if (!found?.isDirectory()) throw unfit('there is no such folder')
    const real = await realpath(path)
    const data = await realpath(this.#parts.folder.root)
    if (isWithin(real, data) || isWithin(data, real)) throw unfit('Gyrus keeps its own data there')
    if (others.some((other) => isWithin(real, other.path) || isWithin(other.path, real))) {
      throw unfit('a folder in it, or one that it lies in, is watched already')
    }
    return { id: uuidv7(), on: true, path: real, subFolders }
  }
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way))
}
