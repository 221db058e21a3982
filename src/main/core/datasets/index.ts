import { join, resolve } from 'node:path'
import { timeNow } from '../../../shared/clock.ts'
import type { Decision } from '../../../shared/curation.ts'
import type { DatasetSource, LabelMap, TaskProgress } from '../../../shared/dataset.ts'
import { GyrusError } from '../../../shared/errors.ts'
import {
  type DatasetOrigin,
  type DatasetSummary,
  datasetNameSchema,
  type FrozenContent,
} from '../../../shared/frozen-dataset.ts'
import type { Survey } from '../../../shared/survey.ts'
import type { TaskInput } from '../../engine/protocol.ts'
import type { RecordedDataset, Store } from '../../store/types.ts'
import { DATASET_FILES, type DataFolder, datasetFile, datasetFileKey } from '../data-folder.ts'
import type { StartEngine } from '../engine-supervisor/process.ts'
import { runTask } from '../engine-supervisor/task.ts'
import { Catalogue } from './catalogue.ts'
import { curate } from './curate.ts'
import { signedImages } from './signed.ts'
import { writeVersion } from './write-version.ts'

/** What a browser handed over (staging.ts): `table` and `patients` lie in it. */
export interface StagedFiles {
  root: string
  folder: string
  table: string | null
  patients: string | null
  map: LabelMap
}

/** What is to be frozen: a folder or a table, the cases that a reader has signed, or what decisions make of a version. */
export type ImportSource =
  | { kind: 'files'; path: string; patients: string | null; map: LabelMap }
  | ({ kind: 'browser' } & StagedFiles)
  | { kind: 'curated'; version: number; decisions: Decision[] }
  | { kind: 'signed'; since: string | null }

export interface ImportRequest {
  name: string
  source: ImportSource
  /** Who imports it. */
  by: string
}

export interface ImportOptions {
  signal?: AbortSignal
  onProgress?(progress: TaskProgress): void
}

/** `created` is false where a version of that name had the very same content already: it is that one. */
export interface Imported {
  created: boolean
  set: DatasetSummary
}

interface Taken {
  from: TaskInput<'freeze-dataset'>['from']
  origin: DatasetOrigin
  decisions?: Decision[]
}

/** Freezes labelled sets: images under their hash, what they are in a manifest, the manifest on record. */
export class Datasets {
  readonly catalogue: Catalogue
  readonly #folder: DataFolder
  readonly #store: Store
  readonly #startEngine: StartEngine

  constructor(parts: { folder: DataFolder; store: Store; startEngine: StartEngine }) {
    this.catalogue = new Catalogue(parts)
    this.#folder = parts.folder
    this.#store = parts.store
    this.#startEngine = parts.startEngine
  }

  /**
   * Imports a set as the next version of its name. One import at a time: nobody else may take the number meanwhile.
   *
   * @throws GyrusError `dataset-name-invalid`, errors of reading a set, `dataset-none-signed`, `dataset-none-readable`,
   *   `disk-full`, `data-folder-unusable`, errors of the record and of `runTask`
   */
  async import({ name, source, by }: ImportRequest, options: ImportOptions = {}): Promise<Imported> {
    checkDatasetName(name)
    const { from, origin, decisions } = await this.#take(name, source)
    const { datasetFiles: files, incoming } = this.#folder
    const content = await runTask(this.#startEngine, 'freeze-dataset', { from, store: { files, incoming } }, options)
    checkReadable(content)
    if (decisions) refuseAltered(content)
    const frozen = content.images.map(({ sha256 }) => datasetFileKey(sha256))
    await this.#folder.files.keepAll(DATASET_FILES, frozen)
    const versions = (await this.catalogue.list()).filter((one) => one.name === name)
    const same = await this.#findSame(versions, content)
    if (same) return { created: false, set: same }
    const version = (versions[0]?.version ?? 0) + 1
    const importedAt = timeNow()
    const entry = await writeVersion(this.#folder, this.#store, {
      format: 1,
      name,
      version,
      importedAt,
      importedBy: by,
      origin,
      ...(decisions && { decisions }),
      ...content,
    })
    return { created: true, set: await this.catalogue.summary(entry) }
  }

  /** What a set calls its classes. Errors of `runTask`. */
  survey(source: DatasetSource): Promise<Survey> {
    return runTask(this.#startEngine, 'survey-dataset', source)
  }

  async #take(name: string, source: ImportSource): Promise<Taken> {
    if (source.kind === 'signed') {
      const { images, origin } = await signedImages(this.#store, this.#folder, source.since)
      return { from: { images }, origin }
    }
    if (source.kind === 'browser') {
      const { folder, table, patients, map } = source
      return { from: stagedSource(source), origin: { kind: 'browser', folder, table, patients, map } }
    }
    if (source.kind === 'curated') {
      const entry = await this.catalogue.find(name, source.version)
      await this.catalogue.ready(entry)
      const manifest = await this.catalogue.read(entry)
      const { images, origin } = curate(manifest, source.decisions)
      const from = { images: images.map((image) => ({ ...image, path: datasetFile(this.#folder, image.sha256) })) }
      return { from, origin, decisions: source.decisions }
    }
    const path = resolve(source.path)
    const patients = source.patients === null ? null : resolve(source.patients)
    const from = { path, map: source.map, ...(patients !== null && { patients }) }
    return { from, origin: { kind: 'files', path, patients, map: source.map } }
  }

  /** The version that has this content already; one whose manifest was altered is as good as gone. */
  async #findSame(versions: RecordedDataset[], content: FrozenContent): Promise<DatasetSummary | null> {
    for (const entry of versions) {
      if (entry.contentSha256 !== content.contentSha256) continue
      const summary = await this.catalogue.summary(entry).catch((error: GyrusError) => error)
      if (!(summary instanceof Error)) return summary
      if (summary.code !== 'dataset-altered') throw summary
    }
    return null
  }
}

/** @throws GyrusError `dataset-name-invalid` */
export function checkDatasetName(name: string): void {
  if (!datasetNameSchema.safeParse(name).success) throw new GyrusError('dataset-name-invalid', { name })
}

function checkReadable({ images, unreadable }: FrozenContent): void {
  if (images.length > 0) return
  const reason = unreadable[0]?.failure.message ?? ''
  throw new GyrusError('dataset-none-readable', { n: unreadable.length, reason })
}

/** An image of a version that is not what it was is no reason to leave it out in silence. */
function refuseAltered({ unreadable }: FrozenContent): void {
  const [first] = unreadable
  if (first) throw new GyrusError('dataset-altered', { set: first.file, reason: first.failure.message })
}

/** No table may lead out of what was handed over. */
export function stagedSource({ root, table, patients, map }: StagedFiles): DatasetSource {
  const inside = (path: string) => join(root, ...path.split('/'))
  const path = table === null ? root : inside(table)
  return { path, map, within: root, ...(patients !== null && { patients: inside(patients) }) }
}
