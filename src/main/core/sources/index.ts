import { GyrusError } from '../../../shared/errors.ts'
import type { SourceRule } from '../../../shared/source-rule.ts'
import {
  type FolderSettings,
  type FolderStatus,
  LISTENER,
  type ListenerSettings,
  type ListenerStatus,
  type WatchedFolder,
} from '../../../shared/sources.ts'
import type { Store } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Emit } from '../events.ts'
import type { Intake } from '../intake/intake.ts'
import { Calm } from './calm.ts'
import { fitCertificate } from './fit-certificate.ts'
import { fitFolder } from './fit-folder.ts'
import { Folders } from './folders.ts'
import { DicomListener } from './listener.ts'
import type { StartListener } from './process.ts'

interface SourceParts {
  store: Store
  folder: DataFolder
  intake: Intake
  emit: Emit
  startListener: StartListener
}

/** Where scans come from by themselves: the network, and watched folders. */
export class Sources {
  readonly #store: Store
  readonly #root: string
  readonly #listener: DicomListener
  readonly #folders: Folders
  readonly #calm: Calm
  #started = false

  constructor({ emit, ...parts }: SourceParts) {
    this.#store = parts.store
    this.#root = parts.folder.root
    this.#calm = new Calm(() => emit({ type: 'sources' }))
    const { tell: onChange } = this.#calm
    this.#listener = new DicomListener({ ...parts, onChange })
    this.#folders = new Folders({ ...parts, onChange })
  }

  /** Begins to take in what comes. */
  async start(): Promise<void> {
    this.#started = true
    this.#listener.useRule(await this.#store.sourceRule(LISTENER))
    this.#listener.use(await this.#store.listenerSettings(), await this.#store.networkSecret(LISTENER))
    for (const folder of await this.#store.watchedFolders()) await this.#watch(folder)
  }

  async list(): Promise<{ listener: ListenerStatus; folders: FolderStatus[] }> {
    const rule = await this.#store.sourceRule(LISTENER)
    const hasKey = (await this.#store.networkSecret(LISTENER)) !== null
    const listener = this.#listener.status(await this.#store.listenerSettings(), rule, hasKey)
    const folders: FolderStatus[] = []
    for (const folder of await this.#store.watchedFolders()) {
      folders.push(this.#folders.status(folder, await this.#store.sourceRule(folder.id)))
    }
    return { listener, folders }
  }

  /** What a PACS can send to. */
  async listenerNow() {
    const { settings, state, listening } = (await this.list()).listener
    const { aeTitle, address, port, peers, tls } = settings
    return { aeTitle, ready: state === 'ready', at: listening ?? { address, port }, peers, tls: tls.on }
  }

  /** `key`: null takes it away, undefined leaves it. @throws GyrusError `listener-certificate-unfit` */
  async setListener(settings: ListenerSettings, by: string, key?: string | null): Promise<void> {
    const inForce = key === undefined ? await this.#store.networkSecret(LISTENER) : key
    fitCertificate(settings.tls, inForce)
    await this.#store.setListener(settings, by, key)
    if (this.#started) this.#listener.use(settings, inForce)
    this.#calm.tell()
  }

  /** @throws GyrusError `source-folder-unfit` */
  async addFolder(settings: Omit<FolderSettings, 'on'>, by: string): Promise<void> {
    const folder = await fitFolder(settings, await this.#store.watchedFolders(), this.#root)
    await this.#store.setFolder(folder, by)
    if (this.#started) await this.#watch(folder)
    this.#calm.tell()
  }

  /** @throws GyrusError `source-unknown` */
  async setFolder(id: string, change: Omit<FolderSettings, 'path'>, by: string): Promise<void> {
    const known = (await this.#store.watchedFolders()).find((one) => one.id === id)
    if (!known) throw new GyrusError('source-unknown')
    const folder = { ...known, ...change }
    await this.#store.setFolder(folder, by)
    if (this.#started) await this.#watch(folder)
    this.#calm.tell()
  }

  /** @throws GyrusError `source-unknown` */
  async setRule(id: string, rule: SourceRule, by: string): Promise<void> {
    // What is under way by the rule before is over before another one is in force.
    await this.#folders.stop(id)
    try {
      if (!(await this.#store.setSourceRule(id, rule, by))) throw new GyrusError('source-unknown')
      if (id === LISTENER) this.#listener.useRule(rule)
    } finally {
      const folder = (await this.#store.watchedFolders()).find((one) => one.id === id)
      if (this.#started && folder) await this.#watch(folder)
    }
    this.#calm.tell()
  }

  /** @throws GyrusError `source-unknown` */
  async removeFolder(id: string, by: string): Promise<void> {
    await this.#folders.stop(id)
    if (!(await this.#store.removeFolder(id, by))) throw new GyrusError('source-unknown')
    this.#calm.tell()
  }

  async #watch(folder: WatchedFolder): Promise<void> {
    await this.#folders.use(folder, await this.#store.sourceRule(folder.id))
  }

  async close(): Promise<void> {
    await Promise.all([this.#listener.close(), this.#folders.close()])
    this.#calm.close()
  }
}
