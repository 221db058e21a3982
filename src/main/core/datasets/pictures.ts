import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { ShownImage } from '../../../shared/dataset-audit.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { FrozenImage } from '../../../shared/frozen-dataset.ts'
import { LABELS, type Label } from '../../../shared/labels.ts'
import { fileKey } from '../../sealed/format.ts'
import { type DataFolder, datasetFile, datasetFileKey } from '../data-folder.ts'
import type { EngineSupervisor } from '../engine-supervisor/index.ts'
import { contentOf } from '../stored-scans.ts'
import type { Manifests } from './manifests.ts'

const THUMBNAIL_SIZE = 160

/** Pictures of frozen sets, for whoever oversees them: each by its hash in a manifest, never by a path. */
export class DatasetPictures {
  readonly #manifests: Manifests
  readonly #engine: EngineSupervisor
  readonly #folder: DataFolder

  constructor(parts: { manifests: Manifests; engine: EngineSupervisor; folder: DataFolder }) {
    this.#manifests = parts.manifests
    this.#engine = parts.engine
    this.#folder = parts.folder
  }

  /**
   * A small WebP.
   *
   * @throws GyrusError `dataset-unknown`, `dataset-altered`, `dataset-image-unknown`, `dataset-file-altered`, the decoder's codes
   */
  async thumbnail(name: string, version: number, sha256: string): Promise<Uint8Array> {
    const { file } = await this.#manifests.image(name, version, sha256)
    const path = datasetFile(this.#folder, sha256)
    await this.#folder.files.have({ path: datasetFileKey(sha256), sha256 })
    const stored = await readFile(path).catch(() => null)
    const content = stored && contentOf(this.#folder, sha256, stored)
    if (!content || createHash('sha256').update(content).digest('hex') !== sha256) {
      throw new GyrusError('dataset-file-altered', { file, path })
    }
    const { keys } = this.#folder
    const key = keys ? { key: fileKey(keys.files, sha256) } : {}
    return this.#engine.request('thumbnail', { path, size: THUMBNAIL_SIZE, ...key })
  }

  /** Images of each class, at even distances in the order of their paths, so that all folders and sides are among them. */
  async samples(name: string, version: number, perClass: number): Promise<Record<Label, ShownImage[]>> {
    const { manifest } = await this.#manifests.of(name, version)
    const ofLabel = Map.groupBy(manifest.images, ({ label }) => label)
    const entries = LABELS.map((label) => [label, spread(ofLabel.get(label) ?? [], perClass).map(toShown)] as const)
    return Object.fromEntries(entries) as Record<Label, ShownImage[]>
  }
}

export const toShown = ({ file, sha256, label, split, patient }: FrozenImage): ShownImage => ({
  ...{ file, sha256, label, split, patient },
})

function spread<T>(all: T[], n: number): T[] {
  if (all.length <= n) return all
  return Array.from({ length: n }, (_, i) => all[Math.floor(((i + 0.5) * all.length) / n)] as T)
}
