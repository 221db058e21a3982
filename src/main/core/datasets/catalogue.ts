import { GyrusError } from '../../../shared/errors.ts'
import {
  type DatasetManifest,
  type DatasetSummary,
  datasetManifestSchema,
  type FrozenImage,
  parseSetName,
} from '../../../shared/frozen-dataset.ts'
import { trainingProblems } from '../../../shared/training-problems.ts'
import type { ReadStore, RecordedDataset } from '../../store/types.ts'
import { DATASET_FILES, type DataFolder, datasetFileKey, manifestPath } from '../data-folder.ts'
import { isLost } from '../department/files/errors.ts'
import { readManifest } from './manifest-file.ts'

/** The frozen sets of a data folder: what is on record, checked against what lies in the folder. */
export class Catalogue {
  readonly #folder: DataFolder
  readonly #store: ReadStore

  constructor(parts: { folder: DataFolder; store: ReadStore }) {
    this.#folder = parts.folder
    this.#store = parts.store
  }

  /** All versions, by name, newest version first. */
  list(): Promise<RecordedDataset[]> {
    return this.#store.listDatasets()
  }

  /**
   * One version.
   *
   * @param version null for the newest
   * @throws GyrusError `dataset-unknown`
   */
  async find(name: string, version: number | null): Promise<RecordedDataset> {
    const found = (await this.list()).find((one) => one.name === name && (version === null || one.version === version))
    if (!found) throw new GyrusError('dataset-unknown', { name: version === null ? name : `${name}@${version}` })
    return found
  }

  /** The version that a user names `NAME` or `NAME@VERSION`. @throws GyrusError `dataset-unknown` */
  async named(text: string): Promise<RecordedDataset> {
    const named = parseSetName(text)
    if (named === null) throw new GyrusError('dataset-unknown', { name: text })
    return this.find(named.name, named.version)
  }

  /** Its manifest, which is exactly what was written at the import. @throws GyrusError `dataset-altered` */
  async read(entry: RecordedDataset): Promise<DatasetManifest> {
    const altered = (reason: string) =>
      new GyrusError('dataset-altered', { set: `${entry.name}@${entry.version}`, reason })
    const bytes = await readManifest(this.#folder, entry).catch((error: NodeJS.ErrnoException) => {
      if (error instanceof GyrusError && !isLost(error)) throw error
      throw altered(`its dataset.json cannot be read: ${error.code}`)
    })
    if (bytes === null) throw altered('its dataset.json is not the one on record')
    return datasetManifestSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
  }

  /**
   * Has the images of a version here, for what reads them by their paths.
   *
   * @returns the path of its manifest
   * @throws GyrusError `dataset-altered`; errors of `SharedFiles.haveAll`
   */
  async ready(entry: RecordedDataset): Promise<string> {
    const { images } = await this.read(entry)
    await this.#folder.files.haveAll(images.map(({ sha256 }) => ({ path: datasetFileKey(sha256), sha256 })))
    return this.pathOf(entry)
  }

  /** What it is, without its images and the decisions on them. @throws GyrusError `dataset-altered` */
  async summary(entry: RecordedDataset): Promise<DatasetSummary> {
    const { format: _, decisions: __, images, ...manifest } = await this.read(entry)
    const problems = [...trainingProblems(manifest.perClass), ...(await this.#missing(images))]
    return {
      ...manifest,
      images: images.length,
      problems: problems.map((problem) => problem.toFailure()),
      path: this.pathOf(entry),
    }
  }

  /** Looks whether the copies are there, which is quick; whether they are as they were is seen where they are read. */
  async #missing(images: FrozenImage[]): Promise<GyrusError[]> {
    const paths = images.map(({ sha256 }) => datasetFileKey(sha256))
    const missing = new Set(await this.#folder.files.missing(DATASET_FILES, paths))
    const gone = images.filter((_, i) => missing.has(paths[i] ?? ''))
    const [first] = gone
    return first
      ? [new GyrusError('dataset-files-missing', { n: gone.length, of: images.length, file: first.file })]
      : []
  }

  pathOf({ name, version }: { name: string; version: number }): string {
    return manifestPath(this.#folder, name, version)
  }
}
