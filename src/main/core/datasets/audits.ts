import { randomUUID } from 'node:crypto'
import { readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { TaskProgress } from '../../../shared/dataset.ts'
import {
  type AuditFigures,
  type AuditStatus,
  type CopyGroup,
  type GroupKind,
  type StoredAudit,
  storedAuditSchema,
} from '../../../shared/dataset-audit.ts'
import { GyrusError, toFailure } from '../../../shared/errors.ts'
import { asDataFolderError } from '../../../shared/file-errors.ts'
import type { FrozenImage } from '../../../shared/frozen-dataset.ts'
import type { RecordedDataset, Store } from '../../store/types.ts'
import { type DataFolder, manifestPath, versionKey } from '../data-folder.ts'
import type { StartEngine } from '../engine-supervisor/process.ts'
import { runTask } from '../engine-supervisor/task.ts'
import { asStored, contentOf } from '../stored-scans.ts'
import { writeThrough } from '../write-through.ts'
import type { Catalogue } from './catalogue.ts'
import type { Manifests } from './manifests.ts'
import { toShown } from './pictures.ts'
import { SecondsLeft } from './seconds-left.ts'

/** Pages are told of progress so often, ms. */
const TELL_MS = 200

interface Version {
  name: string
  version: number
}

interface Parts {
  catalogue: Catalogue
  manifests: Manifests
  folder: DataFolder
  store: Store
  startEngine: StartEngine
  onChange(): void
}

/** Leakage audits of frozen sets, one at a time; what the last one of a version found lies beside its manifest. */
export class DatasetAudits {
  readonly #parts: Parts
  #status: AuditStatus = { state: 'idle' }
  #running: { abort: AbortController; ended: Promise<void> } | undefined
  #read: { key: string; stored: StoredAudit } | undefined

  constructor(parts: Parts) {
    this.#parts = parts
  }

  get status(): AuditStatus {
    return this.#status
  }

  /** Returns when it has begun. @throws GyrusError `dataset-audit-busy`, `dataset-unknown`, `dataset-altered` */
  async start({ name, version }: Version, by: string): Promise<void> {
    const { catalogue } = this.#parts
    const entry = await catalogue.find(name, version)
    await catalogue.read(entry)
    if (this.#status.state === 'running') {
      throw new GyrusError('dataset-audit-busy', { name: `${this.#status.name}@${this.#status.version}` })
    }
    const abort = new AbortController()
    this.#set({ state: 'running', name, version, stage: 'reading', done: 0, total: 0, secondsLeft: null })
    this.#running = { abort, ended: this.#run(entry, by, abort.signal) }
  }

  async cancel(): Promise<void> {
    this.#running?.abort.abort()
    await this.#running?.ended
  }

  /** Null where it was not audited. @throws GyrusError `dataset-unknown` */
  async figures({ name, version }: Version): Promise<AuditFigures | null> {
    const stored = await this.#stored(await this.#parts.catalogue.find(name, version))
    if (!stored) return null
    const { pairs: _, groups: __, unreadable: ___, perClass: ____, problems: _____, ...figures } = stored.audit
    return { auditedAt: stored.auditedAt, auditedBy: stored.auditedBy, ...figures }
  }

  /** A page of groups. @throws GyrusError `dataset-not-audited`, `dataset-unknown`, `dataset-altered` */
  async groups(
    { name, version }: Version,
    { which, offset, limit }: { which: GroupKind; offset: number; limit: number },
  ): Promise<{ total: number; groups: CopyGroup[] }> {
    const stored = await this.#stored(await this.#parts.catalogue.find(name, version))
    if (!stored) throw new GyrusError('dataset-not-audited', { set: `${name}@${version}` })
    const { byFile } = await this.#parts.manifests.of(name, version)
    const found = stored.audit.groups
      .map((files) => files.flatMap((file) => byFile.get(file) ?? []))
      .filter((images) => which === 'all' || isAcross(images, which === 'sides' ? 'split' : 'label'))
    const closest = new Map(stored.audit.pairs.map(({ file, ...pair }) => [file, pair]))
    const groups = found.slice(offset, offset + limit).map((images) => ({
      images: images.map((image) => ({ ...toShown(image), closest: closest.get(image.file) ?? null })),
    }))
    return { total: found.length, groups }
  }

  async #run(entry: RecordedDataset, by: string, signal: AbortSignal): Promise<void> {
    const { catalogue, store, startEngine } = this.#parts
    const { name, version } = entry
    try {
      const source = { path: await catalogue.ready(entry) }
      const following = { signal, onProgress: this.#follow(name, version) }
      const audit = await runTask(startEngine, 'audit-dataset', source, following)
      await this.#keep(entry, { format: 1, auditedAt: new Date().toISOString(), auditedBy: by, audit })
      const { near, patientsOnBothSides } = audit
      const detail = { groups: near.groups, acrossSplits: near.acrossSplits, patients: patientsOnBothSides.n }
      await store.log({ actor: by, act: 'dataset.audited', subject: `${name}@${version}`, detail })
      this.#set({ state: 'done', name, version })
    } catch (error) {
      this.#set({ state: 'failed', name, version, failure: toFailure(error) })
    }
  }

  #follow(name: string, version: number): (progress: TaskProgress) => void {
    const left = new SecondsLeft()
    let toldAt = 0
    return ({ stage, done, total }) => {
      if (stage !== 'reading' && stage !== 'comparing') return
      this.#status = { state: 'running', name, version, stage, done, total, secondsLeft: left.at(stage, done, total) }
      if (Date.now() - toldAt < TELL_MS) return
      toldAt = Date.now()
      this.#parts.onChange()
    }
  }

  async #keep(entry: RecordedDataset, stored: StoredAudit): Promise<void> {
    const { folder } = this.#parts
    const content = asStored(folder, placeOf(entry), Buffer.from(JSON.stringify(stored)))
    // Pieces lie where the next start removes them, not where all files are of sets.
    const part = join(folder.incoming, randomUUID())
    try {
      await writeThrough(part, content)
      await rename(part, this.#pathOf(entry))
    } catch (error) {
      await rm(part, { force: true })
      throw asDataFolderError(error, folder.datasets)
    }
    await folder.files.push(versionKey(entry))
    this.#read = undefined
  }

  /** What somebody else wrote there, or of another set, is as good as none. */
  async #stored(entry: RecordedDataset): Promise<StoredAudit | null> {
    const key = placeOf(entry)
    if (this.#read?.key === key) return this.#read.stored
    await this.#parts.folder.files.pull(versionKey(entry))
    const bytes = await readFile(this.#pathOf(entry)).catch(() => null)
    const text = bytes && contentOf(this.#parts.folder, key, bytes)
    const parsed = storedAuditSchema.safeParse(text && parse(text))
    if (!parsed.success || parsed.data.audit.sha256 !== entry.sha256) return null
    this.#read = { key, stored: parsed.data }
    return parsed.data
  }

  #pathOf({ name, version }: Version): string {
    return join(dirname(manifestPath(this.#parts.folder, name, version)), 'audit.json')
  }

  #set(status: AuditStatus): void {
    this.#status = status
    this.#parts.onChange()
  }
}

const placeOf = ({ name, version }: Version) => `datasets/${name}/${version}/audit.json`

const isAcross = (images: FrozenImage[], key: 'split' | 'label') => new Set(images.map((image) => image[key])).size > 1

function parse(text: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(text).toString('utf8'))
  } catch {
    return null
  }
}
