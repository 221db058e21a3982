import { GyrusError } from '../../../shared/errors.ts'
import type { DatasetManifest, FrozenImage } from '../../../shared/frozen-dataset.ts'
import type { Catalogue } from './catalogue.ts'

/** Kept in memory: two to compare, and one more. A version never changes. */
const KEPT = 3

interface Known {
  manifest: DatasetManifest
  byHash: Map<string, FrozenImage>
  byFile: Map<string, FrozenImage>
}

/** Manifests that pages look into picture by picture; reading one of 10,000 images takes a tenth of a second. */
export class Manifests {
  readonly #catalogue: Catalogue
  readonly #known = new Map<string, Promise<Known>>()

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue
  }

  /** @throws GyrusError `dataset-unknown`, `dataset-altered` */
  async of(name: string, version: number): Promise<Known> {
    const entry = await this.#catalogue.find(name, version)
    const key = entry.manifestSha256 + this.#catalogue.pathOf(entry)
    const known = this.#known.get(key) ?? this.#catalogue.read(entry).then(index)
    this.#known.delete(key)
    this.#known.set(key, known)
    for (const oldest of this.#known.keys()) if (this.#known.size > KEPT) this.#known.delete(oldest)
    // One that could not be read may be mended.
    known.catch(() => this.#known.delete(key))
    return known
  }

  /** @throws GyrusError `dataset-image-unknown`, `dataset-unknown`, `dataset-altered` */
  async image(name: string, version: number, sha256: string): Promise<FrozenImage> {
    const image = (await this.of(name, version)).byHash.get(sha256)
    if (!image) throw new GyrusError('dataset-image-unknown', { set: `${name}@${version}` })
    return image
  }
}

const index = (manifest: DatasetManifest): Known => ({
  manifest,
  byHash: new Map(manifest.images.map((image) => [image.sha256, image])),
  byFile: new Map(manifest.images.map((image) => [image.file, image])),
})
